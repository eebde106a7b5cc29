"""The record for other systems."""

import datetime as dt
from typing import Any
from uuid import UUID

from ninja import Router, Schema

from medtrud.engines.store.public import keyset
from medtrud.engines.ui.public import Request, needs
from medtrud.kernel.actor import Actor

from . import actions
from .models import Entry
from .queries import kind_of, places_of, timeline_for

router = Router(tags=["Карта работника"])
SIZE = 100


class EntryOut(Schema):
    uid: UUID
    on: dt.date
    until: dt.date | None
    kind: str
    kind_title: str
    title: str
    organization: str
    module: str
    source: UUID


class TimelineOut(Schema):
    person: UUID
    entries: list[EntryOut]
    next: str


@router.get("/entries/{uid}", response=EntryOut, url_name="entry_open")
@needs("record.entry_open")
def entry_open(request: Request, uid: UUID) -> dict[str, Any]:
    """Одна запись карты; обращение записывается в журнал."""
    row = actions.entry_open(request.actor, entry=uid)
    return _out(request.actor, [row])[0]


@router.get("/{person}", response=TimelineOut, url_name="timeline_open")
@needs("record.timeline_open")
def timeline_open(request: Request, person: UUID, after: str = "", kind: str = "") -> dict[str, Any]:
    """Карта человека, новые записи первыми; `next` - продолжение; обращение записывается в журнал."""
    card = actions.timeline_open(request.actor, person=person)
    rows = timeline_for(request.actor, card.pk)
    if kind:
        rows = rows.filter(kind=kind.replace("\x00", ""))
    found = keyset(rows, order=["-on"], after=after, size=SIZE)
    return {"person": card.uid, "entries": _out(request.actor, found.rows), "next": found.next}


def _out(actor: Actor, rows: list[Entry]) -> list[dict[str, Any]]:
    places = places_of(actor, rows)
    return [
        {
            "uid": row.uid,
            "on": row.on,
            "until": row.until,
            "kind": row.kind,
            "kind_title": kind_of(row.kind).title,
            "title": row.title,
            "organization": places.get(row.organization or 0, ""),
            "module": row.module,
            "source": row.source,
        }
        for row in rows
    ]
