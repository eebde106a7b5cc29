"""What crosses the border of organizations."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID


class Kind(StrEnum):
    """What an organisation is to the product."""

    EMPLOYER = "employer"
    CLINIC = "clinic"
    CENTER = "center"
    AUTHORITY = "authority"


KIND_TITLES = {
    Kind.EMPLOYER: "работодатель",
    Kind.CLINIC: "медицинская организация",
    Kind.CENTER: "центр профпатологии",
    Kind.AUTHORITY: "орган власти или фонд",
}


class EmploymentKind(StrEnum):
    """Main job or a second one."""

    MAIN = "main"
    SECONDARY = "secondary"


@dataclass(frozen=True)
class Requisites:
    """The legal details of an organisation as of a day."""

    name: str
    short_name: str = ""
    inn: str = ""
    kpp: str = ""
    ogrn: str = ""
    okved: str = ""
    ownership: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    profile: str = ""
    hours: str = ""


class Source(NamedTuple):
    """Where an imported row stood."""

    file: UUID | None = None  # uid of the import
    sheet: str = ""
    row: int | None = None


BY_HAND = Source()


@dataclass(frozen=True)
class DivisionRow:
    """A division by its path from the top: («Цех 2», «Участок 3»)."""

    path: tuple[str, ...]
    source: Source = BY_HAND


@dataclass(frozen=True)
class PostRow:
    """A line of the staff schedule; the division is an id or nothing."""

    title: str
    division: int | None = None
    code: str = ""
    source: Source = BY_HAND


@dataclass(frozen=True)
class WorkplaceRow:
    """A workplace: by its number, or, without one, by division, post and title."""

    title: str
    division: int | None = None
    post: int | None = None
    number: str = ""
    source: Source = BY_HAND


class EmploymentRow(NamedTuple):
    """A job of a person; ids of this module and of people."""

    person: int
    post: int
    since: dt.date
    division: int | None = None
    workplace: int | None = None
    personnel_number: str = ""
    kind: EmploymentKind = EmploymentKind.MAIN
    source: Source = BY_HAND


@dataclass(frozen=True)
class Seniority:
    """Length of service in the present post, counted over its periods at the employer."""

    since: dt.date  # the day from which the sum of periods would have run without a break
    days: int
    months: int  # whole months

    @property
    def years(self) -> int:
        """Return the whole years."""
        return self.months // 12


@dataclass(frozen=True)
class EmploymentOpened:
    """A person began to work."""

    employment: int
    person: int
    employer: int
    since: dt.date


@dataclass(frozen=True)
class EmploymentClosed:
    """A person stopped working in a post; moved = another employment continues the service."""

    employment: int
    person: int
    employer: int
    until: dt.date
    moved: bool = False


@dataclass(frozen=True)
class EmploymentsOpened:
    """Many people began to work: a spreadsheet was taken in."""

    employer: int
    source: UUID | None
    opened: int
    moved: int


@dataclass(frozen=True)
class StaffClosed:
    """A person left the staff of a clinic."""

    staff: int
    person: int
    organization: int
    until: dt.date


@dataclass(frozen=True)
class ContractAccepted:
    """An employer let a clinic see its staff."""

    contract: int
    employer: int
    clinic: int
