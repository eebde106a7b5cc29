"""What upper modules declare to the import wizard, and what it hands them."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol
from uuid import UUID

from medtrud.kernel.actor import Actor

Cell = str | float | int | bool | dt.datetime | dt.date | dt.time | dt.timedelta


class Level(StrEnum):
    """How bad a problem of a row is: an error keeps the row out, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


class State(StrEnum):
    """Where an import stands."""

    UPLOADED = "uploaded"
    MAPPING = "mapping"  # a person must say which column is which
    CHECKING = "checking"
    CHECKED = "checked"
    COMMITTING = "committing"
    COMMITTED = "committed"
    UNDOING = "undoing"
    UNDONE = "undone"
    FAILED = "failed"  # the file as a whole cannot be read; the message says why


STATES = {
    State.UPLOADED: "файл получен",
    State.MAPPING: "укажите столбцы",
    State.CHECKING: "идёт проверка",
    State.CHECKED: "проверен, ждёт загрузки",
    State.COMMITTING: "идёт загрузка",
    State.COMMITTED: "загружен",
    State.UNDOING: "идёт отмена",
    State.UNDONE: "загрузка отменена",
    State.FAILED: "файл не читается",
}


@dataclass(frozen=True)
class Column:
    """A thing the target wants to know; source columns are recognised by header and by content."""

    code: str
    title: str
    aliases: tuple[str, ...] = ()
    required: bool = False
    unless: tuple[str, ...] = ()  # codes that together replace a required column
    hint: str = ""
    example: str = ""
    looks: str = ""  # regular expression a value of this column matches
    family: str = ""  # regular expression of headers; such a column may stand many times
    by_content: bool = False  # `looks` alone is enough to recognise it
    many: bool = False  # several source columns may feed it, in their order


@dataclass(frozen=True)
class Option:
    """A question about the whole file, asked beside the columns."""

    code: str
    title: str
    kind: str = "choice"  # choice, date
    hint: str = ""
    choices: Callable[[Actor], Sequence[tuple[str, str]]] | None = None
    default: str = ""


@dataclass(frozen=True)
class Place:
    """A source column: its position in a row and its header."""

    index: int
    header: str


@dataclass(frozen=True)
class Outcome:
    """What a check found or a commit did; counts are rows of the file."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    bad: int = 0
    warned: int = 0
    beyond: int = 0  # changes that no row asks for: who is missing, what is closed
    figures: tuple[tuple[str, int], ...] = ()  # further numbers worth showing, with their titles
    notes: tuple[str, ...] = ()  # sentences about the whole file


class Source(Protocol):
    """An opened file with its layout, handed to a target."""

    uid: UUID
    organization: int | None
    options: Mapping[str, str]
    on: dt.date  # the day of the upload
    sheet: str
    layout: Mapping[str, tuple[Place, ...]]

    @property
    def total(self) -> int:
        """Return the number of rows under the header, empty ones too."""
        ...

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """Yield the rows under the header with their numbers in the sheet; empty rows are left out."""
        ...

    def problem(self, row: int, text: str, *, column: str = "", level: Level = Level.ERROR) -> None:
        """Report a problem of a row; the text names the thing, the cause and the next step."""
        ...

    def progress(self, done: int, total: int, text: str) -> None:
        """Tell the person who waits how far the work is."""
        ...

    def keep(self, value: object, *modules: str) -> None:
        """Keep what a check worked out until something in these modules is changed by anybody."""
        ...

    def kept(self) -> Any:
        """Return in a commit what the check kept, or None: then everything is worked out anew."""
        ...

    def linked(self, kind: str, change: str, records: Sequence[int], rows: Sequence[int]) -> None:
        """Remember from which rows records were made or changed; only in a commit."""
        ...


@dataclass(frozen=True)
class Taken:
    """What an import made and changed, handed to the target that must undo it."""

    uid: UUID
    organization: int | None
    options: Mapping[str, str]
    on: dt.date
    committed_at: dt.datetime
    links: Callable[[str, str], Iterable[int]]  # kind, change -> records


@dataclass(frozen=True)
class Target:
    """What can be imported; `permission` is asked besides those of the wizard."""

    code: str
    title: str
    permission: str
    columns: tuple[Column, ...]
    check: Callable[[Actor, Source], Outcome]
    commit: Callable[[Actor, Source], Outcome]
    undo: Callable[[Actor, Taken], None]
    about: str = ""
    options: tuple[Option, ...] = ()
    done_url: str = ""  # name of the address to go on with after the commit
    elsewhere: str = ""  # told to seats that load files but not this one: who loads it and why


@dataclass(frozen=True)
class Limits:
    """What an operator allows, from rows of the database."""

    bytes: int
    unpacked_bytes: int
    rows: int


@dataclass(frozen=True)
class Guess:
    """A recognised sheet: where the header is and which column is which."""

    sheet: str
    header_row: int  # number of the first header line, from 1
    header_lines: int
    headers: tuple[str, ...]
    columns: Mapping[int, str]  # position -> code
    sure: frozenset[int] = field(default_factory=frozenset)  # recognised exactly or remembered
    score: float = 0.0

    def missing(self, target: Target) -> list[Column]:
        """Return the required columns that no source column feeds."""
        have = set(self.columns.values())
        return [
            column
            for column in target.columns
            if column.required
            and column.code not in have
            and not (column.unless and have.issuperset(column.unless))
        ]


@dataclass(frozen=True)
class Origin:
    """Where a record came from."""

    uid: UUID
    file_name: str
    sheet: str
    row: int
    at: dt.datetime

    def __str__(self) -> str:
        return f"файл «{self.file_name}», лист «{self.sheet}», строка {self.row}"
