"""What crosses the border of the record."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID


@dataclass(frozen=True)
class EntryAdded:
    """Something happened in a working life."""

    entry: UUID
    person: int
    kind: str
    on: dt.date


@dataclass(frozen=True)
class NewEntry:
    """One entry to be written; `source` is the uid of the row it speaks of."""

    person: int
    kind: str
    on: dt.date
    title: str
    source: UUID
    module: str
    until: dt.date | None = None
    organization: int | None = None
    data: dict[str, Any] = field(default_factory=dict)


def plain_tone(data: Mapping[str, Any]) -> str:
    """Say nothing about an entry beyond its words."""
    del data
    return ""


@dataclass(frozen=True)
class Kind:
    """A kind of event, declared by the module that writes it; `lane` is its line on the trajectory."""

    code: str
    title: str
    plural: str
    icon: str
    lane: str = ""
    tone: Callable[[Mapping[str, Any]], str] = plain_tone


def no_limit(on: dt.date) -> float | None:
    """Know no bound of an observation."""
    del on
    return None


@dataclass(frozen=True)
class Bar:
    """A period of a lane: a job, a class of conditions, a factor."""

    since: dt.date
    until: dt.date | None
    title: str
    short: str = ""
    level: str = ""  # look of the bar: work, factor, or the class of conditions "3.2"


@dataclass(frozen=True)
class Mark:
    """A day of a lane: an examination, a conclusion."""

    on: dt.date
    title: str
    tone: str = ""  # ok, warn, bad; plan: what is to come
    url: str = ""


@dataclass(frozen=True)
class Point:
    """One value of a measured function."""

    on: dt.date
    value: float
    text: str  # «35 дБ»
    tone: str = ""  # bad: beyond the limit of the lane


@dataclass(frozen=True)
class Lane:
    """A line of the trajectory: bars, marks or the points of one measured function."""

    title: str
    bars: tuple[Bar, ...] = ()
    marks: tuple[Mark, ...] = ()
    points: tuple[Point, ...] = ()
    limit: float | None = None  # of the points, drawn as a line
    limit_text: str = ""
    order: int = 50  # work 10, classes 20, factors 30, protection 40, absences 60, marks 70, functions 90

    @property
    def size(self) -> int:
        """Return how many things are drawn."""
        return len(self.bars) + len(self.marks) + len(self.points)


@dataclass(frozen=True)
class Curve:
    """An observation that is drawn as a line of its own."""

    code: str
    title: str
    unit: str
    limit: Callable[[dt.date], float | None] = no_limit  # the bound of the norm on a day
    least: bool = False  # the norm is above the bound, not below it


@dataclass(frozen=True)
class Load:
    """What has accumulated of one factor over the career, in words."""

    title: str
    value: str
    note: str = ""
    tone: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Measurement:
    """The last value of an observation of a person, with the original it was read from."""

    person: int
    code: str
    value: Any
    on: dt.date
    title: str  # «АД, верхнее»
    original: str  # «150/90 мм рт. ст.»
    module: str
    source: UUID | None = None
