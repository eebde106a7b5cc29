"""Writing the timeline, and opening it."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from medtrud.engines.background.public import publish
from medtrud.engines.journal import public as journal
from medtrud.engines.store.public import action, find, keep
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused
from medtrud.registries.people.public import Person, person_of

from .models import Entry
from .types import EntryAdded, NewEntry


@action
def entry_add(actor: Actor, *, entry: NewEntry, replaces: Entry | None = None) -> Entry:
    """Write one entry; with `replaces` the older one stays and is marked as replaced."""
    if replaces is not None and replaces.person_id != entry.person:
        raise Refused(
            "Исправление относится к другому человеку. Откройте событие в его карте и исправьте там."
        )
    row = _row(entry)
    row.replaces = replaces
    keep(row)
    publish(EntryAdded(row.uid, entry.person, entry.kind, entry.on))
    journal.record(actor, "record.entry_add", row, kind=entry.kind)
    return row


@action
def entries_add_many(actor: Actor, *, entries: Iterable[NewEntry]) -> int:
    """Write many entries at once, as bulk actions do; one line in the journal counts them."""
    rows = Entry.objects.unscoped("new rows are written").bulk_create(
        [_row(e) for e in entries], batch_size=2000
    )
    journal.record(actor, "record.entries_add_many", None, entries=len(rows))
    return len(rows)


@action
def timeline_open(actor: Actor, *, person: UUID) -> Person:
    """Open the whole record: the person will see who looked and when; a stranger gets 404."""
    card = person_of(actor, person)
    journal.record(actor, "record.timeline_open", card, person=card.pk)
    return card


@action
def entry_open(actor: Actor, *, entry: UUID) -> Entry:
    """Open an entry: the worker will see in his record who looked and when."""
    row = find(Entry, actor, entry)
    journal.record(actor, "record.entry_open", row, person=row.person_id)
    return row


@action
def entries_forget(actor: Actor, *, sources: Sequence[UUID], module: str) -> int:
    """Drop the entries of rows that an undone import takes back: they told of what has never been."""
    rows = Entry.objects.unscoped("entries of rows an undone import takes back")
    forgotten, _ = rows.filter(source__in=sources, module=module).delete()
    journal.record(actor, "record.entries_forget", None, entries=forgotten)
    return forgotten


def _row(entry: NewEntry) -> Entry:
    return Entry(
        person_id=entry.person,
        kind=entry.kind,
        on=entry.on,
        until=entry.until,
        title=entry.title,
        data=entry.data,
        module=entry.module,
        source=entry.source,
        organization=entry.organization,
    )
