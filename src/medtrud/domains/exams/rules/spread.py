"""Putting many people on the working days of a period; pure."""

import datetime as dt
from collections.abc import Mapping, Sequence

from medtrud.kernel.text import sort_key

from ..types.spread import DayPlan, Spread, SpreadOrder, Waiting
from .deadlines import Calendar


def working_days(since: dt.date, last: dt.date, working: Calendar) -> list[dt.date]:
    """Return the working days of a period, both ends included."""
    days = (since + dt.timedelta(days=count) for count in range((last - since).days + 1))
    return [day for day in days if working(day)]


def spread(
    waiting: Sequence[Waiting], days: Sequence[dt.date], *, per_day: int, taken: Mapping[dt.date, int],
    capacity: int | None = None, order: SpreadOrder = SpreadOrder.DIVISION,
) -> Spread:  # fmt: skip
    """Календарный план осмотров (приказ № 29н, Порядок, п. 26): каждому свой день, никому дважды.

    A day takes no more than `per_day` of these people, and no more than `capacity` together with those
    the clinic already has on it. Divisions stay together as far as a day allows.
    """
    queue = list(waiting)
    if order == SpreadOrder.DIVISION:
        queue.sort(key=lambda person: sort_key(person.division))
    found = []
    for day in days:
        already = taken.get(day, 0)
        room = per_day if capacity is None else max(0, min(per_day, capacity - already))
        found.append(DayPlan(day, already, tuple(queue[:room])))
        queue = queue[room:]
    return Spread(tuple(found), tuple(queue))
