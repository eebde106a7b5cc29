"""Leading and lagging indicators of one employer in a span of days."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import TruncMonth

from medtrud.domains.absences.public import absences, headcount
from medtrud.kernel.actor import Actor

from ..models import Audit, Incident, Measure
from ..rules import Frequency, frequency
from ..types import IncidentKind, IncidentState, MeasureState
from .measures import late


@dataclass(frozen=True)
class Month:
    """Incidents of a calendar month by kind."""

    first: dt.date
    counts: dict[str, int]


@dataclass(frozen=True)
class Indicators:
    """What warns, and what has already happened."""

    workers: float
    counts: dict[str, int]
    micro_per_100: float | None
    near_per_100: float | None
    due: int  # measures whose deadline fell into the span
    in_time: int
    late: int  # still open on the last day
    audits: int
    remarks: int
    grave: int
    days_lost: int
    frequency: Frequency
    high: int  # done measures of the three upper levels of the hierarchy
    done: int
    months: list[Month]

    @property
    def share_in_time(self) -> float | None:
        """Return the share of measures done by their first deadline, in per cent."""
        return self.in_time / self.due * 100 if self.due else None

    @property
    def share_high(self) -> float | None:
        """Return the share of done measures that act on the hazard itself, in per cent."""
        return self.high / self.done * 100 if self.done else None


UPPER = 3  # elimination, substitution, engineering


def indicators(actor: Actor, *, employer: int, since: dt.date, until: dt.date) -> Indicators:
    """Return the indicators of the days from `since` up to, not including, `until`."""
    span = Q(employer=employer, happened_on__gte=since, happened_on__lt=until)
    rows = Incident.objects.visible_to(actor).filter(span).exclude(state=IncidentState.ANNULLED)
    counts = {str(kind): 0 for kind in IncidentKind}
    counts |= dict(rows.order_by().values_list("kind").annotate(times=Count("pk")))
    workers = headcount(actor, employer=employer, since=since, until=until)
    mine = Measure.objects.visible_to(actor).filter(employer=employer).exclude(state=MeasureState.CANCELLED)
    due = mine.filter(first_due_on__gte=since, first_due_on__lt=until)
    done = mine.filter(state=MeasureState.DONE, done_on__gte=since, done_on__lt=until)
    checked = Audit.objects.visible_to(actor).filter(employer=employer, on__gte=since, on__lt=until)
    found = checked.aggregate(times=Count("pk"), remarks=Sum("remarks"), grave=Sum("grave"))
    days = _days_lost(actor, employer, [row for row in rows.values_list("sick_leave", flat=True) if row])
    injuries = counts[IncidentKind.INJURY]
    return Indicators(
        workers=workers,
        counts=counts,
        micro_per_100=counts[IncidentKind.MICRO_INJURY] / workers * 100 if workers else None,
        near_per_100=counts[IncidentKind.NEAR_MISS] / workers * 100 if workers else None,
        due=due.count(),
        in_time=due.filter(state=MeasureState.DONE, done_on__lte=F("first_due_on")).count(),
        late=mine.filter(late(until)).count(),
        audits=found["times"],
        remarks=found["remarks"] or 0,
        grave=found["grave"] or 0,
        days_lost=days,
        frequency=frequency(injuries, days, workers),
        high=done.filter(rank__lte=UPPER).count(),
        done=done.count(),
        months=_months(rows, since, until),
    )


def _days_lost(actor: Actor, employer: int, documents: list[UUID]) -> int:
    known = absences(actor).filter(employer=employer, document__in=documents)
    chains = absences(actor).filter(employer=employer, case__in=known.order_by().values("case"))
    periods = chains.order_by().values_list("since", "until")
    return sum((until - since).days for since, until in periods if until)


def _months(rows: object, since: dt.date, until: dt.date) -> list[Month]:
    grouped = rows.order_by().annotate(month=TruncMonth("happened_on"))  # type: ignore[attr-defined]
    found: dict[dt.date, dict[str, int]] = {}
    for month, kind, times in grouped.values_list("month", "kind").annotate(times=Count("pk")):
        found.setdefault(month, {})[kind] = times
    months, first = [], since.replace(day=1)
    while first < until:
        months.append(Month(first, found.get(first, {})))
        first = dt.date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return months
