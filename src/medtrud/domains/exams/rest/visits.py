"""Visits as the employer and the worker see them: dates and states, nothing medical."""

import datetime as dt
from typing import Any
from uuid import UUID

from ninja import Query, Router, Schema

from medtrud.engines.ui.public import Request, needs

from ..models import Exam
from ..queries.rows import exams
from ..types.states import ExamKindCode, ExamState
from .shapes import Names, PersonOut, SideOut, Size, paged, person_out, side_out

router = Router(tags=["Осмотры: ход для работодателя и работника"])


class VisitOut(Schema):
    """Ход осмотра: ни результатов, ни диагнозов."""

    uid: UUID
    referral: UUID
    referral_number: int
    campaign: UUID | None
    person: PersonOut | None
    employer: SideOut
    clinic: SideOut
    kind: str
    state: str
    state_title: str
    planned_on: dt.date | None
    arrived_on: dt.date | None
    finished_on: dt.date | None
    not_passed_reason: str
    barred: bool | None


class VisitPage(Schema):
    items: list[VisitOut]
    next: str


class VisitsAsked(Schema):
    state: ExamState | None = None
    kind: ExamKindCode | None = None
    campaign: UUID | None = None
    after: str = ""
    size: Size = 50


def visit_out(row: Exam, names: Names) -> dict[str, Any]:
    """Return what all the parties of a visit may read."""
    plain = (
        "uid", "kind", "state", "planned_on", "arrived_on", "finished_on", "not_passed_reason", "barred",
    )  # fmt: skip
    return {name: getattr(row, name) for name in plain} | {
        "referral": row.referral.uid,
        "referral_number": row.referral.number,
        "campaign": row.campaign.uid if row.campaign else None,
        "person": person_out(names, row.person_id),
        "employer": side_out(row.employer),
        "clinic": side_out(row.clinic),
        "state_title": ExamState(row.state).title_ru,
    }


@router.get("/visits", response=VisitPage, url_name="visit_list")
@needs("exams.visit_list")
def visit_list(request: Request, asked: Query[VisitsAsked]) -> dict[str, Any]:
    """Как идут осмотры: у работодателя – своих работников, у работника – его собственные."""
    given = asked.dict(exclude_none=True, exclude={"after", "size", "campaign"})
    rows = exams(request.actor).filter(**given)
    rows = rows.filter(campaign__uid=asked.campaign) if asked.campaign else rows
    return paged(request.actor, rows, ["-id"], visit_out, after=asked.after, size=asked.size)
