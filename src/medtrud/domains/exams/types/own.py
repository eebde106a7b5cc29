"""What a worker reads about his own examinations: plain words, never the shapes of the clinic."""

import datetime as dt
from dataclasses import dataclass

from .states import LineState

WAITING = (LineState.DUE, LineState.UNKNOWN_EXPOSURE)


@dataclass(frozen=True)
class OwnValue:
    """One value with its norm and what it was the last time."""

    label: str
    value: str
    unit: str = ""
    norm: str = ""
    flag: str = ""
    before: str = ""


@dataclass(frozen=True)
class OwnResult:
    """The result of one doctor or test."""

    on: dt.date
    normal: bool
    text: str
    values: tuple[OwnValue, ...]
    before_on: dt.date | None = None

    @property
    def deviating(self) -> tuple[OwnValue, ...]:
        """Return the values outside the norm."""
        return tuple(value for value in self.values if value.flag)


@dataclass(frozen=True)
class OwnStep:
    """A doctor or a test of the programme: why it is there and what came of it."""

    title: str
    kind: str  # specialist | test
    performer: str
    state: LineState
    because: str
    basis: tuple[str, ...]
    common: bool = False  # everybody goes there, whatever his work
    done_on: dt.date | None = None
    result: OwnResult | None = None

    @property
    def waits(self) -> bool:
        """Tell whether the person has yet to go there."""
        return self.state in WAITING

    @property
    def counts(self) -> bool:
        """Tell whether the step is a part of this visit: neither struck off nor left for another time."""
        return self.state in (*WAITING, LineState.DONE, LineState.CREDITED)


@dataclass(frozen=True)
class Progress:
    """How far the visit is."""

    done: int
    total: int
    rooms: tuple[str, ...]  # who still waits for the person, each once

    @property
    def percent(self) -> int:
        """Return the share that is done."""
        return round(100 * self.done / self.total) if self.total else 0
