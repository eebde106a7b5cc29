"""Resolutions and how they are carried out."""

from uuid import UUID

from django.db.models import QuerySet

from medtrud.engines.store.public import find
from medtrud.kernel.actor import Actor

from ..models import Document, Task


def tasks(actor: Actor) -> QuerySet[Task]:
    """Return the resolutions of the house, the most urgent first; those without a day last."""
    rows: QuerySet[Task] = Task.objects.visible_to(actor)
    return rows.select_related("document").order_by("due", "pk")


def task_of(actor: Actor, uid: UUID) -> Task:
    """Return one resolution of the house."""
    return find(Task, actor, uid)


def tasks_of(actor: Actor, document: Document) -> QuerySet[Task]:
    """Return the resolutions on one document, in the order they were given."""
    return tasks(actor).filter(document=document).order_by("pk")
