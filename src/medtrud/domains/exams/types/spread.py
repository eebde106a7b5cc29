"""Days of examination for many people: who waits, which day each gets, who found no place."""

import datetime as dt
import hashlib
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class SpreadOrder(StrEnum):
    """In which order people are put on days."""

    DIVISION = "division"
    ALPHABET = "alphabet"

    @property
    def title_ru(self) -> str:
        """Return the words of the form."""
        return {"division": "по подразделениям", "alphabet": "по алфавиту"}[self.value]


@dataclass(frozen=True)
class Waiting:
    """A visit without a day; callers give them in the order of names."""

    exam: UUID
    division: str


@dataclass(frozen=True)
class DayPlan:
    """One working day: how many the clinic already has, and who is added."""

    on: dt.date
    taken: int
    people: tuple[Waiting, ...]

    @property
    def divisions(self) -> list[tuple[str, int]]:
        """Return how many of each division come on this day."""
        return list(Counter(person.division or "без подразделения" for person in self.people).items())

    @property
    def total(self) -> int:
        """Return how many the clinic will have on this day."""
        return self.taken + len(self.people)


@dataclass(frozen=True)
class Spread:
    """The days in their order and the people for whom the days were not enough."""

    days: tuple[DayPlan, ...]
    left: tuple[Waiting, ...]

    @property
    def placed(self) -> int:
        """Return how many people get a day."""
        return sum(len(day.people) for day in self.days)

    @property
    def mark(self) -> str:
        """Return a short hash: what is saved must be what was shown."""
        words = (f"{day.on}:{person.exam}" for day in self.days for person in day.people)
        return hashlib.sha256("|".join(words).encode()).hexdigest()[:16]
