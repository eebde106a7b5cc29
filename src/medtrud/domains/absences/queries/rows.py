"""Rows of absences: lists, one paper with its versions and its chain, the medical part."""

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from medtrud.engines.store.public import find
from medtrud.kernel.actor import Actor

from ..models import Absence, AbsenceMedical
from ..models.absence import CURRENT, STANDING
from ..rules import Place
from ..types import State


def absences(actor: Actor, *, cancelled: bool = False) -> QuerySet[Absence]:
    """Return the absences this seat sees, each in its last version, the newest first."""
    rows: QuerySet[Absence] = Absence.objects.visible_to(actor).filter(CURRENT if cancelled else STANDING)
    return rows.select_related("employer").order_by("-since", "-pk")


def absences_unclosed(actor: Actor, *, on: dt.date) -> QuerySet[Absence]:
    """Return the absences that count as going on though the last day has passed and nothing prolongs them."""
    next_part = Absence.objects.visible_to(actor).filter(
        STANDING, employer=OuterRef("employer"), person=OuterRef("person"), since=OuterRef("until")
    )
    return absences(actor).filter(~Exists(next_part), state=State.OPEN, until__lte=on)


def absence_of(actor: Actor, uid: UUID) -> Absence:
    """Return the last version of the absence behind an address: of a version or a document."""
    rows = Absence.objects.visible_to(actor)
    row: Absence | None = rows.filter(CURRENT, document=uid).first()
    if row is not None:
        return row
    found = find(Absence, actor, uid)
    current: Absence | None = rows.filter(CURRENT, document=found.document).first()
    return current or found


def history_of(actor: Actor, absence: Absence) -> QuerySet[Absence]:
    """Return all versions of an absence, the newest first."""
    rows: QuerySet[Absence] = Absence.objects.visible_to(actor).filter(document=absence.document)
    return rows.order_by("-pk")


def chain_of(actor: Actor, absence: Absence) -> QuerySet[Absence]:
    """Return the primary absence and its prolongations, the first one first."""
    rows: QuerySet[Absence] = Absence.objects.visible_to(actor).filter(STANDING, case=absence.case)
    return rows.order_by("since", "pk")


def medical_of(actor: Actor, documents: Iterable[UUID]) -> dict[UUID, AbsenceMedical]:
    """Return the medical parts of absences for those who may read them, in one query."""
    rows = AbsenceMedical.objects.visible_to(actor).filter(CURRENT, document__in=list(documents))
    return {row.document: row for row in rows.select_related("clinic")}


def known_places(persons: Iterable[int], employers: Iterable[int], numbers: Iterable[str]) -> list[Place]:
    """Return the standing absences of people at employers and those with these numbers, as periods."""
    rows = Absence.objects.unscoped("days and numbers are compared with everything that is written")
    at = Q(employer__in=set(employers))
    wanted = at & (Q(person__in=set(persons)) | Q(number__in={number for number in numbers if number}))
    return [place_of(row) for row in rows.filter(STANDING).filter(wanted)]


def place_of(row: Absence) -> Place:
    """Return a row as a period."""
    return Place(
        person=row.person_id,
        employer=row.employer_id,
        document=row.document,
        case=row.case,
        kind=row.kind,
        since=row.since,
        until=row.until,
        state=row.state,
        number=row.number,
        reason=row.reason,
        reason_more=row.reason_more,
        basis=row.basis,
        key=row.pk,
    )
