"""Production control: the programme with what is due, protocols, exceedances, levels over time."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db.models import Count, DateField, Exists, F, Func, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from medtrud.engines.store.public import find
from medtrud.kernel.actor import Actor

from ..models import ControlLine, FactorLevel, Protocol, ProtocolInstrument, ProtocolValue, WorkplaceFactor

SOON = dt.timedelta(days=30)


def control_lines(actor: Actor, *, employer: int) -> QuerySet[ControlLine]:
    """Return the lines of the programme that go on."""
    rows: QuerySet[ControlLine] = ControlLine.objects.visible_to(actor)
    rows = rows.filter(employer=employer, until__isnull=True)
    return rows.select_related("workplace", "workplace__division")


def control_lines_due(actor: Actor, *, employer: int) -> QuerySet[ControlLine]:
    """Return the programme with the last measurement (`last_on`) and the next one due (`due_on`).

    A line that was never measured is due a period after it came into the programme.
    """
    measured = FactorLevel.objects.visible_to(actor).filter(
        workplace=OuterRef("workplace"), code=OuterRef("code"), withdrawn_at__isnull=True
    )
    measured = measured.filter(Q(substance=OuterRef("substance")) | Q(substance=""))
    last = Subquery(measured.order_by("-since").values("since")[:1])
    rows = control_lines(actor, employer=employer).annotate(last_on=last)
    due = Func(
        Coalesce(F("last_on"), F("since")), F("period_months"),
        template="(%(expressions)s)::date", arg_joiner=" + INTERVAL '1 month' * ", output_field=DateField(),
    )  # fmt: skip
    return rows.annotate(due_on=due)


def control_line_of(actor: Actor, uid: UUID) -> ControlLine:
    """Return one line of the programme; a stranger gets 404."""
    return find(ControlLine, actor, uid)


def control_overdue(actor: Actor, *, employer: int, on: dt.date) -> int:
    """Count what should have been measured by a day."""
    rows: QuerySet[Any] = control_lines_due(actor, employer=employer)
    return rows.filter(due_on__lt=on).count()


def factors_open(actor: Actor, *, employer: int) -> QuerySet[WorkplaceFactor]:
    """Return the factors of an employer's workplaces that go on."""
    rows: QuerySet[WorkplaceFactor] = WorkplaceFactor.objects.visible_to(actor)
    return rows.filter(employer=employer, until__isnull=True)


def protocols(actor: Actor, *, employer: int) -> QuerySet[Protocol]:
    """Return the protocols of an employer with the numbers of values and exceedances."""
    rows: QuerySet[Protocol] = Protocol.objects.visible_to(actor).filter(employer=employer)
    return rows.annotate(
        values_count=Count("values", distinct=True),
        exceeded_count=Count("values", filter=Q(values__exceeded=True), distinct=True),
    )


def protocol_of(actor: Actor, uid: UUID) -> Protocol:
    """Return one protocol; a stranger gets 404."""
    return find(Protocol, actor, uid)


def values_of(actor: Actor, protocol: Protocol) -> QuerySet[ProtocolValue]:
    """Return the values of a protocol."""
    rows: QuerySet[ProtocolValue] = ProtocolValue.objects.visible_to(actor).filter(protocol=protocol)
    return rows.select_related("workplace").order_by("pk")


def instruments_of(actor: Actor, protocol: Protocol) -> QuerySet[ProtocolInstrument]:
    """Return what a protocol was measured with."""
    rows: QuerySet[ProtocolInstrument] = ProtocolInstrument.objects.visible_to(actor)
    return rows.filter(protocol=protocol).order_by("pk")


def levels(actor: Actor, *, employer: int) -> QuerySet[FactorLevel]:
    """Return the levels of an employer's workplaces; `newer`: a later one holds instead."""
    later = FactorLevel.objects.visible_to(actor).filter(
        Q(since__gt=OuterRef("since")) | Q(since=OuterRef("since"), pk__gt=OuterRef("pk")),
        workplace=OuterRef("workplace"), code=OuterRef("code"), substance=OuterRef("substance"),
        withdrawn_at__isnull=True,
    )  # fmt: skip
    rows: QuerySet[FactorLevel] = FactorLevel.objects.visible_to(actor)
    rows = rows.filter(employer=employer, withdrawn_at__isnull=True).select_related("workplace")
    return rows.annotate(newer=Exists(later))
