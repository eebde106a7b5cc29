"""The schedule: lines like cron's, in the time zone of the installation."""

import datetime as dt
import re
from collections.abc import Callable

from django.utils import timezone

from medtrud.engines.background import drivers
from medtrud.engines.background.models import Schedule
from medtrud.engines.background.queries import schedules_locked
from medtrud.engines.background.types import Due, label_of
from medtrud.engines.store.public import now, together

from .outbox import publish_to, subscribe_as

Handler = Callable[[dt.datetime], object]
_lines: dict[str, str] = {}


def every(when: str) -> Callable[[Handler], Handler]:
    """Call a function of a `jobs` room by the clock: "02:00" is daily, anything else is a line of cron.

    It gets the moment it was due. A missed time is made up for once; a fault is tried again as
    with events.
    """
    clock = re.fullmatch(r"(\d\d):(\d\d)", when)
    cron = f"{int(clock[2])} {int(clock[1])} * * *" if clock else when
    drivers.due_before(cron, dt.datetime(2025, 1, 1, tzinfo=dt.UTC))  # refuses a line it cannot read

    def schedule(func: Handler) -> Handler:
        code = label_of(func)
        _lines[code] = cron

        def call(due: Due) -> None:
            func(due.at)

        subscribe_as(Due, code, call)
        return func

    return schedule


@drivers.ticking("background.tick", "* * * * *")
def tick() -> None:
    """Look at the clock once a minute."""
    tick_at(now())


def tick_at(moment: dt.datetime) -> list[str]:
    """Publish what has come due; return it. A line seen for the first time waits for its next time."""
    came = []
    with together():
        known = schedules_locked(_lines)
        for code, cron in sorted(_lines.items()):
            due = drivers.due_before(cron, timezone.localtime(moment))
            row = known.get(code)
            if row is None:
                Schedule(code=code, due_at=due).save()
            elif due > row.due_at:
                row.due_at = due
                row.save(update_fields=["due_at"])
                publish_to((Due(code, due), [code]))
                came.append(code)
    return came
