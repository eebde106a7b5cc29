"""Resolutions and how they are carried out."""

import datetime as dt
from uuid import UUID

from django.db.models import QuerySet

from medtrud.engines.store.public import find
from medtrud.kernel.actor import Actor

from ..models import Document, Task


def tasks(actor: Actor) -> QuerySet[Task]:
    """Return the resolutions of the house, the most urgent first; those without a day last."""
    rows: QuerySet[Task] = Task.objects.visible_to(actor)
    return rows.select_related("document").order_by("due", "pk")


def tasks_due(since: dt.date, until: dt.date) -> QuerySet[Task]:
    """Return what every house keeps under control and has not done, due in these days, for reminders."""
    rows = Task.objects.unscoped("reminders go to whoever was asked")
    return rows.filter(done_on__isnull=True, control=True, due__range=(since, until)).order_by("pk")


def task_of(actor: Actor, uid: UUID) -> Task:
    """Return one resolution of the house."""
    return find(Task, actor, uid)


def tasks_of(actor: Actor, document: Document) -> QuerySet[Task]:
    """Return the resolutions on one document, in the order they were given."""
    return tasks(actor).filter(document=document).order_by("pk")
