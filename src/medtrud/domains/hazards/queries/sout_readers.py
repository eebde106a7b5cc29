"""Who has not yet read the card of his workplace, over a whole employer, and until when he must."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, cast

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Greatest

from medtrud.domains.absences.public import absences_between
from medtrud.kernel.actor import Actor
from medtrud.registries.organizations.public import employments_on

from ..models import SoutAcquaintance
from ..rules.sout_terms import acquaint_by, acquainted_before
from .sout import sout_cards

YEAR = dt.timedelta(days=366)


def unread(actor: Actor, *, employer: int, on: dt.date) -> QuerySet[Any]:
    """Return the jobs whose holder has not read the card in force of his workplace.

    card, card_since: the card; start: the day the term runs from. The term of whoever came after the
    approval runs from his first day here: the law names none for him.
    """
    cards = sout_cards(actor, on=on).filter(workplace=OuterRef("workplace")).order_by("-version", "-pk")
    read = SoutAcquaintance.objects.visible_to(actor).filter(card=OuterRef("card"), person=OuterRef("person"))
    rows: QuerySet[Any] = employments_on(actor, employer=employer, on=on).filter(workplace__isnull=False)
    rows = rows.annotate(
        card=Subquery(cards.values("pk")[:1]), card_since=Subquery(cards.values("since")[:1])
    )
    found: QuerySet[Any] = rows.filter(~Exists(read), card__isnull=False)
    return cast("QuerySet[Any]", found.annotate(start=Greatest(F("since"), F("card_since"))))


def unread_late(actor: Actor, *, employer: int, on: dt.date) -> list[int]:
    """Return the jobs whose term is over, less those whom an absence has given more days. Three queries."""
    rows = unread(actor, employer=employer, on=on).filter(start__lt=acquainted_before(on))
    found = list(rows.values_list("pk", "person", "start").order_by())
    terms = acquaint_terms(actor, [(person, start) for _, person, start in found], on=on)
    return [pk for pk, person, start in found if terms[person, start] < on]


def acquaint_terms(
    actor: Actor, asked: Iterable[tuple[int, dt.date]], *, on: dt.date
) -> dict[tuple[int, dt.date], dt.date]:
    """Return until when each must read, counted from his start; days away do not count. One query."""
    wanted = set(asked)
    if not wanted:
        return {}
    end = on + YEAR
    away = absences_between(actor, {person for person, _ in wanted}, min(day for _, day in wanted), end)
    return {
        (person, start): acquaint_by(
            start, [(each.since, each.until or end) for each in away.get(person, ())]
        )
        for person, start in wanted
    }
