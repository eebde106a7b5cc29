"""Bounds of norm that a clinic sets itself: by laboratory, indicator, sex and age, with dates."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

OLDEST = 150
LABORATORY = "laboratory"  # the field of a form that names whose bounds hold
OWN = "своя лаборатория"


@dataclass(frozen=True)
class NewNorm:
    """One line of the table as a person types it or a file brings it."""

    test: str  # official name of the test or doctor, the row of the forms
    field: str
    low: Decimal | None
    high: Decimal | None
    unit: str
    since: dt.date
    basis: str
    laboratory: str = ""
    sex: str = ""  # male | female | empty: both
    age_from: int = 0
    age_to: int = OLDEST  # inclusive


@dataclass(frozen=True)
class Norm:
    """The bounds that hold for one person on one day at one laboratory."""

    laboratory: str
    test: str
    field: str
    low: Decimal | None
    high: Decimal | None
    source: str


@dataclass(frozen=True)
class Indicator:
    """A number of a form for which a clinic may set bounds."""

    test: str
    field: str
    label: str
    unit: str

    @property
    def title(self) -> str:
        """Return the words of a list."""
        unit = f", {self.unit}" if self.unit else ""
        return f"{self.test[:1].upper()}{self.test[1:]} — {self.label}{unit}"
