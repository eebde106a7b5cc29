"""The register of a flow: the screen, the paper and the workbook read the same lines."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from medtrud.kernel.actor import Actor
from medtrud.registries.reference.public import calendar_on

from ..models import Document, Registration, Task
from ..rules import due_to_register
from ..types import Flow, kinds_on, office_closes
from ..types.registers import Line, day
from .documents import day_said, found


def register(
    actor: Actor, flow: Flow, *, since: dt.date | None = None, until: dt.date | None = None
) -> QuerySet[Registration]:
    """Return the registrations of a flow of one's own house between two days, both counted."""
    rows: QuerySet[Registration] = Registration.objects.unscoped("one's own house keeps its own register")
    rows = rows.filter(organization=actor.organization, flow=flow)
    rows = rows.filter(on__gte=since) if since else rows
    rows = rows.filter(on__lte=until) if until else rows
    orders = Prefetch("document__tasks", Task.objects.visible_to(actor).order_by("pk"), to_attr="orders")
    shelf = "document__shelf__case__heading"
    return rows.prefetch_related("document__party", shelf, orders).order_by("on", "number")


def registered_found(actor: Actor, rows: QuerySet[Registration], text: str) -> QuerySet[Registration]:
    """Keep the lines of a day, with a number that begins so, or, without a digit, with these words."""
    text = text.strip()
    if said := day_said(text):
        return rows.filter(on=said)
    if any(sign.isdigit() for sign in text):
        return rows.filter(index__istartswith=text)
    own: QuerySet[Document] = Document.objects.unscoped("one's own house keeps its own register")
    return rows.filter(document__in=found(own.filter(organization=actor.organization), text))


def lines(rows: Iterable[Registration]) -> list[Line]:
    """Return registrations as the lines of a register."""
    return [line_of(row) for row in rows]


def line_of(row: Registration) -> Line:
    """Return one registration as a line: requisites, resolutions and how they ended."""
    document, orders = row.document, getattr(row.document, "orders", [])
    kind = kinds_on(document.on).get(document.kind)
    shelf = getattr(document, "shelf", None)
    sheets = [f"{document.sheets} л." if document.sheets else "", document.enclosures]
    return Line(
        index=row.index,
        on=row.on,
        came=came_said(document),
        party=str(document.party) if document.party else document.party_name,
        their_number=document.received_number,
        their_day=document.received_on,
        title=document.title,
        kind=kind.title if kind else document.kind,
        sheets=", ".join(filter(None, sheets)),
        orders="; ".join(order.text for order in orders),
        performers=", ".join(dict.fromkeys(order.account_name for order in orders)),
        due="; ".join(day(order.due) for order in orders if order.due),
        done="; ".join(f"{day(order.done_on)} {order.report}" for order in orders if order.done_on),
        sent=day(document.released_on),
        case=shelf.case.heading.index if shelf else "",
        due_on=row.due if row.late else None,
    )


def came_said(document: Document) -> str:
    """Tell when and how a document came; midnight means that the hour is not known."""
    came = timezone.localtime(document.received_at) if document.received_at else None
    hour = f" {came:%H:%M}" if came and came.time() != dt.time() else ""
    return ", ".join(filter(None, (f"{came:%d.%m.%Y}{hour}" if came else "", document.received_by)))


def due_on(actor: Actor, document: Document) -> dt.date | None:
    """Return until when a document that came in is to be registered."""
    if document.received_at is None:
        return None
    came = timezone.localtime(document.received_at)
    return due_to_register(came, calendar_on(actor, came.date()), office_closes(came.date()))
