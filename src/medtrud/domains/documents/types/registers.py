"""A register on paper: its columns are the same as on the screen and in the workbook."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from .documents import Flow


@dataclass(frozen=True)
class Line:
    """One registration, ready to be read."""

    index: str
    on: dt.date
    came: str
    party: str
    their_number: str
    their_day: dt.date | None
    title: str
    kind: str
    sheets: str
    orders: str
    performers: str
    due: str
    done: str
    sent: str = ""
    case: str = ""
    due_on: dt.date | None = None  # until when it was to be registered; told only when it was late

    @property
    def registered(self) -> str:
        """Return the day of registration; a late one says so."""
        return day(self.on) + (f", позже срока {day(self.due_on)}" if self.due_on else "")


Read = TypeVar("Read")


@dataclass(frozen=True)
class Column(Generic[Read]):
    """A column of a register; `read` gives the cell of a line as text, `short` heads it on the screen."""

    title: str
    width: str  # of typst
    read: Callable[[Read], str]
    short: str = ""

    @property
    def head(self) -> str:
        """Return the heading of the screen."""
        return self.short or self.title


@dataclass(frozen=True)
class RegisterForm:
    """A register for printing."""

    title: str
    organization: str
    period: str
    head: tuple[str, ...]
    widths: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def day(value: dt.date | None) -> str:
    """Write a day, or nothing."""
    return f"{value:%d.%m.%Y}" if value else ""


INDEX: Column[Line] = Column("Регистрационный номер", "24mm", lambda row: row.index, "№")
ON: Column[Line] = Column("Дата регистрации", "21mm", lambda row: row.registered, "Дата")
TITLE: Column[Line] = Column(
    "Вид и краткое содержание", "1fr", lambda row: f"{row.kind}. {row.title}", "Содержание"
)
SHEETS: Column[Line] = Column("Листов, приложения", "20mm", lambda row: row.sheets, "Листы")
ORDERS: Column[Line] = Column("Резолюция", "30mm", lambda row: row.orders)
PERFORMERS: Column[Line] = Column("Исполнитель", "23mm", lambda row: row.performers)
DUE: Column[Line] = Column("Срок", "19mm", lambda row: row.due)
DONE: Column[Line] = Column("Отметка об исполнении", "26mm", lambda row: row.done, "Исполнение")
CASE: Column[Line] = Column("Дело", "13mm", lambda row: row.case)
THEIRS: Column[Line] = Column(
    "Номер и дата корреспондента",
    "24mm",
    lambda row: " от ".join(filter(None, (row.their_number, day(row.their_day)))),
    "Их № и дата",
)

COLUMNS: dict[Flow, tuple[Column[Line], ...]] = {
    Flow.INCOMING: (
        INDEX,
        ON,
        Column("Поступил", "20mm", lambda row: row.came),
        Column("Корреспондент", "26mm", lambda row: row.party),
        THEIRS,
        TITLE,
        SHEETS,
        ORDERS,
        PERFORMERS,
        DUE,
        DONE,
        CASE,
    ),
    Flow.OUTGOING: (
        INDEX,
        ON,
        Column("Адресат", "40mm", lambda row: row.party),
        TITLE,
        SHEETS,
        PERFORMERS,
        Column("Отправлен", "20mm", lambda row: row.sent),
        DONE,
        CASE,
    ),
    Flow.INTERNAL: (INDEX, ON, TITLE, SHEETS, ORDERS, PERFORMERS, DUE, DONE, CASE),
}
