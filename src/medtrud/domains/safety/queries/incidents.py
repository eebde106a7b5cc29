"""Incidents: lists, what is late, the commission, leaves behind injuries, leaves nobody has explained."""

import datetime as dt
from uuid import UUID

from django.db.models import Q, QuerySet

from medtrud.domains.absences.public import Absence, absences
from medtrud.domains.absences.types import work_related
from medtrud.engines.store.public import find
from medtrud.kernel.actor import Actor

from ..models import Audit, Incident, InvestigationMember
from ..types import IncidentState

GOING = (str(IncidentState.OPEN), str(IncidentState.INVESTIGATED))


def incidents(actor: Actor) -> QuerySet[Incident]:
    """Return the incidents the seat sees, the newest first."""
    rows: QuerySet[Incident] = Incident.objects.visible_to(actor)
    return rows.select_related("division", "workplace", "employer").order_by("-happened_on", "-pk")


def incident_late(on: dt.date) -> Q:
    """Say which investigations are overdue on a day: not closed, and their deadline has passed."""
    return Q(state__in=GOING, due_on__lt=on)


def incidents_overdue(actor: Actor, *, on: dt.date) -> QuerySet[Incident]:
    """Return the incidents whose investigation is late on a day."""
    return incidents(actor).filter(incident_late(on))


def incident_of(actor: Actor, uid: UUID) -> Incident:
    """Return one incident; a stranger gets 404."""
    return find(Incident, actor, uid)


def members_of(actor: Actor, incident: Incident) -> QuerySet[InvestigationMember]:
    """Return the commission of an investigation, the chairman first."""
    rows: QuerySet[InvestigationMember] = InvestigationMember.objects.visible_to(actor)
    return rows.filter(incident=incident).order_by("role", "pk")


def audits(actor: Actor) -> QuerySet[Audit]:
    """Return the inspections, the newest first."""
    rows: QuerySet[Audit] = Audit.objects.visible_to(actor)
    return rows.select_related("division").order_by("-on", "-pk")


def sick_leave_of(actor: Actor, incident: Incident) -> list[Absence]:
    """Return the sick leave behind an injury with its prolongations."""
    if incident.sick_leave is None:
        return []
    first = absences(actor).filter(document=incident.sick_leave).first()
    return list(absences(actor).filter(case=first.case).order_by("since")) if first else []


def leaves_unexplained(actor: Actor, *, employer: int) -> QuerySet[Absence]:
    """Return primary sick leaves whose reason lies at work and to which no incident was linked."""
    linked = Incident.objects.visible_to(actor).filter(employer=employer, sick_leave__isnull=False)
    known = list(linked.values_list("sick_leave", flat=True))
    rows = absences(actor).filter(employer=employer, reason__in=work_related())
    return rows.exclude(document__in=known).exclude(case__in=known).order_by("-since", "-pk")
