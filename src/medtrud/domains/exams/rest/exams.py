"""Visits for the clinic: the queue, the arrival, the scope with the forms to fill, the end."""

import datetime as dt
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from ninja import Field, Query, Router, Schema, Status

from medtrud.engines.ui.public import Request, needs
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import NotFound

from .. import actions
from ..models import Exam, ExamLine
from ..queries.forms import Desk
from ..queries.listed import results_of, scope_of
from ..queries.rows import exam_of, exams
from ..queries.rows import exam_referred as visit_of_referral
from ..rules import investigations_on, specialists_on
from ..rules.forms import EntryForm, FormField, entry_form, performers
from ..types.states import ExamKindCode, ExamState, LineState
from .shapes import Day, Names, OnIn, ReasonIn, Size, about, day_of, paged
from .visits import VisitOut, visit_out

router = Router(tags=["Осмотры: приём в клинике"])


class ExamOut(VisitOut):
    lines_due: int
    lines_done: int


class ExamPage(Schema):
    items: list[ExamOut]
    next: str


class ExamsAsked(Schema):
    state: ExamState | None = None
    kind: ExamKindCode | None = None
    planned_on: Day | None = None
    campaign: UUID | None = None
    referral_number: int | None = Field(None, ge=1, le=2**31 - 1)
    after: str = ""
    size: Size = 50


class PlanIn(Schema):
    on: Day = Field(description="день приёма")


class EndIn(ReasonIn):
    on: Day | None = None


class FieldOut(Schema):
    code: str
    label: str
    kind: str = Field(description="choice, number, pressure или text")
    unit: str
    required: bool
    choices: list[str]
    norm: str
    draft: bool = Field(default=False, description="границы — черновик продукта, клиника своих не задала")
    source: str = Field("", description="чьи границы, если заданы клиникой")
    reference: str = Field(description="границы нормы словами")
    low: float | None
    high: float | None
    least: float | None = Field(description="меньше не бывает")
    most: float | None = Field(description="больше не бывает")


class FormOut(Schema):
    performer: str
    performer_title: str
    specialties: list[str] = Field(description="специальности, аккредитованные по которым подписывают строку")
    edition: str
    fields: list[FieldOut]


class ResultOut(Schema):
    uid: UUID
    version: int
    performed_on: dt.date
    values: dict[str, Any]
    flags: dict[str, str]
    normal: bool
    text: str
    staff: UUID | None
    form: str
    source: str


class LineOut(Schema):
    uid: UUID
    kind: str
    code: str
    title: str
    condition: str
    state: str
    state_title: str
    credited: dict[str, Any] | None
    changed_reason: str
    done_on: dt.date | None
    form: FormOut
    results: list[ResultOut]


class LineIn(Schema):
    kind: Literal["specialist", "test"]
    code: str = Field(max_length=80, description="код врача или исследования из перечня")
    reason: str = Field(max_length=300)


def _exam(row: Exam, names: Names) -> dict[str, Any]:
    return visit_out(row, names) | {"lines_due": row.lines_due, "lines_done": row.lines_done}


def _shown(actor: Actor, uid: UUID) -> dict[str, Any]:
    row = exam_of(actor, uid)
    return _exam(row, about(actor, [row]))


@router.get("/exams", response=ExamPage, url_name="exam_list")
@needs("exams.exam_list")
def exam_list(request: Request, asked: Query[ExamsAsked]) -> dict[str, Any]:
    """Осмотры клиники: назначенные на поздние дни сначала; ищутся и по номеру направления."""
    paths = {"campaign": "campaign__uid", "referral_number": "referral__number"}
    given = asked.dict(exclude_none=True, exclude={"after", "size"})
    rows = exams(request.actor).filter(**{paths.get(name, name): v for name, v in given.items()})
    return paged(request.actor, rows, ["-planned_on"], _exam, after=asked.after, size=asked.size)


@router.get("/exams/{uuid:uid}", response=ExamOut, url_name="exam")
@needs("exams.exam_list")
def exam(request: Request, uid: UUID) -> dict[str, Any]:
    """Один осмотр."""
    return _shown(request.actor, uid)


@router.get("/referrals/{uuid:uid}/exam", response=ExamOut, url_name="exam_referred")
@needs("exams.exam_list")
def exam_referred(request: Request, uid: UUID) -> dict[str, Any]:
    """Осмотр по направлению: его uid стоит в QR-коде."""
    row = visit_of_referral(request.actor, uid)
    return _exam(row, about(request.actor, [row]))


@router.post("/exams/{uuid:uid}/plan", response=ExamOut, url_name="exam_plan")
@needs("exams.exam_plan")
def exam_plan(request: Request, uid: UUID, facts: PlanIn) -> dict[str, Any]:
    """Назначить день приёма."""
    actions.exam_plan(request.actor, exam=uid, on=facts.on)
    return _shown(request.actor, uid)


@router.post("/exams/{uuid:uid}/start", response=ExamOut, url_name="exam_start")
@needs("exams.exam_start")
def exam_start(request: Request, uid: UUID, facts: OnIn) -> dict[str, Any]:
    """Зарегистрировать приход: объём вычисляется на этот день, прежние результаты засчитываются."""
    actions.exam_start(request.actor, exam=uid, on=day_of(facts.on))
    return _shown(request.actor, uid)


@router.post("/exams/{uuid:uid}/not-passed", response=ExamOut, url_name="exam_not_passed")
@needs("exams.exam_not_passed")
def exam_not_passed(request: Request, uid: UUID, facts: EndIn) -> dict[str, Any]:
    """Закрыть осмотр, на который не пришли."""
    actions.exam_not_passed(request.actor, exam=uid, reason=facts.reason, on=day_of(facts.on))
    return _shown(request.actor, uid)


@router.post("/exams/{uuid:uid}/not-completed", response=ExamOut, url_name="exam_not_completed")
@needs("exams.exam_not_completed")
def exam_not_completed(request: Request, uid: UUID, facts: EndIn) -> dict[str, Any]:
    """Закрыть начатый осмотр незавершённым."""
    actions.exam_not_completed(request.actor, exam=uid, reason=facts.reason, on=day_of(facts.on))
    return _shown(request.actor, uid)


@router.post("/exams/{uuid:uid}/resume", response=ExamOut, url_name="exam_resume")
@needs("exams.exam_resume")
def exam_resume(request: Request, uid: UUID) -> dict[str, Any]:
    """Открыть закрытый осмотр снова: человек всё-таки пришёл."""
    actions.exam_resume(request.actor, exam=uid)
    return _shown(request.actor, uid)


@router.get("/exams/{uuid:uid}/lines", response=list[LineOut], url_name="line_list")
@needs("exams.line_list")
def line_list(request: Request, uid: UUID) -> list[dict[str, Any]]:
    """Объём осмотра: врачи и исследования, форма каждой строки с нормами, все версии результатов."""
    row = exam_of(request.actor, uid)
    desk, on = Desk(request.actor, row), row.arrived_on or row.referral.issued_on
    results: dict[int, list[dict[str, Any]]] = {}
    for result in results_of(request.actor, row):
        results.setdefault(result.line_id, []).append(_result(result))
    return [
        _line(line, desk.form(line, on=on), results.get(line.pk, []), on)
        for line in scope_of(request.actor, row)
    ]


@router.post("/exams/{uuid:uid}/lines", response={201: list[LineOut]}, url_name="line_add")
@needs("exams.line_add")
def line_add(request: Request, uid: UUID, facts: LineIn) -> Status[Any]:
    """Добавить врача или исследование сверх вычисленного объёма с обоснованием комиссии."""
    row = exam_of(request.actor, uid)
    on = row.arrived_on or row.referral.issued_on
    names = specialists_on(on) if facts.kind == "specialist" else investigations_on(on)
    if facts.code not in names:
        raise NotFound(f"Строки «{facts.code}» нет в перечнях на {on:%d.%m.%Y}. Проверьте код.")
    title = names[facts.code]
    actions.line_add(
        request.actor,
        exam=uid,
        kind=facts.kind,
        code=facts.code,
        title=title,
        specialty=entry_form(title, "", on).performer,
        reason=facts.reason,
    )
    return Status(201, line_list(request, uid))


@router.post("/lines/{uuid:uid}/cancel", response=ExamOut, url_name="line_cancel")
@needs("exams.line_cancel")
def line_cancel(request: Request, uid: UUID, facts: ReasonIn) -> dict[str, Any]:
    """Исключить строку из объёма с обоснованием комиссии."""
    row = actions.line_cancel(request.actor, line=uid, reason=facts.reason)
    return _shown(request.actor, row.exam.uid)


@router.post("/lines/{uuid:uid}/require", response=ExamOut, url_name="line_require")
@needs("exams.line_require")
def line_require(request: Request, uid: UUID, facts: ReasonIn) -> dict[str, Any]:
    """Назначить строку: появилось показание, зачтённое повторяют, исключённое возвращают."""
    row = actions.line_require(request.actor, line=uid, reason=facts.reason)
    return _shown(request.actor, row.exam.uid)


def _line(row: ExamLine, form: EntryForm, results: list[dict[str, Any]], on: dt.date) -> dict[str, Any]:
    plain = "uid", "kind", "code", "title", "condition", "state", "credited", "changed_reason", "done_on"
    title, specialties = performers(on).get(form.performer, ("", ()))
    return {name: getattr(row, name) for name in plain} | {
        "state_title": LineState(row.state).title_ru,
        "form": {
            "performer": form.performer,
            "performer_title": title,
            "specialties": list(specialties),
            "edition": form.edition,
            "fields": [_field(field) for field in form.fields],
        },
        "results": results,
    }


def _field(field: FormField) -> dict[str, Any]:
    def number(bound: Decimal | None) -> float | None:
        return None if bound is None else float(bound)

    return {
        "code": field.code,
        "label": field.label,
        "kind": field.kind,
        "unit": field.unit,
        "required": field.required,
        "choices": list(field.choices),
        "norm": field.norm,
        "reference": field.reference,
        "low": number(field.low),
        "high": number(field.high),
        "least": number(field.least),
        "most": number(field.most),
        "draft": field.draft,
        "source": field.source,
    }


def _result(row: Any) -> dict[str, Any]:
    plain = "uid", "version", "performed_on", "values", "flags", "normal", "text", "form", "source"
    return {name: getattr(row, name) for name in plain} | {"staff": row.staff.uid if row.staff else None}
