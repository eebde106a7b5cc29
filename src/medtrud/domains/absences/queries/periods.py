"""Days away from work, for those who count days at work."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q

from medtrud.kernel.actor import Actor
from medtrud.registries.organizations.public import days_in

from ..models import Absence
from ..models.absence import STANDING
from ..types import Period


def absences_between(
    actor: Actor, persons: Iterable[int], since: dt.date, until: dt.date
) -> dict[int, list[Period]]:
    """Return the periods away from work that touch the days from `since` up to, not including, `until`.

    Periods are whole, not cut to these days, in the order of their first days, of all kinds; `until` of a
    period is the first day back, None while it goes on. Absences written for a merged card belong to
    the surviving one. A person without absences is missing in the answer.
    """
    asked = set(persons)
    rows = Absence.objects.visible_to(actor).filter(
        STANDING, Q(until__isnull=True) | Q(until__gt=since), since__lt=until
    )
    rows = rows.filter(Q(person__in=asked) | Q(person__root__in=asked)).order_by("since", "pk")
    found: dict[int, list[Period]] = defaultdict(list)
    for person, root, begin, end, kind in rows.values_list(
        "person", "person__root", "since", "until", "kind"
    ):
        for key in {person, root} & asked:
            found[key].append(Period(begin, end, kind))
    return dict(found)


def days_absent(actor: Actor, *, persons: Iterable[int], since: dt.date, until: dt.date) -> dict[int, int]:
    """Return how many days of [since, until) each person was away; a day of two absences counts once."""
    found = absences_between(actor, persons, since, until)
    return {
        person: days_in([(max(p.since, since), p.until) for p in periods], until)
        for person, periods in found.items()
    }
