"""Work before the first record, as it is handed in."""

import datetime as dt
from dataclasses import dataclass

FAR = 1_000_000_000  # past jobs are numbered below this, far from declared periods and from real jobs


@dataclass(frozen=True)
class PastFactor:
    """A factor of a past job; a value without a class, or a class without a value, are enough."""

    code: str
    sout_class: str = ""
    value: float | None = None
    norm: float | None = None
    category: str = ""
    shifts: int | None = None


@dataclass(frozen=True)
class PastJobIn:
    """A past job by the papers."""

    employer: str
    post: str
    since: dt.date
    until: dt.date
    document: str
    sout_class: str = ""
    factors: tuple[PastFactor, ...] = ()


def past_number(pk: int) -> int:
    """Return the number under which a past job stands among jobs and workplaces."""
    return -(FAR + pk)
