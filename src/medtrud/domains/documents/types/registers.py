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
    late: bool = False


Read = TypeVar("Read")


@dataclass(frozen=True)
class Column(Generic[Read]):
    """A column of a register; `read` gives the cell of a line as text."""

    title: str
    width: str  # of typst
    read: Callable[[Read], str]


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


INDEX: Column[Line] = Column("Регистрационный номер", "26mm", lambda row: row.index)
ON: Column[Line] = Column("Дата регистрации", "20mm", lambda row: day(row.on))
TITLE: Column[Line] = Column("Вид и краткое содержание", "1fr", lambda row: f"{row.kind}. {row.title}")
SHEETS: Column[Line] = Column("Листов, приложения", "22mm", lambda row: row.sheets)
ORDERS: Column[Line] = Column("Резолюция", "38mm", lambda row: row.orders)
PERFORMERS: Column[Line] = Column("Исполнитель", "26mm", lambda row: row.performers)
DUE: Column[Line] = Column("Срок", "20mm", lambda row: row.due)
DONE: Column[Line] = Column("Отметка об исполнении", "30mm", lambda row: row.done)
THEIRS: Column[Line] = Column(
    "Номер и дата корреспондента",
    "28mm",
    lambda row: " от ".join(filter(None, (row.their_number, day(row.their_day)))),
)

COLUMNS: dict[Flow, tuple[Column[Line], ...]] = {
    Flow.INCOMING: (
        INDEX,
        ON,
        Column("Корреспондент", "34mm", lambda row: row.party),
        THEIRS,
        TITLE,
        SHEETS,
        ORDERS,
        PERFORMERS,
        DUE,
        DONE,
    ),
    Flow.OUTGOING: (
        INDEX,
        ON,
        Column("Адресат", "40mm", lambda row: row.party),
        TITLE,
        SHEETS,
        PERFORMERS,
        DONE,
    ),
    Flow.INTERNAL: (INDEX, ON, TITLE, SHEETS, ORDERS, PERFORMERS, DUE, DONE),
}
