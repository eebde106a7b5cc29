"""Measures, incidents and indicators for other systems."""

import datetime as dt
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from ninja import Field, Router, Schema

from medtrud.engines.store.public import keyset, today
from medtrud.engines.ui.public import Request, needs
from medtrud.registries.organizations.public import (
    divisions,
    employment_of,
    organization_of,
    workplace_of,
)

from .. import actions
from ..models import Incident, Measure
from ..queries import incident_of, incidents, measure_of, measures
from ..queries import indicators as counted
from ..queries.measures import OPEN
from ..types import NewIncident, NewMeasure, NewReading
from ..types.measures import Moment

router = Router(tags=["Безопасность труда"])
SIZE = 100
PLAIN = r"^[^\x00]*$"
Line = Annotated[str, Field(max_length=300, pattern=PLAIN)]
Text = Annotated[str, Field(min_length=1, max_length=2000, pattern=PLAIN)]
Code = Annotated[str, Field(max_length=20, pattern=PLAIN)]


class MeasureOut(Schema):
    uid: UUID
    number: str
    title: str
    control: str
    factor: str
    workplace: UUID | None
    due_on: dt.date
    first_due_on: dt.date
    done_on: dt.date | None
    cost_kopecks: int | None
    state: str
    overdue: bool
    incident: UUID | None


class MeasuresOut(Schema):
    rows: list[MeasureOut]
    next: str


class MeasureIn(Schema):
    title: Annotated[str, Field(min_length=1, max_length=500, pattern=PLAIN)]
    control: Code = Field(description="elimination, substitution, engineering, administrative, ppe")
    due_on: dt.date
    employment: UUID | None = Field(None, description="Работа ответственного")
    workplace: UUID | None = None
    factor: Code = ""
    incident: UUID | None = None
    cost_kopecks: int | None = Field(None, ge=0, le=10**15)
    basis: Line = ""


class DoneIn(Schema):
    done_on: dt.date
    result: Text
    spent_kopecks: int | None = Field(None, ge=0, le=10**15)


class ReadingIn(Schema):
    moment: Moment
    value: float = Field(ge=-1e7, le=1e7)
    unit: Annotated[str, Field(min_length=1, max_length=20, pattern=PLAIN)]
    on: dt.date
    source: Line = ""
    lower_better: bool = True


class IncidentOut(Schema):
    uid: UUID
    number: str
    kind: str
    happened_on: dt.date
    circumstances: str
    injury: str
    severity: str
    cause: str
    state: str


class IncidentsOut(Schema):
    rows: list[IncidentOut]
    next: str


class IncidentIn(Schema):
    kind: Code = Field(description="near_miss, micro_injury, injury, incident")
    happened_on: dt.date
    happened_time: dt.time | None = None
    circumstances: Text
    employment: UUID | None = Field(None, description="Работа пострадавшего")
    division: UUID | None = None
    workplace: UUID | None = None
    place: Line = ""
    injury: Line = ""
    severity: Code = ""


class IndicatorsOut(Schema):
    workers: float
    counts: dict[str, int]
    micro_per_100: float | None
    near_per_100: float | None
    share_in_time: float | None
    share_high: float | None
    late: int
    audits: int
    days_lost: int


@router.get("/measures", response=MeasuresOut, url_name="measure_list")
@needs("safety.measure_list")
def measure_list(request: Request, after: str = "") -> dict[str, Any]:
    """Мероприятия, ближайшие сроки первыми; `next` - продолжение."""
    rows = measures(request.actor)
    found = keyset(rows, order=["due_on"], after=after, size=SIZE)
    return {"rows": [_measure(row) for row in found.rows], "next": found.next}


@router.post("/measures", response=MeasureOut, url_name="measure_add")
@needs("safety.measure_add")
def measure_add(request: Request, body: MeasureIn) -> dict[str, Any]:
    """Запланировать мероприятие."""
    actor = request.actor
    new = NewMeasure(
        employer=organization_of(actor).pk,
        title=body.title,
        control=body.control,
        due_on=body.due_on,
        person=employment_of(actor, body.employment).person_id if body.employment else None,
        workplace=workplace_of(actor, body.workplace).pk if body.workplace else None,
        factor=body.factor,
        incident=body.incident,
        cost_kopecks=body.cost_kopecks,
        basis=body.basis,
    )
    return _measure(actions.measure_add(actor, measure=new, on=today()))


@router.get("/measures/{uid}", response=MeasureOut, url_name="measure")
@needs("safety.measure_list")
def measure(request: Request, uid: UUID) -> dict[str, Any]:
    """Одно мероприятие."""
    return _measure(measure_of(request.actor, uid))


@router.post("/measures/{uid}/done", response=MeasureOut, url_name="measure_done")
@needs("safety.measure_done")
def measure_done(request: Request, uid: UUID, body: DoneIn) -> dict[str, Any]:
    """Записать выполнение."""
    row = actions.measure_done(
        request.actor,
        measure=uid,
        done_on=body.done_on,
        result=body.result,
        spent_kopecks=body.spent_kopecks,
        on=today(),
    )
    return _measure(row)


@router.post("/measures/{uid}/readings", response=MeasureOut, url_name="reading_add")
@needs("safety.reading_add")
def reading_add(request: Request, uid: UUID, body: ReadingIn) -> dict[str, Any]:
    """Записать уровень до или после мероприятия."""
    reading = NewReading(
        body.moment, Decimal(str(body.value)), body.unit, body.on, body.source, body.lower_better
    )
    actions.reading_add(request.actor, measure=uid, reading=reading)
    return _measure(measure_of(request.actor, uid))


@router.get("/incidents", response=IncidentsOut, url_name="incident_list")
@needs("safety.incident_list")
def incident_list(request: Request, after: str = "", kind: str = "") -> dict[str, Any]:
    """Происшествия, новые первыми; `next` - продолжение."""
    rows = incidents(request.actor)
    if kind:
        rows = rows.filter(kind=kind.replace("\x00", ""))
    found = keyset(rows, order=["-happened_on"], after=after, size=SIZE)
    return {"rows": [_incident(row) for row in found.rows], "next": found.next}


@router.post("/incidents", response=IncidentOut, url_name="incident_add")
@needs("safety.incident_add")
def incident_add(request: Request, body: IncidentIn) -> dict[str, Any]:
    """Зарегистрировать происшествие."""
    actor = request.actor
    employer = organization_of(actor).pk
    unit = divisions(actor, employer=employer).filter(uid=body.division).first() if body.division else None
    new = NewIncident(
        employer=employer,
        kind=body.kind,
        happened_on=body.happened_on,
        happened_time=body.happened_time,
        circumstances=body.circumstances,
        person=employment_of(actor, body.employment).person_id if body.employment else None,
        division=unit.pk if unit else None,
        workplace=workplace_of(actor, body.workplace).pk if body.workplace else None,
        place=body.place,
        injury=body.injury,
        severity=body.severity,
    )
    return _incident(actions.incident_add(actor, incident=new, on=today()))


@router.get("/incidents/{uid}", response=IncidentOut, url_name="incident")
@needs("safety.incident_list")
def incident(request: Request, uid: UUID) -> dict[str, Any]:
    """Одно происшествие."""
    return _incident(incident_of(request.actor, uid))


@router.get("/indicators", response=IndicatorsOut, url_name="indicators")
@needs("safety.indicators")
def indicators(request: Request, since: dt.date, last: dt.date) -> dict[str, Any]:
    """Показатели безопасности за период."""
    employer, until = organization_of(request.actor).pk, last + dt.timedelta(days=1)
    found = counted(request.actor, employer=employer, since=since, until=until)
    names = ("workers", "counts", "micro_per_100", "near_per_100", "share_in_time", "share_high")
    return {name: getattr(found, name) for name in (*names, "late", "audits", "days_lost")}


def _measure(row: Measure) -> dict[str, Any]:
    named = (
        "uid",
        "number",
        "title",
        "control",
        "factor",
        "due_on",
        "first_due_on",
        "done_on",
        "cost_kopecks",
        "state",
    )
    return {name: getattr(row, name) for name in named} | {
        "workplace": row.workplace.uid if row.workplace else None,
        "incident": row.incident.uid if row.incident else None,
        "overdue": row.state in OPEN and row.due_on < today(),
    }


def _incident(row: Incident) -> dict[str, Any]:
    named = ("uid", "number", "kind", "happened_on", "circumstances", "injury", "severity", "cause", "state")
    return {name: getattr(row, name) for name in named}
