"""Accounting documents: which signature a kind needs, until when it is handed over, how its line reads."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from uuid import UUID

from medtrud.kernel.dates import add_working_days
from medtrud.kernel.law import LawTable, LegalRef, load_table

from .documents import LAW, DocumentState
from .registers import Column, day
from .strength import SignatureKind

ANNUAL = "accounting_backup"  # how a line of the book of media says which year's copy it is


class HandoverState(StrEnum):
    """Where a document stands on its way to accounting."""

    WAITS = "waits"
    OVERDUE = "overdue"
    HANDED = "handed"
    LATE = "late"

    @property
    def title_ru(self) -> str:
        """Return the state as a reader calls it."""
        return STATES[self.value][0]

    @property
    def tone(self) -> str:
        """Return the colour of the state."""
        return STATES[self.value][1]


STATES = {
    "waits": ("ждёт передачи", "info"),
    "overdue": ("просрочен", "bad"),
    "handed": ("передан в срок", "ok"),
    "late": ("передан с опозданием", "bad"),
}


class PackageState(StrEnum):
    """Where the package of a month stands."""

    MADE = "made"
    STOPPED = "stopped"


@dataclass(frozen=True)
class AccountingRule:
    """What is asked of one kind."""

    signature: SignatureKind
    working_days: int
    basis: LegalRef
    caution: str

    def due(self, fact: dt.date, working: Callable[[dt.date], bool]) -> dt.date:
        """Return the last day to hand over what happened on a day."""
        return add_working_days(fact, self.working_days, working)

    def overdue_on(self, today: dt.date, working: Callable[[dt.date], bool]) -> dt.date:
        """Return the latest day of a fact whose term has passed by a day."""
        fact = today
        while self.due(fact, working) >= today:
            fact -= dt.timedelta(days=1)
        return fact


@dataclass(frozen=True)
class Drawn:
    """A paper that was drawn up about a row of another module."""

    uid: UUID
    number: str
    on: dt.date
    amount: Decimal | None
    state: DocumentState


@dataclass(frozen=True)
class AccountingLine:
    """A line of the register of accounting documents."""

    index: str
    on: dt.date
    kind: str
    title: str
    party: str
    amount: Decimal | None
    signature: str
    fact_on: dt.date
    due: dt.date
    handed_on: dt.date | None
    handed_by: str
    state: HandoverState
    version: str


def accounting_rules(on: dt.date) -> Mapping[str, AccountingRule]:
    """Return what is asked of accounting documents on a day, by kind."""
    return {
        code: AccountingRule(
            SignatureKind(row.values["signature"]), row.values["working_days"], row.ref, row.caution
        )
        for code, row in _table().on(on).items()
    }


@cache
def _table() -> LawTable:
    return load_table(LAW / "accounting")


def rubles(amount: Decimal | None) -> str:
    """Write a sum, or nothing."""
    return "" if amount is None else f"{amount:,.2f}".replace(",", "\u00a0").replace(".", ",")


REGISTER: tuple[Column[AccountingLine], ...] = (
    Column("Номер", "20mm", lambda row: row.index),
    Column("Дата документа", "20mm", lambda row: day(row.on)),
    Column("Вид и содержание", "1fr", lambda row: f"{row.kind}. {row.title}"),
    Column("Контрагент", "34mm", lambda row: row.party),
    Column("Сумма, ₽", "24mm", lambda row: rubles(row.amount)),
    Column("Вид подписи", "24mm", lambda row: row.signature),
    Column("День факта", "20mm", lambda row: day(row.fact_on)),
    Column("Передать до", "20mm", lambda row: day(row.due)),
    Column("Передан", "28mm", lambda row: ", ".join(filter(None, (day(row.handed_on), row.handed_by)))),
    Column("Состояние", "22mm", lambda row: row.state.title_ru),
    Column("Версия", "22mm", lambda row: row.version),
)
