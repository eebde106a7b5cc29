"""Writing down work before the first record; a correction keeps what stood before."""

import dataclasses
import datetime as dt
from uuid import UUID

from medtrud.engines.journal.public import record
from medtrud.engines.store.public import action, find, keep, now
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused
from medtrud.registries.people.public import current_person, person_of

from ..models import PastJob
from ..queries.exposure_facts import jobs_told
from ..rules.past import Busy, past_checked
from ..types.past import PastJobIn, past_number
from .exposure import exposures_recount

COUNTING = Actor.job("подсчёт экспозиции")


@action
def past_job_add(actor: Actor, *, person: UUID, job: PastJobIn, on: dt.date) -> PastJob:
    """Write an earlier job with its conditions, by a document; the exposure is counted again."""
    card = person_of(actor, person)
    row = _written(actor, current_person(card.pk), job, on)
    keep(row)
    _count(row, on, "прежняя работа по документу")
    record(actor, "hazards.past_job_add", row, person=row.person_id)
    return row


@action
def past_job_change(actor: Actor, *, past_job: UUID, job: PastJobIn, on: dt.date) -> PastJob:
    """Correct an earlier job: the new version holds, the old one stays to be read."""
    old = _locked(actor, past_job)
    row = _written(actor, old.person_id, job, on, replaces=old)
    _end(old, "исправлено")
    keep(row)
    _count(row, on, "исправлена прежняя работа")
    record(actor, "hazards.past_job_change", row, person=row.person_id)
    return row


@action
def past_job_withdraw(actor: Actor, *, past_job: UUID, why: str, on: dt.date) -> PastJob:
    """Take back an earlier job written by mistake; it stays to be read and holds no more."""
    if not why.strip():
        raise Refused("Запись о прежней работе снимают с причиной. Укажите, что в ней было неверно.")
    row = _locked(actor, past_job)
    _end(row, why.strip())
    _count(row, on, "снята прежняя работа")
    record(actor, "hazards.past_job_withdraw", row, person=row.person_id)
    return row


def _locked(actor: Actor, uid: UUID) -> PastJob:
    found = find(PastJob, actor, uid)
    row: PastJob = PastJob.objects.visible_to(actor).select_for_update(of=("self",)).get(pk=found.pk)
    if row.ended_at is not None:
        raise Refused("Эту запись уже исправили или сняли. Откройте список прежних работ заново.")
    return row


def _end(row: PastJob, why: str) -> None:
    row.ended_at, row.ended_why = now(), why
    keep(row, "ended_at", "ended_why")


def _written(
    actor: Actor, person: int, job: PastJobIn, on: dt.date, replaces: PastJob | None = None
) -> PastJob:
    mine = past_number(replaces.pk) if replaces else 0
    told = jobs_told([person], on=on + dt.timedelta(days=1))
    busy: list[Busy] = [
        (each.title, each.since, each.until or dt.date.max) for each in told if each.id != mine
    ]
    said = past_checked(job, busy, on)
    return PastJob(
        person_id=person,
        employer=said.employer.strip(),
        post=said.post.strip(),
        since=said.since,
        until=said.until,
        sout_class=said.sout_class,
        factors=[dataclasses.asdict(each) for each in said.factors],
        document=said.document.strip(),
        clinic_id=actor.organization,
        replaces=replaces,
    )


def _count(row: PastJob, on: dt.date, cause: str) -> None:
    exposures_recount(COUNTING, persons=[row.person_id], on=on, cause=cause)
