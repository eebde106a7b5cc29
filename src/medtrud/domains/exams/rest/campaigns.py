"""Campaigns, their named lists, and the admission of workers."""

import datetime as dt
from typing import Any
from uuid import UUID

from ninja import Field, Query, Router, Schema, Status

from medtrud.engines.store.public import keyset, today
from medtrud.engines.ui.public import Request, needs
from medtrud.kernel.actor import Actor
from medtrud.registries.people.public import person_of

from .. import actions
from ..models import Admission, Campaign, RollEntry
from ..queries.admission import admissions
from ..queries.listed import roll
from ..queries.rows import campaign_of, campaigns
from ..types.states import AdmissionState, CampaignState
from .shapes import (
    Day,
    FactorOut,
    Names,
    OnIn,
    PersonOut,
    ReasonIn,
    SideOut,
    Size,
    day_of,
    paged,
    person_out,
    side_out,
)

router = Router(tags=["Осмотры: кампания и поимённый список"])


class CampaignOut(Schema):
    uid: UUID
    number: str
    title: str
    kind: str
    employer: SideOut
    clinic: SideOut
    since: dt.date
    until: dt.date
    state: str
    state_title: str
    approved_by_employer_on: dt.date | None
    approved_by_clinic_on: dt.date | None


class CampaignPage(Schema):
    items: list[CampaignOut]
    next: str


class CampaignIn(Schema):
    clinic: UUID
    title: str = Field(min_length=1, max_length=200)
    since: Day
    until: Day = Field(description="первый день после кампании")
    contract: UUID | None = Field(None, description="договор; без него берётся действующий")


class DifferenceOut(Schema):
    entered: int
    left: int
    changed: int
    unchanged: int


class RollOut(Schema):
    uid: UUID
    person: PersonOut | None
    employment: UUID
    division: str
    post: str
    seniority_months: int | None
    factors: list[FactorOut]
    sout_class: str
    last_exam_on: dt.date | None
    due_on: dt.date | None
    added_on: dt.date
    removed_on: dt.date | None
    removed_reason: str


class RollPage(Schema):
    items: list[RollOut]
    next: str


class RollAsked(Schema):
    removed: bool = Field(default=False, description="исключённые вместо действующих")
    after: str = ""
    size: Size = 50


class IncapacityIn(Schema):
    person: UUID
    since: Day
    until: Day | None = None
    document: str = Field(min_length=1, max_length=300)


class IncapacityOut(Schema):
    uid: UUID
    since: dt.date
    until: dt.date | None
    document: str


class AdmissionOut(Schema):
    """Допуск работника: без диагнозов и результатов."""

    uid: UUID
    person: PersonOut | None
    employment: UUID
    division: str
    post: str
    state: str
    state_title: str
    required: bool
    valid_until: dt.date | None
    barred: list[str]
    reason: str


class AdmissionPage(Schema):
    on: dt.date
    items: list[AdmissionOut]
    next: str


class AdmissionsAsked(Schema):
    on: Day | None = Field(None, description="день; без него – сегодня")
    state: AdmissionState | None = None
    after: str = ""
    size: Size = 50


def _campaign(row: Campaign) -> dict[str, Any]:
    return {
        "uid": row.uid,
        "number": row.number,
        "title": row.title,
        "kind": row.kind,
        "employer": side_out(row.employer),
        "clinic": side_out(row.clinic),
        "since": row.since,
        "until": row.until,
        "state": row.state,
        "state_title": CampaignState(row.state).title_ru,
        "approved_by_employer_on": row.approved_by_employer_on,
        "approved_by_clinic_on": row.approved_by_clinic_on,
    }


def _shown(actor: Actor, uid: UUID) -> dict[str, Any]:
    return _campaign(campaign_of(actor, uid))


def _entry(row: RollEntry, names: Names) -> dict[str, Any]:
    plain = (
        "uid", "division", "post", "seniority_months", "factors", "sout_class", "last_exam_on", "due_on",
        "added_on", "removed_on", "removed_reason",
    )  # fmt: skip
    return {name: getattr(row, name) for name in plain} | {
        "person": person_out(names, row.person_id),
        "employment": row.employment.uid,
    }


@router.get("/campaigns", response=CampaignPage, url_name="campaign_list")
@needs("exams.campaign_list")
def campaign_list(
    request: Request, state: CampaignState | None = None, after: str = "", size: Size = 50
) -> dict[str, Any]:
    """Кампании своей организации, новые сначала."""
    rows = campaigns(request.actor)
    rows = rows.filter(state=state) if state else rows
    page = keyset(rows, order=["-since"], after=after, size=size)
    return {"items": [_campaign(row) for row in page.rows], "next": page.next}


@router.post("/campaigns", response={201: CampaignOut}, url_name="campaign_open")
@needs("exams.campaign_open")
def campaign_open(request: Request, facts: CampaignIn) -> Status[dict[str, Any]]:
    """Открыть кампанию периодических осмотров в клинике; список пока пуст."""
    row = actions.campaign_open(request.actor, **facts.dict())
    return Status(201, _shown(request.actor, row.uid))


@router.get("/campaigns/{uuid:uid}", response=CampaignOut, url_name="campaign")
@needs("exams.campaign_list")
def campaign(request: Request, uid: UUID) -> dict[str, Any]:
    """Одна кампания."""
    return _shown(request.actor, uid)


@router.post("/campaigns/{uuid:uid}/build", response=DifferenceOut, url_name="roll_build")
@needs("exams.roll_build")
def roll_build(request: Request, uid: UUID, facts: OnIn) -> Any:
    """Сформировать поимённый список по штату на день или привести его в соответствие со штатом."""
    return actions.roll_build(request.actor, campaign=uid, on=day_of(facts.on))


@router.post("/campaigns/{uuid:uid}/approve", response=CampaignOut, url_name="campaign_approve")
@needs("exams.campaign_approve")
def campaign_approve(request: Request, uid: UUID, facts: OnIn) -> dict[str, Any]:
    """Утвердить список за работодателя и передать его клинике."""
    actions.campaign_approve(request.actor, campaign=uid, on=day_of(facts.on))
    return _shown(request.actor, uid)


@router.post("/campaigns/{uuid:uid}/agree", response=CampaignOut, url_name="campaign_agree")
@needs("exams.campaign_agree")
def campaign_agree(request: Request, uid: UUID, facts: OnIn) -> dict[str, Any]:
    """Согласовать список за клинику: после этого выдают направления."""
    actions.campaign_agree(request.actor, campaign=uid, on=day_of(facts.on))
    return _shown(request.actor, uid)


@router.post("/campaigns/{uuid:uid}/return", response=CampaignOut, url_name="campaign_return")
@needs("exams.campaign_return")
def campaign_return(request: Request, uid: UUID) -> dict[str, Any]:
    """Вернуть список на доработку, пока направления не выданы."""
    actions.campaign_return(request.actor, campaign=uid)
    return _shown(request.actor, uid)


@router.get("/campaigns/{uuid:uid}/roll", response=RollPage, url_name="roll_list")
@needs("exams.roll_list")
def roll_list(request: Request, uid: UUID, asked: Query[RollAsked]) -> dict[str, Any]:
    """Поимённый список: кто раньше должен пройти осмотр, тот раньше."""
    rows = roll(request.actor, campaign_of(request.actor, uid), removed=asked.removed)
    return paged(request.actor, rows, ["due_on"], _entry, after=asked.after, size=asked.size)


@router.post("/roll/{uuid:uid}/remove", response=RollOut, url_name="roll_remove")
@needs("exams.roll_remove")
def roll_remove(request: Request, uid: UUID, facts: ReasonIn) -> dict[str, Any]:
    """Исключить работника из списка с причиной; строка остаётся в истории."""
    row = actions.roll_remove(request.actor, entry=uid, reason=facts.reason, on=today())
    return _entry(row, {})


@router.post("/incapacities", response={201: IncapacityOut}, url_name="incapacity_note")
@needs("exams.incapacity_note")
def incapacity_note(request: Request, facts: IncapacityIn) -> Status[Any]:
    """Внести справку о стойкой утрате трудоспособности: акт считает таких работников отдельно."""
    given = facts.dict()
    person = person_of(request.actor, given.pop("person")).pk
    return Status(201, actions.incapacity_note(request.actor, person=person, **given))


@router.get("/admissions", response=AdmissionPage, url_name="admission_list")
@needs("exams.admission_list")
def admission_list(request: Request, asked: Query[AdmissionsAsked]) -> dict[str, Any]:
    """Кто допущен к работе на день: у кого осмотр кончается раньше, тот раньше."""
    on = asked.on or today()
    rows = admissions(request.actor, on=on).select_related("employment__post", "employment__division")
    rows = rows.filter(state=str(asked.state)) if asked.state else rows
    page = paged(request.actor, rows, ["valid_until"], _admission, after=asked.after, size=asked.size)
    return page | {"on": on}


def _admission(row: Admission, names: Names) -> dict[str, Any]:
    state = AdmissionState(row.state)  # type: ignore[attr-defined]
    job = row.employment
    return {
        "uid": row.uid,
        "person": person_out(names, row.person_id),
        "employment": job.uid,
        "division": str(job.division or ""),
        "post": str(job.post),
        "state": str(state),
        "state_title": state.title_ru,
        "required": row.required,
        "valid_until": row.valid_until,
        "barred": row.barred,
        "reason": row.reason,
    }
