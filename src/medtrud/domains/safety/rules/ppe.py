"""Terms and amounts of protective equipment: pure."""

import datetime as dt
from decimal import Decimal

from medtrud.kernel.dates import add_months

SOON = dt.timedelta(days=30)  # so long before its day a replacement is spoken of


def due_on(issued: dt.date, months: int | None) -> dt.date | None:
    """Return the day of replacement: issue + the term of wear of the norm; without a term, when worn out.

    766н: the term runs from the actual issue.
    """
    return add_months(issued, months) if months else None


def times(has_until: dt.date | None, since: dt.date, until: dt.date, months: int | None) -> int:
    """Count the issues a worker needs from a day to a day, the last not counted.

    has_until: the day his present issue is to be replaced; None: he has nothing, the first is due at once.
    Without a term of wear what is worn lasts.
    """
    if months is None or not months:
        return 0 if has_until else 1
    day, count = max(has_until or since, since), 0
    while day < until:
        day, count = add_months(day, months), count + 1
    return count


def left(quantity: Decimal, gone: Decimal) -> Decimal:
    """Return how much of an issue the worker still has."""
    return quantity - gone


def amount(quantity: Decimal) -> str:
    """Write a quantity without needless zeros: 1, 0.5."""
    return f"{quantity.normalize():f}"
