"""A kind of document, and a document as it is handed in."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Protocol
from uuid import UUID

from medtrud.kernel.errors import Refused
from medtrud.kernel.law import LawTable, LegalRef, Row, load_table

LAW = Path(__file__).parents[1] / "law"
MEGABYTE = 1 << 20


class Flow(StrEnum):
    """Which way a document goes; each has its register."""

    INCOMING = "incoming"
    OUTGOING = "outgoing"
    INTERNAL = "internal"

    @property
    def title_ru(self) -> str:
        """Return the flow as a reader calls it."""
        return {"incoming": "Входящий", "outgoing": "Исходящий", "internal": "Внутренний"}[self.value]

    @property
    def many(self) -> str:
        """Return how the documents of the flow are called together."""
        return self.title_ru.removesuffix("ий") + "ие"


class DocumentState(StrEnum):
    """Where a document stands."""

    DRAFT = "draft"
    SIGNING = "signing"
    SIGNED = "signed"
    KEPT = "kept"  # received, or a kind that nobody signs
    ANNULLED = "annulled"

    @property
    def title_ru(self) -> str:
        """Return the state as a reader calls it."""
        return STATES[self.value][0]

    @property
    def tone(self) -> str:
        """Return the colour of the state."""
        return STATES[self.value][1]


STATES = {
    "draft": ("Черновик", ""),
    "signing": ("На подписи", "info"),
    "signed": ("Подписан", "ok"),
    "kept": ("Действует", "ok"),
    "annulled": ("Аннулирован", "bad"),
}


@dataclass(frozen=True)
class Kind:
    """A kind of document on a day.

    signers: roles in the order of signing. retention_years None: no term is known to the product.
    """

    code: str
    title: str
    flow: Flow | None  # None: any
    medical: bool
    to_worker: bool
    signers: tuple[str, ...]
    seal: bool
    requisites: tuple[str, ...]
    retention_years: int | None
    retention_basis: str
    nsi: str
    basis: LegalRef
    caution: str

    @property
    def retention(self) -> str:
        """Return the term of keeping in words."""
        if self.retention_years is None:
            return "нет данных"
        return f"{self.retention_years} лет, {self.retention_basis}"


@dataclass(frozen=True)
class Received:
    """How an incoming document came."""

    at: dt.datetime
    number: str = ""
    on: dt.date | None = None
    by: str = ""  # почта, курьер, СЭД


@dataclass(frozen=True)
class Sheet:
    """The size of a document on paper: sheets and enclosures."""

    sheets: int | None = None
    enclosures: str = ""


class Stream(Protocol):
    """Anything that is read piece by piece: an upload, an open file, io.BytesIO."""

    def read(self, size: int, /) -> bytes:
        """Return at most so many bytes, nothing at the end."""


@dataclass(frozen=True)
class Content:
    """The bytes of a version, the name of their file, and the sum the paper states, in rubles."""

    stream: Stream
    name: str
    amount: Decimal | None = None


@dataclass(frozen=True)
class DocumentIn:
    """A document as another module or a clerk hands it in.

    words: more words to find it by, without names of people.
    about and module: the row it prints, if any. party: an organisation of the product on the other side.
    organization: whose document it is; a job must say so, a seat has its own.
    """

    kind: str
    title: str
    on: dt.date
    flow: Flow | None = None
    person: int | None = None
    party: int | None = None
    party_name: str = ""
    about: UUID | None = None
    module: str = ""
    received: Received | None = None
    sheet: Sheet = Sheet()
    organization: int | None = None
    words: str = ""


@cache
def kinds_on(day: dt.date) -> Mapping[str, Kind]:
    """Return the kinds of a day, by code."""
    return {code: _kind(row) for code, row in _table().on(day).items()}


def kind_of(code: str, day: dt.date) -> Kind:
    """Return one kind; unknown to the day is refused by name."""
    found = kinds_on(day).get(code)
    if found is None:
        raise Refused(
            f"Вида документа «{code}» на {day:%d.%m.%Y} нет. "
            "Выберите вид из списка или загрузите его редакцию."
        )
    return found


def file_limit(day: dt.date) -> int:
    """Return the largest size of a file of a document, in bytes."""
    return _limit("file_megabytes", day) * MEGABYTE


def office_closes(day: dt.date) -> dt.time:
    """Return until what hour the office takes documents in the same day."""
    return dt.time(_limit("office_closes_hour", day))


def _limit(code: str, day: dt.date) -> int:
    return int(load_table(LAW / "limits").on(day)[code].values["value"])


@cache
def _table() -> LawTable:
    return load_table(LAW / "kinds")


def _kind(row: Row) -> Kind:
    values = row.values
    return Kind(
        code=row.code,
        title=values["title"],
        flow=None if values["flow"] == "any" else Flow(values["flow"]),
        medical=values["medical"],
        to_worker=values["to_worker"],
        signers=values["signers"],
        seal=values["seal"],
        requisites=values["requisites"],
        retention_years=values["retention_years"],
        retention_basis=values["retention_basis"] or "",
        nsi=values["nsi"] or "",
        basis=row.ref,
        caution=row.caution,
    )
