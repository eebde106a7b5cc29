"""What a worker meets at work, and the classes of conditions."""

import datetime as dt
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from uuid import UUID

from medtrud.kernel.errors import Refused
from medtrud.kernel.law import load_table

LAW = Path(__file__).parents[1] / "law" / "classes"


@dataclass(frozen=True)
class FactorIn:
    """A factor or work to be recorded at a workplace; markers None = the substance's letters are unknown."""

    code: str
    substances: tuple[str, ...] = ()
    markers: str | None = None
    sout_class: str = ""


@dataclass(frozen=True)
class WorkplaceFactors:
    """All factors and the class of one workplace; factors None = nothing is said about them."""

    workplace: int
    factors: tuple[FactorIn, ...] | None = ()
    sout_class: str = ""  # "" = the list says nothing about the class
    card_number: str = ""
    file: UUID | None = None
    sheet: str = ""
    row: int | None = None


@dataclass(frozen=True)
class HarmfulPeriodIn:
    """Earlier service in harmful conditions, by the person's papers."""

    person: int
    since: dt.date
    until: dt.date
    sout_class: str = ""
    file: UUID | None = None
    sheet: str = ""
    row: int | None = None


@dataclass(frozen=True, slots=True)
class FactorOnDay:
    """One factor or work of a workplace on a day."""

    code: str
    title: str
    substances: tuple[str, ...] = ()
    markers: str | None = None
    sout_class: str = ""


@dataclass(frozen=True, slots=True)
class Exposure:
    """What one job brings with it on a day.

    harmful_since: the day from which the service in harmful conditions would have run without a break.
    """

    factors: tuple[FactorOnDay, ...] = ()
    sout_class: str = ""
    harmful_since: dt.date | None = None


@dataclass(frozen=True)
class FactorsChanged:
    """The factors or the class of workplaces are others from a day on."""

    employer: int
    workplaces: tuple[int, ...]
    since: dt.date


@dataclass(frozen=True)
class ConditionsClass:
    """A class of conditions of work."""

    code: str
    title: str
    harmful: bool


@cache
def classes() -> dict[str, ConditionsClass]:
    """Return the classes of conditions, mildest first."""
    rows = sorted(load_table(LAW).rows, key=lambda row: (row.code, row.since))
    return {row.code: ConditionsClass(row.code, row.values["title"], row.values["harmful"]) for row in rows}


def harmful_classes() -> frozenset[str]:
    """Return the classes whose service counts: 29н, п. 40, «подклассы 3.1–3.4, класс 4»."""
    return frozenset(code for code, row in classes().items() if row.harmful)


def class_parse(text: str) -> str:
    """Read a class as people write it: «3,1», «кл. 3.1», «вредный 3.1»; nothing stays nothing."""
    bare = text.casefold().replace(",", ".").removeprefix("класс").removeprefix("кл.").strip(" .")
    if bare and bare not in classes():
        known = ", ".join(classes())
        raise Refused(
            f"Класса условий труда «{text}» нет. Укажите один из: {known}.",
            basis="Федеральный закон от 28.12.2013 № 426-ФЗ, ст. 14",
        )
    return bare
