"""Final acts: computed, closed, read, with the people behind every number."""

import datetime as dt
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Field, Router, Schema, Status

from medtrud.engines.store.public import today
from medtrud.engines.ui.public import Request, needs

from .. import actions
from ..models import ActMember, ActMemberMedical, FinalAct
from ..queries.act import act_numbers
from ..queries.listed import act_patients, act_people, act_shown, recommendations_of
from ..queries.rows import acts, campaign_of
from .shapes import Day, Names, PersonOut, SideOut, Size, Text, day_of, paged, person_out, side_out

router = Router(tags=["Осмотры: заключительный акт"])
Item = Annotated[int, Field(ge=1, le=28)]


class CountOut(Schema):
    total: int
    women: int | None
    minors: int | None
    disabled: int | None


class DiseaseOut(Schema):
    icd_class: str
    title: str
    count: int


class NumbersOut(Schema):
    """Числа акта по номерам пунктов; пункты 24–26 – по классам болезней, без людей."""

    counts: dict[str, CountOut]
    coverage: str
    chronic: list[DiseaseOut]
    occupational: list[DiseaseOut]
    infectious: list[DiseaseOut]
    missing: dict[str, str]


class RecommendationOut(Schema):
    uid: UUID
    order: int
    text: str
    status: str
    status_text: str
    status_on: dt.date | None


class ActOut(Schema):
    uid: UUID
    campaign: UUID
    employer: SideOut
    clinic: SideOut
    number: int
    year: int
    version: int
    signed_on: dt.date
    as_of: dt.date
    items: NumbersOut
    digest: str


class ActFullOut(ActOut):
    recommendations: list[RecommendationOut]


class ActIn(Schema):
    as_of: Day = Field(description="день, на который считаются числа")
    on: Day | None = Field(None, description="день подписи; без него – сегодня")
    recommendations: list[Annotated[str, Field(max_length=2000)]] = Field([], max_length=100)


class MemberOut(Schema):
    person: PersonOut | None
    division: str
    post: str
    codes: list[str]
    outcome: str


class MemberPage(Schema):
    items: list[MemberOut]
    next: str


class PatientOut(Schema):
    person: PersonOut | None
    exam: UUID | None
    detail: str


class PatientPage(Schema):
    items: list[PatientOut]
    next: str


class MarkIn(Schema):
    status: Literal["open", "done", "partly", "refused"]
    text: Text = ""


def _act(row: FinalAct) -> dict[str, Any]:
    plain = "uid", "number", "year", "version", "signed_on", "as_of", "items", "digest"
    return {name: getattr(row, name) for name in plain} | {
        "campaign": row.campaign.uid,
        "employer": side_out(row.employer),
        "clinic": side_out(row.clinic),
    }


def _full(request: Request, row: FinalAct) -> dict[str, Any]:
    return _act(row) | {"recommendations": list(recommendations_of(request.actor, row))}


@router.get("/campaigns/{uuid:uid}/act/preview", response=NumbersOut, url_name="final_act_preview")
@needs("exams.final_act_close")
def final_act_preview(request: Request, uid: UUID, as_of: Day | None = None) -> dict[str, Any]:
    """Посчитать все пункты акта на день, ничего не закрывая."""
    return act_numbers(campaign_of(request.actor, uid), as_of=as_of or today()).as_json()


@router.post("/campaigns/{uuid:uid}/act", response={201: ActFullOut}, url_name="final_act_close")
@needs("exams.final_act_close")
def final_act_close(request: Request, uid: UUID, given: ActIn) -> Status[dict[str, Any]]:
    """Закрыть акт; повторное закрытие – новая версия, прежняя остаётся целиком."""
    facts = given.dict() | {"on": day_of(given.on)}
    row = actions.final_act_close(request.actor, campaign=uid, **facts)
    return Status(201, _full(request, act_shown(request.actor, row.uid)))


@router.get("/campaigns/{uuid:uid}/acts", response=list[ActOut], url_name="final_act_list")
@needs("exams.final_act_list")
def final_act_list(request: Request, uid: UUID) -> list[dict[str, Any]]:
    """Все версии акта кампании, последняя сначала."""
    campaign = campaign_of(request.actor, uid)
    return [_act(row) for row in acts(request.actor).filter(campaign=campaign).order_by("-version")]


@router.get("/acts/{uuid:uid}", response=ActFullOut, url_name="final_act")
@needs("exams.final_act_list")
def final_act(request: Request, uid: UUID) -> dict[str, Any]:
    """Версия акта с рекомендациями работодателю."""
    return _full(request, act_shown(request.actor, uid))


@router.get("/acts/{uuid:uid}/members", response=MemberPage, url_name="act_member_list")
@needs("exams.final_act_list")
def act_member_list(
    request: Request, uid: UUID, item: Item, after: str = "", size: Size = 50
) -> dict[str, Any]:
    """Люди, стоящие за числом пунктов 4–8, 10–16 и 23: эти списки получает работодатель."""
    rows = act_people(request.actor, act_shown(request.actor, uid), item)
    return paged(request.actor, rows, ["division", "post"], _member, after=after, size=size)


@router.get("/acts/{uuid:uid}/patients", response=PatientPage, url_name="act_patient_list")
@needs("exams.act_patient_list")
def act_patient_list(
    request: Request, uid: UUID, item: Item, after: str = "", size: Size = 50
) -> dict[str, Any]:
    """Люди, стоящие за медицинским числом (пункты 17–26); только для клиники."""
    rows = act_patients(request.actor, act_shown(request.actor, uid), item).select_related("exam")
    return paged(request.actor, rows, ["id"], _patient, after=after, size=size)


@router.post("/recommendations/{uuid:uid}/mark", response=RecommendationOut, url_name="recommendation_mark")
@needs("exams.recommendation_mark")
def recommendation_mark(request: Request, uid: UUID, given: MarkIn) -> Any:
    """Отметить, что сделано по рекомендации; следующий акт сообщит об этом в пункте 27."""
    return actions.recommendation_mark(
        request.actor, recommendation=uid, status=given.status, text=given.text, on=today()
    )


def _member(row: ActMember, names: Names) -> dict[str, Any]:
    plain = {name: getattr(row, name) for name in ("division", "post", "codes", "outcome")}
    return plain | {"person": person_out(names, row.person_id)}


def _patient(row: ActMemberMedical, names: Names) -> dict[str, Any]:
    exam = row.exam.uid if row.exam else None
    return {"person": person_out(names, row.person_id), "exam": exam, "detail": row.detail}
