"""Approving and returning the changes of the contingent."""

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from medtrud.engines.access.public import accounts_seated
from medtrud.engines.journal.public import record
from medtrud.engines.messages.public import message_send
from medtrud.engines.store.public import action, copy_rows, now
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.errors import Refused

from ..models import ContingentLine, ContingentReturn, ContingentTally
from ..queries.contingent_changes import CHANGES, ENTERS, LEAVES, ContingentChange, contingent_changes

WHY = "a job counts for every employer"
LINE = (
    "employer_id", "employment_id", "codes", "sout_class", "months", "since", "approved_at", "account",
)  # fmt: skip


@action
def contingent_approve(actor: Actor, *, on: dt.date, employments: Sequence[UUID] | None = None) -> int:
    """Approve changes of the contingent, all of them or the named ones; return how many."""
    chosen = _chosen(actor, on, employments)
    employer, at = actor.organization, now()
    ids = [each.employment for each in chosen if each.was]
    lines = ContingentLine.objects.visible_to(actor).filter(employment__in=ids, until__isnull=True)
    lines.update(until=on)
    copy_rows(
        ContingentLine,
        LINE,
        [
            (employer, each.employment, list(each.now.codes), each.now.sout_class, each.now.months, on, at,
             actor.account)
            for each in chosen if each.now
        ],
    )  # fmt: skip
    _count(actor, on)
    record(actor, "exams.contingent_approve", employer=employer, on=on, count=len(chosen))
    return len(chosen)


@action
def contingent_return(actor: Actor, *, on: dt.date, employments: Sequence[UUID], reason: str) -> int:
    """Return changes with a reason: they stay in the list until the conditions of work are corrected."""
    text = " ".join(reason.split())
    if not text:
        raise Refused("Не сказано, почему изменение возвращается. Впишите причину.")
    chosen = _chosen(actor, on, employments)
    ContingentReturn.objects.visible_to(actor).bulk_create(
        ContingentReturn(
            employer_id=actor.organization or 0,
            employment_id=each.employment,
            state=str(each.now or "выбывает"),
            reason=text[:300],
            returned_at=now(),
        )
        for each in chosen
    )
    _count(actor, on)
    record(actor, "exams.contingent_return", employer=actor.organization, on=on, count=len(chosen))
    return len(chosen)


@action
def contingent_touch(actor: Actor, *, employer: int | None = None) -> None:
    """Mark that the contingent of an employer, or of each of them, may be another than it was counted.

    Not journaled: a mark for the next count.
    """
    rows = ContingentTally.objects.unscoped(WHY)
    if employer is None:
        rows.update(stale=True)
    elif not rows.filter(employer=employer).update(stale=True):
        rows.bulk_create([ContingentTally(employer_id=employer)], ignore_conflicts=True)


@action
def contingent_tallies(actor: Actor, *, on: dt.date) -> int:
    """Count the changes of the employers events have touched and tell their desks once; return how many."""
    rows = ContingentTally.objects.unscoped(WHY).filter(stale=True).select_for_update(of=("self",))
    told = 0
    for row in rows.order_by("pk"):
        before = row.told
        _save(row, contingent_changes(actor, employer=row.employer_id, on=on))
        if row.waiting and row.told != before:
            _tell(actor, row, on)
            told += 1
    record(actor, "exams.contingent_tallies", None, told=told)
    return told


def _count(actor: Actor, on: dt.date) -> None:
    """Count what is left after a decision; the person at the desk is not told of his own work."""
    employer = actor.organization or 0
    row = ContingentTally.objects.visible_to(actor).filter(employer=employer).first()
    row = row or ContingentTally(employer_id=employer)
    _save(row, contingent_changes(actor, employer=employer, on=on))


def _save(row: ContingentTally, found: Sequence[ContingentChange]) -> None:
    waiting = [each for each in found if not each.returned]
    counts = Counter(each.kind for each in waiting)
    row.enters, row.leaves, row.changes = counts[ENTERS], counts[LEAVES], counts[CHANGES]
    said = sorted(f"{each.employment} {each.kind} {each.now}" for each in waiting)
    row.told = hashlib.blake2b("\n".join(said).encode(), digest_size=16).hexdigest() if said else ""
    row.stale, row.counted_at = False, now()
    row.save()


def _tell(actor: Actor, row: ContingentTally, on: dt.date) -> None:
    text = f"Входят: {row.enters}, выбывают: {row.leaves}, меняются: {row.changes}. Утвердите или верните."
    for account in accounts_seated(Role.EMPLOYER, on, organization=row.employer_id):
        message_send(
            actor, account=account, kind="exams.contingent_changed", text=text,
            link="/exams/contingent/changes/",
        )  # fmt: skip


def _chosen(actor: Actor, on: dt.date, employments: Sequence[UUID] | None) -> list[ContingentChange]:
    if actor.organization is None:
        raise Refused("Контингент утверждает работодатель. Выберите его рабочее место.")
    found = contingent_changes(actor, employer=actor.organization, on=on)
    if employments is None:
        return found
    wanted = set(employments)
    chosen = [each for each in found if each.uid in wanted]
    if not chosen:
        raise Refused("Эти изменения уже утверждены или отменились. Обновите страницу.")
    return chosen
