"""One absence: recorded, changed, closed, cancelled."""

import datetime as dt
from dataclasses import replace
from uuid import UUID

from django.db.models.functions import Now

from medtrud.engines.background.public import publish
from medtrud.engines.journal.public import record
from medtrud.engines.store.public import action
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import NotFound, Refused

from ..models import Absence
from ..queries import absence_of
from ..rules import Asked
from ..types import AbsenceChanged, NewAbsence, State
from .writing import asked_of, entry_withdrawn, job_needed, judged, refuse, said, write


@action
def absence_add(actor: Actor, *, absence: NewAbsence) -> Absence:
    """Record an absence; a sick leave that begins where another of its kind ends prolongs it."""
    asked = _asked(actor, absence)
    job_needed(actor, asked.place)
    verdict = judged([asked])[0]
    refuse(actor, verdict)
    if verdict.verb == "change" and verdict.known is not None:
        raise Refused(f"Это отсутствие уже записано: {said(verdict.known)}. Откройте его и исправьте там.")
    if verdict.verb == "same" and verdict.known is not None:
        return absence_of(actor, verdict.known.document)
    if verdict.lonely:
        raise Refused(
            f"Продолжение с {asked.place.since:%d.%m.%Y} ничего не продолжает: накануне "
            "не закончился ни один листок. Запишите сначала первичный листок или отметьте этот как первичный."
        )
    row = write([(verdict, absence)])[0]
    record(actor, "absences.absence_add", row.document, kind=row.kind, reason=row.reason, since=row.since)
    return row


@action
def absence_change(actor: Actor, *, absence: UUID, facts: NewAbsence) -> Absence:
    """Replace an absence by a corrected version; the former one stays in the history."""
    known = _current(actor, absence)
    facts = replace(facts, person=known.person_id, employer=known.employer_id)
    asked = asked_of(facts, document=known.document, case=known.case)
    job_needed(actor, asked.place)
    verdict = judged([asked])[0]
    refuse(actor, verdict)
    if verdict.verb == "same":
        return known
    if verdict.known is None or verdict.known.document != known.document:
        raise Refused(f"Листок {asked.place.number} уже записан отдельно. Сверьте номер.")
    row = write([(verdict, facts)])[0]
    record(actor, "absences.absence_change", row.document, kind=row.kind, since=row.since, until=row.until)
    return row


@action
def absence_close(actor: Actor, *, absence: UUID, until: dt.date) -> Absence:
    """Record that a person is back; `until` is his first day at work."""
    known = _current(actor, absence)
    if known.state != State.OPEN:
        raise Refused("Отсутствие уже закрыто. Если последний день записан неверно, исправьте запись.")
    row = absence_change(
        actor, absence=known.document, facts=replace(_facts(known), until=until, going_on=False)
    )
    record(actor, "absences.absence_close", row.document, until=until)
    return row


@action
def absence_cancel(actor: Actor, *, absence: UUID, why: str) -> Absence:
    """Cancel an absence written by mistake or annulled by the issuer; its days count no more."""
    known = _current(actor, absence)
    Absence.objects.visible_to(actor).filter(pk=known.pk).update(replaced_at=Now())
    row = Absence(
        **{name: getattr(known, name) for name in COPIED}, state=State.CANCELLED, basis=why or known.basis
    )
    row.save()
    publish(AbsenceChanged(row.person_id, row.since, row.until))
    entry_withdrawn(row)
    record(actor, "absences.absence_cancel", row.document, since=row.since, until=row.until)
    return row


COPIED = (
    "person_id", "employer_id", "document", "case", "number", "kind", "reason", "reason_more",
    "since", "until",
)  # fmt: skip


def _asked(actor: Actor, new: NewAbsence) -> Asked:
    asked = asked_of(new)
    if new.continues is None:
        return asked
    before = _current(actor, new.continues)
    if before.person_id != new.person or before.employer_id != new.employer:
        raise NotFound("Листок, который продолжается, не найден. Возможно, он относится к другому работнику.")
    if before.until != new.since:
        raise Refused(
            f"Продолжение начинается не на следующий день после листка, который оно продолжает. "
            f"Первый день продолжения должен быть {before.until:%d.%m.%Y}."
            if before.until
            else "Листок, который продолжается, ещё открыт. Укажите его последний день."
        )
    return replace(asked, continues=before.case)


def _current(actor: Actor, uid: UUID) -> Absence:
    row = absence_of(actor, uid)
    if row.replaced_at is not None or row.state == State.CANCELLED:
        raise Refused("Отсутствие аннулировано, его нельзя изменить. Запишите новое.")
    return row


def _facts(row: Absence) -> NewAbsence:
    return NewAbsence(
        person=row.person_id,
        employer=row.employer_id,
        since=row.since,
        until=row.until,
        kind=row.kind,
        reason=row.reason,
        reason_more=row.reason_more,
        number=row.number,
        basis=row.basis,
    )
