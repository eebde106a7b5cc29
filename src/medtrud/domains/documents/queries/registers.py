"""The register of a flow: the screen, the paper and the workbook read the same lines."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Prefetch, QuerySet

from medtrud.kernel.actor import Actor

from ..models import Registration, Task
from ..types import Flow, kinds_on
from ..types.registers import Line, day


def register(
    actor: Actor, flow: Flow, *, since: dt.date | None = None, until: dt.date | None = None
) -> QuerySet[Registration]:
    """Return the registrations of a flow of one's own house between two days, both counted."""
    rows: QuerySet[Registration] = Registration.objects.unscoped("one's own house keeps its own register")
    rows = rows.filter(organization=actor.organization, flow=flow)
    rows = rows.filter(on__gte=since) if since else rows
    rows = rows.filter(on__lte=until) if until else rows
    orders = Prefetch("document__tasks", Task.objects.visible_to(actor).order_by("pk"), to_attr="orders")
    return rows.prefetch_related("document__party", orders).order_by("on", "number")


def lines(rows: Iterable[Registration]) -> list[Line]:
    """Return registrations as the lines of a register."""
    return [line_of(row) for row in rows]


def line_of(row: Registration) -> Line:
    """Return one registration as a line: requisites, resolutions and how they ended."""
    document, orders = row.document, getattr(row.document, "orders", [])
    kind = kinds_on(document.on).get(document.kind)
    sheets = [f"{document.sheets} л." if document.sheets else "", document.enclosures]
    return Line(
        index=row.index,
        on=row.on,
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
        late=row.late,
    )
