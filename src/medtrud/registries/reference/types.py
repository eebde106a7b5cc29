"""Tables of books, editions and their differences; the calendar of working days; classes of ICD-10."""

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, cached_property
from pathlib import Path
from typing import Any, ClassVar

from medtrud.kernel.dates import SATURDAY
from medtrud.kernel.errors import Refused
from medtrud.kernel.law import Row, load_table

LAW = Path(__file__).parent / "law"


class EditionState(StrEnum):
    """The life of an edition."""

    DRAFT = "draft"  # loaded, nobody has looked
    COMPARED = "compared"  # the difference from the edition in force was shown
    APPROVED = "approved"  # in force from its day on
    RETIRED = "retired"  # withdrawn before its day, or never approved


@dataclass(frozen=True)
class Table:
    """A book as it stands in a file: the names of columns, the values of rows; empty cells are left out."""

    columns: tuple[str, ...]
    rows: tuple[dict[str, str], ...]


@dataclass(frozen=True)
class Columns:
    """Which column of a book means what; a dash means there is none."""

    key: str  # primary: by it editions are compared
    code: str  # written into documents
    title: str
    parent: str = ""  # key of the row above
    actual: str = ""  # "ACTUAL": true when yes; "!DATEOUT": true when empty
    pattern: str = ""  # of codes that may be chosen; other rows are headings


@dataclass(frozen=True)
class Difference:
    """What one edition has and the other has not, by primary key."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: dict[str, list[str]]  # key -> columns
    fields_added: tuple[str, ...] = ()
    fields_removed: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return it as it is stored with the compared edition."""
        return {
            "added": list(self.added),
            "removed": list(self.removed),
            "changed": self.changed,
            "fields_added": list(self.fields_added),
            "fields_removed": list(self.fields_removed),
        }


@dataclass(frozen=True)
class Passport:
    """What is known of a book before any edition is loaded."""

    code: str
    title: str
    columns: Columns
    oid: str = ""
    version: str = ""
    published: dt.date | None = None
    source: str = ""
    file: str = ""
    aliases: dict[str, str] = field(default_factory=dict)  # column -> Russian name


@dataclass(frozen=True)
class EditionApproved:
    """An edition of a book is in force from a day on."""

    book: str
    edition: int
    version: str
    since: dt.date


CALENDAR = "production_calendar"  # the book of the days that differ from the five-day week
CALENDAR_COLUMNS = ("День", "Вид дня", "Акт")


class DayKind(StrEnum):
    """How a day of the production calendar differs from the five-day week."""

    HOLIDAY = "holiday"
    MOVED_OFF = "moved_off"
    WORKING_SATURDAY = "working_saturday"
    SHORT = "short"

    @property
    def title_ru(self) -> str:
        """Return the words of the file and of the screens."""
        return {
            "holiday": "праздник",
            "moved_off": "перенесённый выходной",
            "working_saturday": "рабочая суббота",
            "short": "сокращённый",
        }[self.value]

    @property
    def off(self) -> bool:
        """Tell whether nobody works on it."""
        return self in (DayKind.HOLIDAY, DayKind.MOVED_OFF)


@dataclass(frozen=True)
class Holiday:
    """A holiday of the Labour Code and the period of the norm."""

    month: int
    day: int
    title: str
    shifts: bool  # a day off that falls on it moves to the next working day
    since: dt.date
    until: dt.date
    basis: str

    def on(self, year: int) -> dt.date | None:
        """Return its day of a year, if the norm is then in force."""
        day = dt.date(year, self.month, self.day)
        return day if self.since <= day < self.until else None


@dataclass(frozen=True)
class SpecialDay:
    """A day that differs from the five-day week, and by which act."""

    on: dt.date
    kind: DayKind
    act: str


@dataclass(frozen=True)
class WorkCalendar:
    """Which days are worked; called with a day it answers, and it tells from which data it knows."""

    holidays: tuple[Holiday, ...]
    special: dict[dt.date, SpecialDay]  # of the loaded years
    edition: str = ""
    do_not_call_in_templates: ClassVar[bool] = True

    def __call__(self, day: dt.date) -> bool:
        """Tell a working day of the five-day week."""
        known = self.day_of(day)
        if known is None or known.kind == DayKind.SHORT:
            return day.weekday() < SATURDAY
        return known.kind == DayKind.WORKING_SATURDAY

    def day_of(self, day: dt.date) -> SpecialDay | None:
        """Return what makes a day differ from the five-day week; a loaded row comes before the law."""
        return self.special.get(day) or self._by_law(day.year).get(day)

    @cached_property
    def years(self) -> frozenset[int]:
        """Return the years that are loaded."""
        return frozenset(day.year for day in self.special)

    def days_of(self, year: int) -> list[SpecialDay]:
        """Return the differing days of a year in their order."""
        loaded = {day: item for day, item in self.special.items() if day.year == year}
        return sorted((self._by_law(year) | loaded).values(), key=lambda item: item.on)

    def said(self, *days: dt.date) -> str:
        """Say for the years between these days which calendar was used, or that there is none."""
        span = range(min(days).year, max(days).year + 1)
        missing = [str(year) for year in span if year not in self.years]
        if not missing:
            return f"рабочие дни по производственному календарю, издание {self.edition}"
        return f"без переносов: календарь на {', '.join(missing)} год не загружен"

    def _by_law(self, year: int) -> dict[dt.date, SpecialDay]:
        if year not in self._years_by_law:
            self._years_by_law[year] = self._counted(year)
        return self._years_by_law[year]

    @cached_property
    def _years_by_law(self) -> dict[int, dict[dt.date, SpecialDay]]:
        return {}

    def _counted(self, year: int) -> dict[dt.date, SpecialDay]:
        fixed = {day: item for item in self.holidays if (day := item.on(year))}
        found = {day: SpecialDay(day, DayKind.HOLIDAY, item.basis) for day, item in fixed.items()}
        if year in self.years:
            return found
        for day, item in sorted(fixed.items()):
            if item.shifts and day.weekday() >= SATURDAY:
                moved = day
                while moved.weekday() >= SATURDAY or moved in found:
                    moved += dt.timedelta(days=1)
                found[moved] = SpecialDay(
                    moved, DayKind.MOVED_OFF, f"{item.basis}; ч. 2: выходной совпал с праздником"
                )
        return found


@cache
def _icd_rows() -> tuple[Row, ...]:
    rows = load_table(LAW / "icd_classes").rows
    return tuple(sorted(rows, key=lambda row: str(row.values["first"])))


def icd_titles(day: dt.date) -> dict[str, str]:
    """Return the classes of ICD-10 with their titles, in their order."""
    return {row.code: row.values["title"] for row in _icd_rows() if row.since <= day < row.until}


def icd_class_of(code: str, day: dt.date) -> str:
    """Return the class of a diagnosis by its three-character rubric."""
    rubric = code.strip().upper()[:3]
    for row in _icd_rows():
        if row.since <= day < row.until and row.values["first"] <= rubric <= row.values["last"]:
            return row.code
    raise Refused(f"Код {code} не входит ни в один класс МКБ-10. Исправьте диагноз.")
