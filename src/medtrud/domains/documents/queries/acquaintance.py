"""Acquaintance sheets and their lines."""

import datetime as dt
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from medtrud.engines.store.public import find
from medtrud.kernel.actor import Actor

from ..models import Acquaintance, AcquaintanceLine


def sheets(actor: Actor) -> QuerySet[Acquaintance]:
    """Return the sheets of the house with how many must know and how many do."""
    rows: QuerySet[Acquaintance] = Acquaintance.objects.visible_to(actor)
    signed = Count("lines", filter=Q(lines__signed_at__isnull=False))
    return rows.select_related("document").annotate(people=Count("lines"), signed=signed)


def sheet_of(actor: Actor, uid: UUID) -> Acquaintance:
    """Return one sheet of the house."""
    return find(Acquaintance, actor, uid)


def sheet_lines(actor: Actor, sheet: Acquaintance) -> QuerySet[AcquaintanceLine]:
    """Return the people of a sheet."""
    rows: QuerySet[AcquaintanceLine] = AcquaintanceLine.objects.visible_to(actor).filter(sheet=sheet)
    return rows.select_related("person")


def own_lines(actor: Actor) -> QuerySet[AcquaintanceLine]:
    """Return what the person of the seat is to know."""
    rows: QuerySet[AcquaintanceLine] = AcquaintanceLine.objects.visible_to(actor)
    return rows.filter(person=actor.person or 0).select_related("sheet__document", "sheet__version__file")


def line_of(actor: Actor, uid: UUID) -> AcquaintanceLine:
    """Return one line."""
    return find(AcquaintanceLine, actor, uid)


def lines_late(on: dt.date) -> QuerySet[AcquaintanceLine]:
    """Return whose day has passed in every house and who was not reminded today."""
    rows = AcquaintanceLine.objects.unscoped("reminders go to whoever has not signed")
    late = rows.filter(signed_at__isnull=True, sheet__due__lt=on)
    return late.exclude(reminded_on=on).order_by("pk")
