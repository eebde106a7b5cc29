"""Where a case, a transfer, a medium stand; what is checked; what the archive prints."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache

from medtrud.kernel.law import LawTable, load_table
from medtrud.kernel.numerals import form_of

from .documents import LAW

SIX = {
    "viruses": "Отсутствие вирусов",
    "formats": "Форматы",
    "reproducibility": "Воспроизводимость",
    "completeness": "Комплектность",
    "signatures": "Подписи",
    "media": "Носитель",
}
LATER = {"proof": "Доказательство по контейнеру"}
CASES = ("дело", "дела", "дел")
YEARS = ("год", "года", "лет")
DOCUMENTS = ("документ", "документа", "документов")


class _State(StrEnum):
    """A state with its word and colour."""

    @property
    def title_ru(self) -> str:
        """Return the state as a reader calls it."""
        return WORDS[type(self).__name__][self.value][0]

    @property
    def tone(self) -> str:
        """Return the colour of the state."""
        return WORDS[type(self).__name__][self.value][1]


class CaseState(_State):
    """Where a case stands."""

    CLOSED = "closed"
    STOPPED = "stopped"
    PACKED = "packed"
    KEPT = "kept"
    DESTROYED = "destroyed"


class TransferState(_State):
    """Where a transfer stands."""

    CHECKING = "checking"
    CHECKED = "checked"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    DROPPED = "dropped"


class MediumState(_State):
    """Where a medium stands."""

    STOCK = "stock"
    WRITTEN = "written"
    FAULTY = "faulty"
    LOST = "lost"
    DESTROYED = "destroyed"


class MediumDeed(_State):
    """What a line of the book of media tells."""

    ADDED = "added"
    WRITTEN = "written"
    CHECKED = "checked"
    MOVED = "moved"
    LOST = "lost"
    DESTROYED = "destroyed"


class DestructionState(_State):
    """Where an act of destruction stands."""

    SIGNING = "signing"
    APPROVED = "approved"
    DONE = "done"
    DROPPED = "dropped"


class IssueKind(_State):
    """What the archive gives out."""

    COPY = "copy"
    CERTIFICATE = "certificate"


WORDS = {
    "CaseState": {
        "closed": ("Закрыто", ""),
        "stopped": ("Остановлено", "bad"),
        "packed": ("Проверено", "info"),
        "kept": ("В архиве", "ok"),
        "destroyed": ("Уничтожено", ""),
    },
    "TransferState": {
        "checking": ("Идут проверки", "info"),
        "checked": ("Проверена", "info"),
        "offered": ("Акт на подписи", "warn"),
        "accepted": ("Принята", "ok"),
        "dropped": ("Прекращена", ""),
    },
    "MediumState": {
        "stock": ("Чистый", ""),
        "written": ("Исправен", "ok"),
        "faulty": ("Неисправен", "bad"),
        "lost": ("Утрачен", "bad"),
        "destroyed": ("Уничтожен", ""),
    },
    "MediumDeed": {
        "added": ("Принят на учёт", ""),
        "written": ("Записан", "ok"),
        "checked": ("Проверен", "info"),
        "moved": ("Перемещён", ""),
        "lost": ("Утрачен", "bad"),
        "destroyed": ("Уничтожен", ""),
    },
    "DestructionState": {
        "signing": ("На подписи у комиссии", "info"),
        "approved": ("Утверждён", "warn"),
        "done": ("Исполнен", "ok"),
        "dropped": ("Отклонён", ""),
    },
    "IssueKind": {"copy": ("Архивная копия", "info"), "certificate": ("Архивная справка", "")},
}


@dataclass(frozen=True)
class Result:
    """One check: passed or not, what it says, what it rests on."""

    code: str
    ok: bool
    text: str
    facts: Mapping[str, object] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """Return what was checked."""
        return {**SIX, **LATER}[self.code]


@dataclass(frozen=True)
class HeadingIn:
    """A line of the list of cases as the archivist states it."""

    index: str
    title: str
    kinds: tuple[str, ...]
    forever: bool = False
    years: int | None = None
    basis: str = ""
    article: str = ""  # of the list of Rosarkhiv, when it is loaded: the term and its basis come from there


@dataclass(frozen=True)
class Term:
    """How long a case is kept, and by what."""

    forever: bool
    years: int | None
    basis: str

    @property
    def text(self) -> str:
        """Return the term in words."""
        return "постоянно" if self.forever else f"{self.years} {form_of(self.years or 0, YEARS)}"


@dataclass(frozen=True)
class InventoryRow:
    """A case in a printed inventory."""

    number: str
    index: str
    title: str
    dates: str
    documents: str
    megabytes: str
    term: str
    note: str


@dataclass(frozen=True)
class InventoryForm:
    """An inventory for printing: the lines and the final record in figures and words."""

    title: str
    organization: str
    head: tuple[str, ...]
    widths: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    record: str
    more: tuple[str, ...] = ()
    signers: tuple[tuple[str, str], ...] = ()
    basis: str = ""


@dataclass(frozen=True)
class LabelForm:
    """A label of a medium."""

    number: str
    organization: str
    kind: str
    written: str
    rows: tuple[tuple[str, str, str], ...]
    record: str
    qr: str


@dataclass(frozen=True)
class IssueForm:
    """The sheet of an archive copy, or an archive certificate."""

    title: str
    organization: str
    number: str
    asked_by: str
    basis: str
    facts: tuple[tuple[str, str], ...]
    marks: tuple[str, ...]
    text: str
    author: str


def keep_until(year: int, years: int) -> dt.date:
    """Return the first day when a case may be destroyed: terms run from 1 January after its year."""
    return dt.date(min(year + 1 + years, dt.MAXYEAR), 1, 1)


@cache
def _law(name: str) -> LawTable:
    return load_table(LAW / name)


def term(code: str, day: dt.date) -> int:
    """Return a term of the archive."""
    return int(_law("archive_terms").on(day)[code].values["value"])


def formats_on(day: dt.date) -> dict[str, tuple[str, str]]:
    """Return the formats the archive takes: the ending of a file and the name, by type of content."""
    return {
        m: (row.values["ending"], row.values["title"]) for m, row in _law("archive_formats").on(day).items()
    }


def headings_on(day: dt.date) -> list[HeadingIn]:
    """Return the list of cases a first year begins with."""
    return [
        HeadingIn(index, row.values["title"], tuple(row.values["kinds"]))
        for index, row in _law("headings").on(day).items()
    ]
