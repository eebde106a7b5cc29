"""A row of a staff list with its keys."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from medtrud.registries.people.types import PersonKeys, PersonRow

from ..rules import StaffRow
from .staff_standing import Job

K = TypeVar("K")
NEW, CHANGED, UNCHANGED = "new", "changed", "unchanged"


@dataclass(slots=True)
class Line:
    """A good row with its keys; negative ones do not exist yet."""

    row: StaffRow
    card: PersonRow
    keys: PersonKeys  # what the card was compared by
    person: int = 0
    division: int | None = None
    post: int = 0
    workplace: int | None = None
    job: Job | None = None  # the one it continues
    state: str = NEW

    @property
    def at_home(self) -> bool:
        """Tell whether the person stays in his post, at a workplace that is known."""
        job = self.job
        return (
            job is not None
            and job.workplace is not None
            and (job.post, job.division) == (self.post, self.division)
        )


def first_lines(lines: Iterable[Line], key: Callable[[Line], K | None]) -> dict[K, Line]:
    """Return the first row of every key; None is no key."""
    found: dict[K, Line] = {}
    for line in lines:
        mark = key(line)
        if mark is not None:
            found.setdefault(mark, line)
    return found
