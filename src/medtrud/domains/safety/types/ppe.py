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


class PpeNeed(StrEnum):
    """Why something is to be issued."""

    NEVER = "never"
    LATE = "late"
    SOON = "soon"

    @property
    def tone(self) -> str:
        """Return the colour of the need."""
        return {"never": "warn", "late": "bad", "soon": "info"}[self.value]


@dataclass(frozen=True)
class PpeDue:
    """What a worker must have and has not, or not for long: nothing was issued, or its term ends."""

    employment: int
    person: int
    workplace: str
    division: str
    item: str
    item_id: int
    item_uid: UUID
    employment_uid: UUID
    unit: str
    quantity: Decimal
    basis: str
    last: dt.date | None
    due: dt.date | None  # None: never issued
    on: dt.date

    @property
    def said(self) -> str:
        """Return how much, with its unit."""
        return with_unit(self.quantity, self.unit)

    @property
    def need(self) -> PpeNeed:
        """Return why it is to be issued."""
        if self.due is None:
            return PpeNeed.NEVER
        return PpeNeed.LATE if self.due <= self.on else PpeNeed.SOON

    @property
    def state(self) -> str:
        """Return the state in words."""
        if self.due is None:
            return "не выдано"
        return f"срок прошёл {self.due:%d.%m.%Y}" if self.due <= self.on else f"заменить {self.due:%d.%m.%Y}"


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
