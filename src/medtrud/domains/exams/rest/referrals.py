"""Referrals: issued by the employer, received by the clinic and the worker."""

import datetime as dt
from typing import Any
from uuid import UUID

from ninja import Field, Query, Router, Schema, Status

from medtrud.engines.ui.public import Request, needs
from medtrud.kernel.actor import Actor

from .. import actions
from ..models import Referral
from ..queries.rows import referral_of, referrals
from ..types.states import ExamKindCode, ReferralState
from .shapes import (
    Day,
    Done,
    FactorOut,
    Names,
    OnIn,
    PersonOut,
    ReasonIn,
    SideOut,
    Size,
    about,
    day_of,
    paged,
    person_out,
    side_out,
)

router = Router(tags=["Осмотры: направления"])


class ReferralOut(Schema):
    uid: UUID
    number: int
    year: int
    issued_on: dt.date
    kind: str
    basis: str
    employer: SideOut
    clinic: SideOut
    person: PersonOut | None
    division: str
    post: str
    factors: list[FactorOut]
    sout_class: str
    state: str
    state_title: str
    handed_on: dt.date | None
    cancelled_reason: str
    campaign: UUID | None
    exam: UUID


class PrescribedOut(Schema):
    code: str
    name: str
    condition: str
    state: str
    reasons: list[dict[str, Any]]


class ReferralFullOut(ReferralOut):
    specialists: list[PrescribedOut]
    tests: list[PrescribedOut]
    months: int | None


class ReferralPage(Schema):
    items: list[ReferralOut]
    next: str


class ReferralIn(Schema):
    employment: UUID
    clinic: UUID
    kind: ExamKindCode
    basis: str = Field("", max_length=500, description="для внеочередного осмотра обязательно")
    on: Day | None = None


class ReferralsIn(Schema):
    entries: list[UUID] = Field([], max_length=5000, description="строки списка; пусто – все без направления")
    on: Day | None = None


class HandedIn(Schema):
    referrals: list[UUID] = Field([], max_length=5000, description="направления; пусто – все не вручённые")
    on: Day | None = None


class ReferralsAsked(Schema):
    state: ReferralState | None = None
    kind: ExamKindCode | None = None
    campaign: UUID | None = None
    number: int | None = Field(None, ge=1, le=2**31 - 1)
    year: int | None = Field(None, ge=2000, le=2200)
    after: str = ""
    size: Size = 50


def _referral(row: Referral, names: Names) -> dict[str, Any]:
    plain = (
        "uid", "number", "year", "issued_on", "kind", "basis", "division", "post", "factors", "sout_class",
        "state", "handed_on", "cancelled_reason",
    )  # fmt: skip
    campaign = row.exam.campaign
    return {name: getattr(row, name) for name in plain} | {
        "employer": side_out(row.employer),
        "clinic": side_out(row.clinic),
        "person": person_out(names, row.person_id),
        "state_title": ReferralState(row.state).title_ru,
        "campaign": campaign.uid if campaign else None,
        "exam": row.exam.uid,
    }


def _shown(actor: Actor, uid: UUID) -> dict[str, Any]:
    row = referral_of(actor, uid)
    content = row.programme.content
    prescribed = {group: content[group] for group in ("specialists", "tests", "months")}
    return _referral(row, about(actor, [row])) | prescribed


@router.get("/referrals", response=ReferralPage, url_name="referral_list")
@needs("exams.referral_list")
def referral_list(request: Request, asked: Query[ReferralsAsked]) -> dict[str, Any]:
    """Направления, новые сначала: свои у работодателя и работника, полученные у клиники."""
    paths = {"campaign": "exam__campaign__uid"}
    given = asked.dict(exclude_none=True, exclude={"after", "size"})
    rows = referrals(request.actor).filter(**{paths.get(name, name): v for name, v in given.items()})
    return paged(request.actor, rows, ["-issued_on"], _referral, after=asked.after, size=asked.size)


@router.post("/referrals", response={201: ReferralFullOut}, url_name="referral_issue")
@needs("exams.referral_issue")
def referral_issue(request: Request, facts: ReferralIn) -> Status[dict[str, Any]]:
    """Выдать направление одному работнику: перед приёмом, вне очереди или на его срок."""
    given = facts.dict() | {"on": day_of(facts.on)}
    row = actions.referral_issue(request.actor, **given)
    return Status(201, _shown(request.actor, row.uid))


@router.post("/campaigns/{uuid:uid}/referrals", response=Done, url_name="referrals_issue")
@needs("exams.referrals_issue")
def referrals_issue(request: Request, uid: UUID, facts: ReferralsIn) -> dict[str, int]:
    """Выдать направления по согласованному списку: отмеченным или всем, у кого их ещё нет."""
    on = day_of(facts.on)
    return {"count": actions.referrals_issue(request.actor, campaign=uid, on=on, entries=facts.entries)}


@router.post("/campaigns/{uuid:uid}/referrals/hand", response=Done, url_name="referrals_hand")
@needs("exams.referrals_hand")
def referrals_hand(request: Request, uid: UUID, facts: HandedIn) -> dict[str, int]:
    """Отметить, что работники кампании получили направления: названные или все, кто ещё не получил."""
    waiting = referrals(request.actor).filter(
        roll_entry__campaign__uid=uid, state=ReferralState.ISSUED, handed_on__isnull=True
    )
    chosen = facts.referrals or list(waiting.values_list("uid", flat=True))
    return {"count": actions.referrals_hand(request.actor, referrals=chosen, on=day_of(facts.on))}


@router.get("/referrals/{uuid:uid}", response=ReferralFullOut, url_name="referral")
@needs("exams.referral_list")
def referral(request: Request, uid: UUID) -> dict[str, Any]:
    """Направление с объёмом осмотра и его основаниями."""
    return _shown(request.actor, uid)


@router.post("/referrals/{uuid:uid}/hand", response=ReferralFullOut, url_name="referral_hand")
@needs("exams.referral_hand")
def referral_hand(request: Request, uid: UUID, facts: OnIn) -> dict[str, Any]:
    """Отметить, что работник получил направление под подпись."""
    actions.referral_hand(request.actor, referral=uid, on=day_of(facts.on))
    return _shown(request.actor, uid)


@router.post("/referrals/{uuid:uid}/cancel", response=ReferralFullOut, url_name="referral_cancel")
@needs("exams.referral_cancel")
def referral_cancel(request: Request, uid: UUID, facts: ReasonIn) -> dict[str, Any]:
    """Отозвать направление, пока осмотр не начат; номер остаётся занятым."""
    actions.referral_cancel(request.actor, referral=uid, reason=facts.reason)
    return _shown(request.actor, uid)
