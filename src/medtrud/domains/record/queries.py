"""Reading the timeline."""

from uuid import UUID

from django.db.models import QuerySet

from medtrud.kernel.actor import Actor
from medtrud.registries.people.public import ids_of

from .models import Entry


def timeline_for(actor: Actor, person: int) -> QuerySet[Entry]:
    """Return the entries of a person and of his merged doubles, newest first; replaced ones are left out."""
    rows = Entry.objects.visible_to(actor).filter(person_id__in=ids_of(person), replaced_by__isnull=True)
    return rows.order_by("-on", "-id")


def entries_about(actor: Actor, source: UUID) -> QuerySet[Entry]:
    """Return the entries that point to one row of another module."""
    return Entry.objects.visible_to(actor).filter(source=source).order_by("-id")
