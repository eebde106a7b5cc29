"""Conclusions: given by the chairman, read by the sides; the medical part apart from them."""

import datetime as dt
from typing import Any
from uuid import UUID

from ninja import Field, Query, Router, Schema, Status

from medtrud.engines.ui.public import Request, needs

from .. import actions
from ..models import Conclusion
from ..queries.checks import checks_of
from ..queries.listed import needs_behind
from ..queries.rows import conclusions, exam_of
from ..types.results import NewConclusion
from .shapes import Day, Names, OnIn, PersonOut, SideOut, Size, about, day_of, paged, person_out, side_out

router = Router(tags=["Осмотры: заключения"])


class ConclusionOut(Schema):
    """Заключение: то, что по п. 16 Порядка читают все, кому его выдают."""

    uid: UUID
    exam: UUID
    number: int
    year: int
    version: int
    current: bool
    issued_on: dt.date
    employer: SideOut
    clinic: SideOut
    person: PersonOut | None
    kind: str
    division: str
    post: str
    codes: list[str]
    contraindicated: list[str]
    health_group: str
    valid_until: dt.date | None


class ConclusionPage(Schema):
    items: list[ConclusionOut]
    next: str


class ConclusionIn(Schema):
    health_group: str = Field(max_length=8, description="группа из справочника дня: I, II, IIIа, IIIб")
    contraindicated: list[str] = Field([], max_length=200, description="факторы и работы направления")
    further_exam: bool = Field(default=False, description="нуждается в дообследовании")
    center: bool = Field(default=False, description="нуждается в обследовании в центре профпатологии")
    outpatient: bool = Field(default=False, description="нуждается в амбулаторном обследовании и лечении")
    inpatient: bool = Field(default=False, description="нуждается в стационарном обследовании и лечении")
    sanatorium: bool = Field(default=False, description="нуждается в санаторно-курортном лечении")
    dispensary: bool = Field(default=False, description="нуждается в диспансерном наблюдении")
    advice: str = Field("", max_length=4000, description="рекомендации работнику")
    override_reason: str = Field("", max_length=4000, description="почему решение расходится с подсказкой")
    change_reason: str = Field("", max_length=4000, description="почему выдаётся новая версия")


class ConclusionGiven(ConclusionIn):
    on: Day | None = None


class CheckOut(Schema):
    code: str
    level: str = Field(description="stop – нельзя, reason – нужно обоснование, note – к сведению")
    text: str
    basis: str


class MedicalOut(Schema):
    """Медицинская часть заключения: её не получает работодатель."""

    conclusion: UUID
    version: int
    further_exam: bool
    center: bool
    outpatient: bool
    inpatient: bool
    sanatorium: bool
    dispensary: bool
    advice: str
    checks: list[dict[str, Any]]
    override_reason: str
    change_reason: str


class NoteIn(OnIn):
    examinations: list[str] = Field(min_length=1, max_length=50, description="что нужно пройти")
    reason: str = Field("", max_length=1000)


class NoteOut(Schema):
    uid: UUID
    number: int
    year: int
    issued_on: dt.date


class ConclusionsAsked(Schema):
    campaign: UUID | None = None
    since: Day | None = Field(None, description="выданные не раньше этого дня")
    all_versions: bool = False
    after: str = ""
    size: Size = 50


def _conclusion(row: Conclusion, names: Names) -> dict[str, Any]:
    plain = (
        "uid", "number", "year", "version", "current", "issued_on", "division", "post", "codes",
        "contraindicated", "health_group", "valid_until",
    )  # fmt: skip
    return {name: getattr(row, name) for name in plain} | {
        "exam": row.exam.uid,
        "kind": row.exam.kind,
        "employer": side_out(row.employer),
        "clinic": side_out(row.clinic),
        "person": person_out(names, row.person_id),
    }


@router.get("/conclusions", response=ConclusionPage, url_name="conclusion_list")
@needs("exams.conclusion_list")
def conclusion_list(request: Request, asked: Query[ConclusionsAsked]) -> dict[str, Any]:
    """Заключения, новые сначала: действующие или все версии."""
    rows = conclusions(request.actor)
    rows = rows if asked.all_versions else rows.filter(current=True)
    rows = rows.filter(campaign__uid=asked.campaign) if asked.campaign else rows
    rows = rows.filter(issued_on__gte=asked.since) if asked.since else rows
    return paged(request.actor, rows, ["-issued_on"], _conclusion, after=asked.after, size=asked.size)


@router.get("/exams/{uuid:uid}/conclusions", response=list[ConclusionOut], url_name="conclusion_versions")
@needs("exams.conclusion_list")
def conclusion_versions(request: Request, uid: UUID) -> list[dict[str, Any]]:
    """Все версии заключения по осмотру, первая сначала."""
    exam = exam_of(request.actor, uid)
    names = about(request.actor, [exam])
    rows = conclusions(request.actor).filter(exam=exam).order_by("version")
    return [_conclusion(row, names) for row in rows]


@router.get("/exams/{uuid:uid}/conclusions/medical", response=list[MedicalOut], url_name="conclusion_medical")
@needs("exams.conclusion_medical")
def conclusion_medical(request: Request, uid: UUID) -> list[dict[str, Any]]:
    """Медицинская часть каждой версии: нуждаемость, рекомендации работнику, проверки."""
    flags = tuple(MedicalOut.model_fields)[2:]
    return [
        {name: getattr(row, name) for name in flags}
        | {"conclusion": row.conclusion.uid, "version": row.conclusion.version}
        for row in needs_behind(request.actor, exam_of(request.actor, uid))
    ]


@router.post("/exams/{uuid:uid}/conclusion/checks", response=list[CheckOut], url_name="conclusion_checks")
@needs("exams.conclusion_give")
def conclusion_checks(request: Request, uid: UUID, given: ConclusionIn) -> list[Any]:
    """Проверить решение до подписи: что мешает и что нужно обосновать."""
    return list(checks_of(exam_of(request.actor, uid), _given(given)))


@router.post("/exams/{uuid:uid}/conclusion", response={201: ConclusionOut}, url_name="conclusion_give")
@needs("exams.conclusion_give")
def conclusion_give(request: Request, uid: UUID, given: ConclusionGiven) -> Status[dict[str, Any]]:
    """Выдать заключение; повторное – новая версия, прежняя остаётся."""
    row = actions.conclusion_give(request.actor, exam=uid, given=_given(given), on=day_of(given.on))
    return Status(201, _conclusion(row, about(request.actor, [row])))


@router.post("/exams/{uuid:uid}/further-exam-note", response={201: NoteOut}, url_name="further_exam_note")
@needs("exams.further_exam_note_issue")
def further_exam_note_issue(request: Request, uid: UUID, facts: NoteIn) -> Status[Any]:
    """Выдать справку о необходимости дополнительного обследования вместо заключения."""
    note = actions.further_exam_note_issue(
        request.actor, exam=uid, on=day_of(facts.on), examinations=facts.examinations, reason=facts.reason
    )
    return Status(201, note)


def _given(given: ConclusionIn) -> NewConclusion:
    facts = given.dict(exclude={"on"})
    return NewConclusion(**facts | {"contraindicated": tuple(given.contraindicated)})
