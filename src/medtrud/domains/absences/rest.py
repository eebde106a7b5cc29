"""Absences for other systems; nothing here is medical."""

import datetime as dt
from typing import Annotated, Any
from uuid import UUID

from ninja import Field, Router, Schema

from medtrud.engines.store.public import keyset, today
from medtrud.engines.ui.public import Request, needs
from medtrud.registries.organizations.public import employment_of

from . import actions
from .models import Absence
from .queries import absence_of, absences
from .queries import analysis as counted
from .queries.asked import report_asked
from .types import Figures, NewAbsence, last_day

router = Router(tags=["Отсутствия"])
SIZE = 100
DAY = dt.timedelta(days=1)
Line = Annotated[str, Field(max_length=300, pattern=r"^[^\x00]*$")]
Code = Annotated[str, Field(max_length=20, pattern=r"^[^\x00]*$")]


class AbsenceOut(Schema):
    uid: UUID
    employer: UUID
    person: UUID
    kind: str
    reason: str
    reason_more: str
    number: str
    since: dt.date
    last: dt.date | None
    primary: bool
    case: UUID
    state: str


class AbsencesOut(Schema):
    rows: list[AbsenceOut]
    next: str


class AbsenceIn(Schema):
    employment: UUID = Field(description="Работа, на которой человек отсутствует")
    since: dt.date
    last: dt.date | None = Field(None, description="Последний день; null - отсутствие продолжается")
    reason: Code = Field("", description="Код причины листка 01-15")
    kind: Code = Field("", description="Вид отсутствия, если листка нет: vacation, trip ...")
    reason_more: Code = ""
    number: Code = ""
    going_on: bool = False
    basis: Line = ""


class CloseIn(Schema):
    last: dt.date


class CancelIn(Schema):
    why: Annotated[str, Field(min_length=1, max_length=300, pattern=r"^[^\x00]*$")]


class GroupOut(Schema):
    title: str
    workers: float
    hidden: bool
    cases: int | None
    days: int | None
    cases_rate: float | None
    days_rate: float | None
    mean: float | None


class AnalysisOut(Schema):
    since: dt.date
    last: dt.date
    workers: float
    cases: int
    days: int
    cases_rate: float | None
    cases_limits: list[float] | None
    days_rate: float | None
    days_limits: list[float] | None
    mean: float | None
    level: str
    health_index: float | None
    sections: dict[str, list[GroupOut]]


@router.get("", response=AbsencesOut, url_name="absence_list")
@needs("absences.absence_list")
def absence_list(request: Request, after: str = "", since: dt.date | None = None) -> dict[str, Any]:
    """Отсутствия, новые первыми; `since` - не раньше этого дня; `next` - продолжение."""
    rows = absences(request.actor).select_related("employer", "person")
    if since:
        rows = rows.filter(since__gte=since)
    found = keyset(rows, order=["-since"], after=after, size=SIZE)
    return {"rows": [_out(row) for row in found.rows], "next": found.next}


@router.post("", response=AbsenceOut, url_name="absence_add")
@needs("absences.absence_add")
def absence_add(request: Request, body: AbsenceIn) -> dict[str, Any]:
    """Записать отсутствие."""
    job = employment_of(request.actor, body.employment)
    return _out(actions.absence_add(request.actor, absence=_new(body, job.person_id, job.employer_id)))


@router.get("/analysis", response=AnalysisOut, url_name="analysis")
@needs("absences.analysis")
def analysis(
    request: Request, since: dt.date | None = None, last: dt.date | None = None, employer: UUID | None = None
) -> dict[str, Any]:
    """Показатели заболеваемости за период; без дат - последние двенадцать месяцев."""
    want = report_asked(request.actor, since=since, last=last, employer=employer, on=today())
    report = counted(request.actor, employer=want.employer.pk, since=want.since, until=want.until)
    total = report.total
    return {
        "since": want.since,
        "last": want.last,
        "level": report.level.worse if report.level else "",
        "health_index": report.health_index,
        "sections": {code: [_group(row) for row in each.rows] for code, each in report.sections.items()},
        **{
            name: getattr(total, name)
            for name in ("workers", "cases", "days", "cases_rate", "days_rate", "mean")
        },
        "cases_limits": list(total.cases_limits) if total.cases_limits else None,
        "days_limits": list(total.days_limits) if total.days_limits else None,
    }


@router.get("/{uid}", response=AbsenceOut, url_name="absence")
@needs("absences.absence_list")
def absence(request: Request, uid: UUID) -> dict[str, Any]:
    """Одно отсутствие в последней версии."""
    return _out(absence_of(request.actor, uid))


@router.post("/{uid}/close", response=AbsenceOut, url_name="absence_close")
@needs("absences.absence_close")
def absence_close(request: Request, uid: UUID, body: CloseIn) -> dict[str, Any]:
    """Закрыть отсутствие последним днём."""
    return _out(actions.absence_close(request.actor, absence=uid, until=body.last + DAY))


@router.post("/{uid}/cancel", response=AbsenceOut, url_name="absence_cancel")
@needs("absences.absence_cancel")
def absence_cancel(request: Request, uid: UUID, body: CancelIn) -> dict[str, Any]:
    """Аннулировать отсутствие."""
    return _out(actions.absence_cancel(request.actor, absence=uid, why=body.why))


def _new(body: AbsenceIn, person: int, employer: int) -> NewAbsence:
    return NewAbsence(
        person=person,
        employer=employer,
        since=body.since,
        until=body.last + DAY if body.last else None,
        kind=body.kind,
        reason=body.reason,
        reason_more=body.reason_more,
        number=body.number,
        going_on=body.going_on,
        basis=body.basis,
    )


def _out(row: Absence) -> dict[str, Any]:
    named = ("kind", "reason", "reason_more", "number", "since", "primary", "case", "state")
    return {name: getattr(row, name) for name in named} | {
        "uid": row.document,
        "employer": row.employer.uid,
        "person": row.person.uid,
        "last": last_day(row.until),
    }


def _group(row: Figures) -> dict[str, Any]:
    shown = ("cases", "days", "cases_rate", "days_rate", "mean")
    values = {name: None if row.hidden else getattr(row, name) for name in shown}
    return {"title": row.title, "workers": row.workers, "hidden": row.hidden, **values}
