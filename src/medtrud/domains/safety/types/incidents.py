"""Incidents as values."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class IncidentKind(StrEnum):
    """What happened."""

    NEAR_MISS = "near_miss"
    MICRO_INJURY = "micro_injury"
    INJURY = "injury"
    INCIDENT = "incident"


INCIDENT_KINDS = {
    IncidentKind.NEAR_MISS: "Опасная ситуация",
    IncidentKind.MICRO_INJURY: "Микроповреждение (микротравма)",
    IncidentKind.INJURY: "Несчастный случай",
    IncidentKind.INCIDENT: "Инцидент, авария",
}


class IncidentState(StrEnum):
    """Where an incident stands."""

    OPEN = "open"
    INVESTIGATED = "investigated"
    CLOSED = "closed"
    ANNULLED = "annulled"


INCIDENT_STATES = {
    IncidentState.OPEN: "зарегистрировано",
    IncidentState.INVESTIGATED: "расследуется",
    IncidentState.CLOSED: "закрыто",
    IncidentState.ANNULLED: "аннулировано",
}


class Severity(StrEnum):
    """How heavy an injury is."""

    LIGHT = "light"
    SEVERE = "severe"
    FATAL = "fatal"


SEVERITIES = {Severity.LIGHT: "лёгкий", Severity.SEVERE: "тяжёлый", Severity.FATAL: "со смертельным исходом"}
ROLES = {"chairman": "председатель комиссии", "member": "член комиссии"}


@dataclass(frozen=True)
class NewIncident:
    """An incident to be registered."""

    employer: int
    kind: str
    happened_on: dt.date
    circumstances: str
    happened_time: dt.time | None = None
    reported_on: dt.date | None = None
    person: int | None = None
    division: int | None = None
    workplace: int | None = None
    place: str = ""
    injury: str = ""
    severity: str = ""
    group: bool = False
    sick_leave: UUID | None = None
    file: UUID | None = None
    sheet: str = ""
    row: int | None = None


@dataclass(frozen=True)
class NewMember:
    """Somebody of the commission of an investigation."""

    person: int
    post: str
    role: str = "member"


@dataclass(frozen=True)
class NewAudit:
    """An inspection of a place: how many remarks, how many of them were grave."""

    employer: int
    on: dt.date
    title: str
    division: int | None = None
    person: int | None = None
    remarks: int = 0
    grave: int = 0


@dataclass(frozen=True)
class IncidentOpened:
    """An incident was registered."""

    incident: UUID
    employer: int
    kind: str
    person: int | None
    on: dt.date
