"""Protective equipment: what is handed in, and what happens to what was issued."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from .words import with_unit


class PpeMoveKind(StrEnum):
    """What becomes of an issue."""

    RETURN = "return"
    WRITE_OFF = "write_off"
    WASH = "wash"
    REPAIR = "repair"
    INSPECTION = "inspection"
    ANNUL = "annul"

    @property
    def title_ru(self) -> str:
        """Return the move as a reader calls it."""
        return {
            "return": "Возвращено",
            "write_off": "Списано",
            "wash": "Сдано в стирку, чистку",
            "repair": "Отремонтировано",
            "inspection": "Осмотрено, испытано",
            "annul": "Аннулировано: записано по ошибке",
        }[self.value]

    @property
    def ends(self) -> bool:
        """Tell whether the worker no longer has what was moved."""
        return self in {PpeMoveKind.RETURN, PpeMoveKind.WRITE_OFF, PpeMoveKind.ANNUL}


@dataclass(frozen=True)
class NewPpe:
    """A kind of equipment; reduction: dB for noise, times for other factors."""

    title: str
    unit: str = "шт."
    point: str = ""
    protection_class: str = ""
    codes: tuple[str, ...] = ()
    reduction: float | None = None
    price_kopecks: int | None = None


@dataclass(frozen=True)
class NewIssue:
    """Something issued to a worker at one of his jobs."""

    employment: UUID
    item: UUID
    quantity: Decimal
    on: dt.date
    model: str = ""
    size: str = ""
    file: UUID | None = None
    sheet: str = ""
    row: int | None = None


@dataclass(frozen=True)
class PpeDue:
    """What a worker must have and has not: nothing was issued, or its term has passed."""

    employment: int
    person: int
    workplace: str
    division: str
    item: str
    item_uid: UUID
    employment_uid: UUID
    unit: str
    quantity: Decimal
    basis: str
    last: dt.date | None
    due: dt.date | None  # None: never issued

    @property
    def said(self) -> str:
        """Return how much, with its unit."""
        return with_unit(self.quantity, self.unit)

    @property
    def state(self) -> str:
        """Return the state in words."""
        return "не выдано" if self.last is None else f"срок прошёл {self.due:%d.%m.%Y}"


@dataclass(frozen=True)
class PpeDemand:
    """How much of a kind of equipment a period needs, and what it costs."""

    item: str
    unit: str
    people: int
    quantity: Decimal
    price_kopecks: int | None

    @property
    def said(self) -> str:
        """Return how much, with its unit."""
        return with_unit(self.quantity, self.unit)

    @property
    def cost_kopecks(self) -> int | None:
        """Return the cost; without a price there is none."""
        return None if self.price_kopecks is None else int(self.quantity * self.price_kopecks)
