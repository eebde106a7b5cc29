"""Another workplace, another level, protection, another day: what is assumed and what comes of it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from medtrud.domains.hazards.types.dose import Measure


@dataclass(frozen=True)
class Assumed:
    """What is assumed; nothing of it is stored. reduction: dB that protection takes off the noise."""

    on: dt.date
    workplace: int | None = None
    levels: Mapping[Measure, float] = field(default_factory=dict)
    reduction: float = 0.0
    years: float = 10.0


@dataclass(frozen=True)
class Compared:
    """One line of the comparison."""

    title: str
    now: str
    then: str
    note: str = ""
    tone: str = ""

    @property
    def changed(self) -> bool:
        """Tell whether the assumption changes anything here."""
        return self.now != self.then


@dataclass(frozen=True)
class ComparedPart:
    """Lines about one thing: conditions, dose, risk, programme."""

    title: str
    rows: tuple[Compared, ...]
