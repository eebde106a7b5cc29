"""Facts and figures of an exposure over a whole career."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from uuid import UUID

from medtrud.kernel.law import LegalRef, load_table

LAW = Path(__file__).parents[1] / "law"
TOTAL = "total"  # in place of a code: the total class of workplaces, from which harmful service is counted
MARKS = MappingProxyType(
    {
        "S": "по источнику",
        "D": "вычислено и проверено",
        "M": "по памяти: до подтверждения врачом - справочно",
        "A": "соглашение продукта",
    }
)


class Measure(StrEnum):
    """What is counted of a factor."""

    NOISE = "noise"
    LOCAL = "vibration_local"
    WHOLE = "vibration_whole"
    DUST = "dust"
    CLASSES = "classes"  # years by class; the level is shown, no dose is made of it


@dataclass(frozen=True)
class DoseKind:
    """How a factor is measured and what is made of it."""

    measure: Measure
    title: str
    unit: str
    units: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class Norm:
    """A number of a formula with its place and mark."""

    code: str
    title: str
    value: float
    unit: str
    mark: str
    ref: LegalRef


@dataclass(frozen=True, slots=True)
class Job:
    """A job, or a declared period of earlier service (then the id is negative)."""

    id: int
    person: int
    place: int | None
    since: dt.date
    until: dt.date | None
    employer: int = 0
    title: str = ""


@dataclass(frozen=True, slots=True)
class Presence:
    """A factor stood among the conditions of a workplace."""

    place: int
    code: str
    since: dt.date
    until: dt.date | None
    sout_class: str = ""
    basis: str = ""


@dataclass(frozen=True, slots=True)
class LevelFact:
    """A measured shift value of a factor at a workplace; it holds until the next one."""

    id: int
    place: int
    code: str
    since: dt.date
    value: float
    norm: float | None = None
    air: float | None = None  # m³ of air per shift
    shifts: int | None = None  # shifts a year
    document: str = ""
    source: str = ""  # card, protocol, hand
    about: UUID | None = None


@dataclass(frozen=True, slots=True)
class Protection:
    """What protective equipment takes off a factor: dB from noise, so many times from the others."""

    place: int
    code: str
    since: dt.date
    until: dt.date | None
    reduction: float
    basis: str = ""


@dataclass(frozen=True)
class Records:
    """All that is recorded about the factors of some workplaces."""

    presences: Sequence[Presence] = ()
    levels: Sequence[LevelFact] = ()
    protections: Sequence[Protection] = ()

    def begins(self) -> Iterator[tuple[int, dt.date]]:
        """Yield workplaces with the days on which something begins to be known of them."""
        yield from ((each.place, each.since) for each in self.presences)
        yield from ((each.place, each.since) for each in self.levels)


@dataclass(frozen=True, slots=True)
class Away:
    """Days that are no work: a sick leave or another absence; why is not known here."""

    person: int
    since: dt.date
    until: dt.date


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a job in which nothing of one factor changes.

    days + off + parallel is its length: days counted, days away, days counted in another job.
    """

    job: int
    place: int
    since: dt.date
    until: dt.date
    days: int
    off: int
    parallel: int
    sout_class: str
    level: int | None
    value: float | None
    norm: float | None
    air: float | None
    shifts: int | None
    reduction: float
    known: bool = True  # something was recorded about the workplace at the time


@dataclass(frozen=True, slots=True)
class Sums:
    """What a career adds up to for one factor; days of measured stretches, and what they carry."""

    days: int = 0  # all counted days
    measured: int = 0  # of them with what the dose needs
    off: int = 0
    parallel: int = 0
    harmful: int = 0
    dose: float = 0.0  # noise Σt·10^0.1L, vibration Σt·a², dust ПН (t in days)
    other: float = 0.0  # noise: days at the limit of equal energy; dust: КПН
    dose_protected: float = 0.0
    other_protected: float = 0.0
    by_class: tuple[int, ...] = ()  # days by class, in the order of the classes; the last one: class unknown


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and how it was counted."""

    code: str
    title: str
    value: float | None
    unit: str
    digits: int
    formula: str
    steps: tuple[str, ...] = ()
    basis: str = ""
    note: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class FactorExposure:
    """The exposure to one factor: its stretches, its figures, and what is not known."""

    code: str
    title: str
    kind: DoseKind
    stretches: tuple[Stretch, ...]
    sums: Sums
    figures: tuple[Figure, ...]
    gaps: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()

    @property
    def main(self) -> Figure:
        """Return the figure that stands for the factor in a table."""
        return self.figures[0]


@dataclass(frozen=True)
class ExposureChanged:
    """The exposure of people is another than it was; versions were written."""

    persons: tuple[int, ...]


@dataclass(frozen=True)
class LevelsChanged:
    """Measured levels of workplaces are others from a day on."""

    employer: int
    workplaces: tuple[int, ...]
    since: dt.date
    cause: str


OTHERS = DoseKind(Measure.CLASSES, "Классы условий", "", (), "класс по фактору и время под ним")


@cache
def dose_norms() -> Mapping[str, Norm]:
    """Return the numbers of the formulas."""
    rows = load_table(LAW / "dose_norms").rows
    return MappingProxyType(
        {
            row.code: Norm(
                row.code, row.values["title"], float(row.values["value"]), row.values["unit"],
                row.values["mark"], row.ref,
            )
            for row in rows
        }
    )  # fmt: skip


@cache
def _kinds() -> Mapping[str, DoseKind]:
    found: dict[str, DoseKind] = {}
    for row in load_table(LAW / "doses").rows:
        cell = row.values
        kind = DoseKind(Measure(row.code), cell["title"], cell["unit"], cell["units"], cell["source"])
        found |= dict.fromkeys(cell["annex"], kind)
    return MappingProxyType(found)


def dose_kind(code: str) -> DoseKind:
    """Return how a factor of the annex is counted."""
    return _kinds().get(code, OTHERS)


def air_categories() -> dict[str, float]:
    """Return the categories of physical load with the air they need a shift."""
    return {code.split(":")[1]: norm.value for code, norm in dose_norms().items() if code.startswith("air:")}
