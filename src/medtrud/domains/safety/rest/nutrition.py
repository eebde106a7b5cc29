"""Milk and therapeutic nutrition for other systems."""

import datetime as dt
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from django.db.models import Q
from ninja import Field, Query, Router, Schema

from medtrud.engines.store.public import keyset, today
from medtrud.engines.ui.public import Request, needs
from medtrud.kernel.dates import add_months
from medtrud.registries.organizations.public import in_force, organization_of

from ..actions import nutrition as actions
from ..models import NutritionGrant
from ..queries.nutrition import (
    entitlements_of,
    grants,
    month_lines,
    months_unwritten,
    nutrition_jobs,
    nutrition_places,
)
from ..types.nutrition import NewGrant

router = Router(tags=["Молоко и лечебно-профилактическое питание"])
PLAIN = r"^[^\x00]*$"
Line = Annotated[str, Field(max_length=300, pattern=PLAIN)]
Month = Annotated[str, Field(pattern=r"^[12][0-9]{3}-(0[1-9]|1[0-2])$")]
Day = Annotated[dt.date, Field(ge=dt.date(1950, 1, 1), lt=dt.date(2200, 1, 1))]
Cursor = Annotated[str, Field(max_length=1000)]
MOST = 31
SIZE = 200


class WhyOut(Schema):
    text: str
    basis: str


class EntitlementOut(Schema):
    employment: UUID
    workplace: str
    milk: str
    ration: str
    reasons: list[WhyOut]
    given: str


class EntitlementPage(Schema):
    rows: list[EntitlementOut]
    next: str


class GrantIn(Schema):
    employment: UUID
    kind: Annotated[str, Field(max_length=10, pattern=PLAIN)]
    since: dt.date
    ration: Annotated[str, Field(max_length=5, pattern=PLAIN)] = ""
    basis: Line = ""
    request: Annotated[str, Field(max_length=200, pattern=PLAIN)] = ""


class EndIn(Schema):
    on: dt.date


class GrantOut(Schema):
    uid: UUID
    employment: UUID
    kind: str
    ration: str
    basis: str
    since: dt.date
    until: dt.date | None


class GrantPage(Schema):
    rows: list[GrantOut]
    next: str


class GrantsAsked(Schema):
    state: Literal["", "going", "past", "late"] = ""
    kind: Annotated[str, Field(max_length=10, pattern=PLAIN)] | None = None
    employment: UUID | None = None
    after: Cursor = ""
    size: Annotated[int, Field(ge=1, le=200)] = SIZE


class MonthIn(Schema):
    shifts: int = Field(ge=0, le=MOST)
    note: Line = ""


class GivenOut(Schema):
    version: int
    shifts: int
    amount: Decimal
    unit: str
    note: str


class LineOut(Schema):
    grant: GrantOut
    shifts_most: int
    given: GivenOut | None


@router.get("/nutrition", response=EntitlementPage, url_name="nutrition_list")
@needs("safety.nutrition_list")
def nutrition_list(request: Request, on: Day | None = None, after: Cursor = "") -> dict[str, Any]:
    """Кому положено молоко или питание и почему; о ком данных нет; `next` - продолжение."""
    actor, day = request.actor, on or today()
    employer = organization_of(actor).pk
    places = nutrition_places(actor, employer=employer, on=day)
    jobs = nutrition_jobs(actor, employer=employer, on=day, places=places)
    found = keyset(jobs, order=["person__name_rank"], after=after, size=SIZE)
    rows = [
        {
            "employment": row.employment_uid,
            "workplace": row.workplace,
            "milk": row.rights.milk,
            "ration": row.rights.ration,
            "reasons": [{"text": reason.text, "basis": str(reason.ref)} for reason in row.reasons],
            "given": row.given,
        }
        for row in entitlements_of(actor, found.rows, on=day)
    ]
    return {"rows": rows, "next": found.next}


@router.get("/nutrition/grants", response=GrantPage, url_name="grant_list")
@needs("safety.nutrition_list")
def grant_list(request: Request, asked: Query[GrantsAsked]) -> dict[str, Any]:
    """Назначения: идущие, прекращённые или те, чей прошлый месяц не записан; `next` - продолжение."""
    actor, on = request.actor, today()
    rows = grants(actor)
    if asked.state == "late":
        rows = months_unwritten(actor, month=add_months(on.replace(day=1), -1))
    elif asked.state:
        rows = rows.filter(in_force(on) if asked.state == "going" else Q(until__lte=on))
    paths = {"kind": "kind", "employment": "employment__uid"}
    given = {path: value for name, path in paths.items() if (value := getattr(asked, name)) is not None}
    found = keyset(rows.filter(**given).order_by(), order=["-since"], after=asked.after, size=asked.size)
    return {"rows": [_grant(row) for row in found.rows], "next": found.next}


@router.post("/nutrition/grants", response=GrantOut, url_name="nutrition_grant")
@needs("safety.nutrition_grant")
def nutrition_grant(request: Request, body: GrantIn) -> dict[str, Any]:
    """Назначить молоко, замену или рацион."""
    return _grant(actions.nutrition_grant(request.actor, grant=NewGrant(**body.dict())))


@router.post("/nutrition/grants/{uid}/end", response=GrantOut, url_name="nutrition_end")
@needs("safety.nutrition_end")
def nutrition_end(request: Request, uid: UUID, body: EndIn) -> dict[str, Any]:
    """Прекратить выдачу с дня."""
    return _grant(actions.nutrition_end(request.actor, grant=uid, on=body.on))


@router.get("/nutrition/months/{month}", response=list[LineOut], url_name="nutrition_month")
@needs("safety.nutrition_month")
def nutrition_month(request: Request, month: Month) -> list[dict[str, Any]]:
    """Ведомость месяца: сколько смен могло быть и что записано последним."""
    lines = month_lines(request.actor, employer=organization_of(request.actor).pk, month=_first(month))
    return [
        {"grant": _grant(line.grant), "shifts_most": line.shifts_most, "given": line.issue} for line in lines
    ]


@router.post("/nutrition/grants/{uid}/months/{month}", response=GivenOut, url_name="nutrition_issue")
@needs("safety.nutrition_issue")
def nutrition_issue(request: Request, uid: UUID, month: Month, body: MonthIn) -> Any:
    """Записать выдачу за месяц; исправление - новая версия."""
    return actions.nutrition_issue(request.actor, grant=uid, month=_first(month), **body.dict())


def _first(month: str) -> dt.date:
    return dt.date.fromisoformat(f"{month}-01")


def _grant(row: NutritionGrant) -> dict[str, Any]:
    named = ("uid", "kind", "ration", "basis", "since", "until")
    return {name: getattr(row, name) for name in named} | {"employment": row.employment.uid}
