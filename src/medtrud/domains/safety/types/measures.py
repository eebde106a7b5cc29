"""Measures on working conditions as values."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from uuid import UUID


class MeasureState(StrEnum):
    """Where a measure stands."""

    PLANNED = "planned"
    GOING = "going"
    DONE = "done"
    CANCELLED = "cancelled"


MEASURE_STATES = {
    MeasureState.PLANNED: "запланировано",
    MeasureState.GOING: "выполняется",
    MeasureState.DONE: "выполнено",
    MeasureState.CANCELLED: "снято",
}


class Moment(StrEnum):
    """When a level was measured."""

    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True)
class NewMeasure:
    """A measure to be planned."""

    employer: int
    title: str
    control: str
    due_on: dt.date
    person: int | None = None  # who answers for it
    division: int | None = None
    workplace: int | None = None
    factor: str = ""
    incident: UUID | None = None
    cost_kopecks: int | None = None
    funding: str = ""
    people: int | None = None  # whose conditions it improves
    basis: str = ""
    file: UUID | None = None
    sheet: str = ""
    row: int | None = None


@dataclass(frozen=True)
class NewReading:
    """A level measured before or after a measure."""

    moment: Moment
    value: Decimal
    unit: str
    on: dt.date
    source: str = ""
    lower_better: bool = True


@dataclass(frozen=True)
class MeasureDone:
    """A measure was carried out."""

    measure: UUID
    employer: int
    workplace: int | None
    factor: str
    on: dt.date
