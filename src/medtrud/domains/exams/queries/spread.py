"""What a spread of days is made from: who waits, how full the clinic already is."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count

from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused
from medtrud.registries.reference.types import WorkCalendar

from ..models import Campaign, Exam
from ..rules.spread import spread, working_days
from ..types.spread import Spread, SpreadOrder, Waiting
from ..types.states import ExamState
from .visit import visits_unplanned

LONGEST = 366  # days of one spread


@dataclass(frozen=True)
class SpreadAsked:
    """What the clinic chose."""

    since: dt.date
    last: dt.date  # the last day itself
    per_day: int
    capacity: int | None = None
    order: SpreadOrder = SpreadOrder.DIVISION
    division: str | None = None  # nothing: all of them


def spread_of(actor: Actor, campaign: Campaign, asked: SpreadAsked, working: WorkCalendar) -> Spread:
    """Count the spread of a campaign; nothing is written."""
    if not 0 <= (asked.last - asked.since).days < LONGEST:
        raise Refused("Последний день раньше первого или дальше года от него. Исправьте дни раскладки.")
    days = working_days(asked.since, asked.last, working)
    if not days:
        raise Refused(
            f"С {asked.since:%d.%m.%Y} по {asked.last:%d.%m.%Y} нет рабочих дней "
            f"({working.said(asked.since, asked.last)}). Выберите другие дни."
        )
    waiting = [Waiting(*row) for row in visits_unplanned(actor, campaign, asked.division)]
    return spread(
        waiting, days, per_day=asked.per_day, taken=_taken(actor, campaign, asked),
        capacity=asked.capacity, order=asked.order,
    )  # fmt: skip


def _taken(actor: Actor, campaign: Campaign, asked: SpreadAsked) -> dict[dt.date, int]:
    rows = Exam.objects.visible_to(actor).filter(
        clinic=campaign.clinic_id, planned_on__range=(asked.since, asked.last)
    )
    open_rows = rows.exclude(state=ExamState.CANCELLED).order_by()
    return dict(open_rows.values_list("planned_on").annotate(people=Count("pk")))
