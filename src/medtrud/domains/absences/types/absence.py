"""Absences as values, and what is told about them."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID


class Kind(StrEnum):
    """Why somebody is not at work; the first five come with a sick leave."""

    ILLNESS = "illness"
    INJURY = "injury"
    QUARANTINE = "quarantine"
    CARE = "care"
    MATERNITY = "maternity"
    VACATION = "vacation"
    UNPAID = "unpaid"
    PARENTAL = "parental"
    TRIP = "trip"
    STUDY = "study"
    SUSPENSION = "suspension"
    OTHER = "other"


KINDS = {
    Kind.ILLNESS: "Болезнь",
    Kind.INJURY: "Травма",
    Kind.QUARANTINE: "Карантин",
    Kind.CARE: "Уход за больным",
    Kind.MATERNITY: "Беременность и роды",
    Kind.VACATION: "Отпуск",
    Kind.UNPAID: "Отпуск без сохранения заработной платы",
    Kind.PARENTAL: "Отпуск по уходу за ребёнком",
    Kind.TRIP: "Командировка",
    Kind.STUDY: "Учёба с отрывом от работы",
    Kind.SUSPENSION: "Отстранение от работы",
    Kind.OTHER: "Другое отсутствие",
}
MEDICAL_KINDS = frozenset({Kind.ILLNESS, Kind.INJURY, Kind.QUARANTINE, Kind.CARE, Kind.MATERNITY})


class State(StrEnum):
    """Where an absence stands."""

    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


STATES = {State.OPEN: "продолжается", State.CLOSED: "закрыто", State.CANCELLED: "аннулировано"}


class Period(NamedTuple):
    """Days away from work; `until` is the first day back, None while it goes on."""

    since: dt.date
    until: dt.date | None
    kind: str


def last_day(until: dt.date | None) -> dt.date | None:
    """Return the last day of a half-open period, as people and papers name it."""
    return None if until is None else until - dt.timedelta(days=1)


@dataclass(frozen=True)
class NewAbsence:
    """An absence to be recorded; `until` is the first day back at work."""

    person: int
    employer: int
    since: dt.date
    until: dt.date | None = None
    kind: str = ""  # a sick leave names its reason instead
    reason: str = ""
    reason_more: str = ""
    number: str = ""
    continues: UUID | None = None  # the absence this one prolongs
    primary: bool | None = None  # None: it prolongs one of the same kind that ends the day it begins
    going_on: bool = False  # `until` is only where the present paper ends
    cancelled: bool = False  # the paper annuls what is written under its number
    basis: str = ""
    file: UUID | None = None
    sheet: str = ""
    row: int | None = None


@dataclass(frozen=True)
class NewMedical:
    """What only those who treat know of a sick leave."""

    diagnosis: str
    clinic: int | None = None
    clinic_name: str = ""
    doctor: int | None = None
    doctor_post: str = ""
    regime: str = ""
    result: str = ""
    breach: str = ""
    breach_on: dt.date | None = None


@dataclass(frozen=True)
class Taking:
    """What a list of absences came to."""

    added: int = 0
    changed: int = 0
    known: int = 0


@dataclass(frozen=True)
class AbsenceChanged:
    """The days a person was away have changed between two days; published for every change, closings too."""

    person: int
    since: dt.date
    until: dt.date | None


@dataclass(frozen=True)
class AbsenceClosed:
    """A person is back at work: the absence and its whole period."""

    absence: UUID
    person: int
    since: dt.date
    until: dt.date
