"""Measures: lists, what is late, what they changed."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import Q, QuerySet

from medtrud.engines.store.public import find
from medtrud.kernel.actor import Actor

from ..models import Measure, MeasureReading
from ..types import MeasureState, Moment

OPEN = (str(MeasureState.PLANNED), str(MeasureState.GOING))


@dataclass(frozen=True)
class Effect:
    """Levels before and after a measure, as they were last measured."""

    before: MeasureReading
    after: MeasureReading

    @property
    def change(self) -> Decimal:
        """Return by how much the level has changed."""
        return self.after.value - self.before.value

    @property
    def better(self) -> bool | None:
        """Tell whether it became better; None where nothing changed."""
        if not self.change:
            return None
        return (self.change < 0) == self.after.lower_better


def measures(actor: Actor) -> QuerySet[Measure]:
    """Return the measures the seat sees, the nearest deadline first."""
    rows: QuerySet[Measure] = Measure.objects.visible_to(actor)
    return rows.select_related("division", "workplace", "incident").order_by("due_on", "pk")


def late(on: dt.date) -> Q:
    """Say what is overdue on a day: not done, and its deadline has passed."""
    return Q(state__in=OPEN, due_on__lt=on)


def overdue(actor: Actor, *, on: dt.date) -> QuerySet[Measure]:
    """Return the measures that are late on a day."""
    return measures(actor).filter(late(on))


def measure_of(actor: Actor, uid: UUID) -> Measure:
    """Return one measure; a stranger gets 404."""
    return find(Measure, actor, uid)


def readings_of(actor: Actor, measure: Measure) -> QuerySet[MeasureReading]:
    """Return the levels measured for a measure, the earliest first."""
    rows: QuerySet[MeasureReading] = MeasureReading.objects.visible_to(actor).filter(measure=measure)
    return rows.order_by("on", "pk")


def effect_of(actor: Actor, measure: Measure) -> Effect | None:
    """Return what a measure changed: the last level before against the last one after, in one unit."""
    rows = list(readings_of(actor, measure))
    before = [row for row in rows if row.moment == Moment.BEFORE]
    after = [row for row in rows if row.moment == Moment.AFTER]
    if not before or not after or before[-1].unit != after[-1].unit:
        return None
    return Effect(before[-1], after[-1])
