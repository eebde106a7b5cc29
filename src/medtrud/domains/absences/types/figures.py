"""What the analysis counts: cases, people at work, groups, and the figures made of them."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

from medtrud.kernel.actor import Actor


class Span(NamedTuple):
    """The days of a report: `until` is the first day after it."""

    since: dt.date
    until: dt.date

    @property
    def days(self) -> int:
        """Return how many days there are."""
        return (self.until - self.since).days

    @property
    def last(self) -> dt.date:
        """Return the last day."""
        return self.until - dt.timedelta(days=1)


class Job(NamedTuple):
    """A job within the span of a report: who, where, from when to when; days outside are cut off."""

    id: int
    person: int
    division: int | None
    post: int
    workplace: int | None
    since: dt.date
    until: dt.date


class Member(NamedTuple):
    """Somebody belongs to a group from a day to a day."""

    person: int
    key: Any
    since: dt.date
    until: dt.date


class Case(NamedTuple):
    """A finished case: a primary leave with its prolongations."""

    case: UUID
    person: int
    kind: str
    reason: str
    since: dt.date
    until: dt.date
    days: int
    icd: str = ""  # class of ICD-10, for those who may know


@dataclass(frozen=True)
class Groups:
    """A way to divide people: who belongs where, and what the groups are called, in their order."""

    members: Sequence[Member]
    titles: Mapping[Any, str]
    lengths: Mapping[Any, int] = field(default_factory=dict)  # days a group lasts: all, if not said


@dataclass(frozen=True)
class Cut:
    """A section of the analysis, declared by whoever knows the groups; `apart` groups share nobody."""

    code: str
    title: str
    groups: Callable[[Actor, Sequence[Job], Span], Groups]
    apart: bool = True


@dataclass(frozen=True)
class Figures:
    """What is known of one group in one period; a rate is per 100 workers, limits are 95 %."""

    key: Any
    title: str
    workers: float
    cases: int
    days: int
    persons: int
    cases_rate: float | None = None
    cases_limits: tuple[float, float] | None = None
    days_rate: float | None = None
    days_limits: tuple[float, float] | None = None
    mean: float | None = None
    hidden: bool = False  # too few to be shown to this audience


@dataclass(frozen=True)
class Level:
    """A step of the scale of Ноткин: by cases, by days, and the worse of them."""

    by_cases: str
    by_days: str
    worse: str


@dataclass(frozen=True)
class Change:
    """A rate against the same rate of another period: the ratio with its 95 % limits."""

    ratio: float | None
    limits: tuple[float, float] | None

    @property
    def sure(self) -> bool:
        """Tell whether chance alone does not explain the change: the limits leave 1 out."""
        return self.limits is not None and not self.limits[0] <= 1 <= self.limits[1]


@dataclass(frozen=True)
class Section:
    """One table of a report."""

    code: str
    title: str
    rows: Sequence[Figures]
    note: str = ""


@dataclass(frozen=True)
class Analysis:
    """A report on a workforce in a span of days."""

    span: Span
    total: Figures  # without pregnancy and childbirth
    maternity: Figures
    sections: Mapping[str, Section]
    level: Level | None
    year_round: int
    ill: int
    often_ill: int
    unfinished: int
    work_related: int
    health_index: float | None = None
    notes: tuple[str, ...] = field(default=())
