"""Writing the journal, and what the security desk does with it."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from medtrud.engines.background.public import Job, job_start, publish
from medtrud.engines.background.types import to_json
from medtrud.engines.store.public import GuardedModel, action, gather, now, together
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refusal, Refused

from .models import Anchor, Head, Line, Suspicion, Watch
from .queries import (
    begun,
    head_begin,
    head_locked,
    lines_add,
    suspicion_of,
    suspicions_about,
    watch_of,
    watched,
    watches_active,
)
from .rules import BEGIN, digest, plain
from .types import Outcome, SuspicionRaised

BROKEN = (
    "Журнал действий повреждён, поэтому запись остановлена: ни одно действие не должно пройти без следа. "
    "Сообщите администратору безопасности; место покажет проверка «medtrud journal verify»."
)


@dataclass(frozen=True)
class _Entry:
    actor: Actor
    action: str
    outcome: Outcome
    object: UUID | None
    label: str
    facts: dict[str, Any]


def record(actor: Actor, action: str, obj: GuardedModel | UUID | None = None, /, **facts: object) -> None:
    """Write a line at the very end of the action: who did what with which object.

    Facts are few: keys, numbers, codes, dates. No names of people, no diagnoses. A bulk action
    writes one line with counts.
    """
    gather(_append, _entry(actor, action, Outcome.DONE, obj, facts))


def record_refusal(
    actor: Actor, action: str, obj: GuardedModel | UUID | None = None, /, **facts: object
) -> None:
    """Write a line about a refused attempt, in a transaction of its own: the attempt was rolled back."""
    with together():
        gather(_append, _entry(actor, action, Outcome.REFUSED, obj, facts))


def refusal_facts(error: Refusal) -> dict[str, object]:
    """Return what the journal keeps of a refusal: its text may name people, so the text stays out."""
    return {"kind": type(error).__name__, "status": error.status, "basis": error.basis}


def _entry(
    actor: Actor, action: str, outcome: Outcome, obj: GuardedModel | UUID | None, facts: dict[str, object]
) -> _Entry:
    uid, label = (obj.uid, obj._meta.label) if isinstance(obj, GuardedModel) else (obj, "")
    return _Entry(actor, action, outcome, uid, label, plain(to_json(facts)))


def _append(entries: list[_Entry]) -> None:
    """Append lines under the one lock of the chain; nothing is done after it in the transaction."""
    head = _head()
    if not head.genuine():
        raise Refused(BROKEN)
    moment = now()
    lines = []
    for number, entry in enumerate(entries, head.number + 1):
        line = _line(entry, number, moment, head.hash)
        line.hash = digest(line.covered())
        lines.append(line)
        head.number, head.hash = number, line.hash
    lines_add(lines)
    head.seal = head.seal_of()
    head.save(update_fields=["number", "hash", "seal"])


def _head() -> Head:
    head = head_locked()
    if head is None:
        if not begun():
            first = Head(number=0, hash=BEGIN)
            first.seal = first.seal_of()
            head_begin(first)
        head = head_locked()  # begun by us, or by somebody a moment ago
    if head is None:
        raise Refused(BROKEN)
    return head


def _line(entry: _Entry, number: int, moment: dt.datetime, previous: str) -> Line:
    actor = entry.actor
    return Line(
        number=number,
        at=moment,
        account=actor.account,
        name=plain(actor.name)[:200],
        role=actor.role.value,
        person=actor.person,
        organization=actor.organization,
        region=actor.region,
        action=entry.action,
        outcome=entry.outcome.value,
        object=entry.object,
        label=entry.label,
        facts=entry.facts,
        previous=previous,
    )


@action
def anchor_set(actor: Actor) -> Anchor | None:
    """Note where the chain stands; an unchanged chain needs no second note.

    Not journaled: a line would move the end that is being noted.
    """
    head = head_locked()
    if head is None or Anchor.objects.unscoped("the last note").filter(number=head.number).exists():
        return None
    if not head.genuine():
        raise Refused(BROKEN)
    anchor = Anchor(number=head.number, hash=head.hash, seal=head.seal, at=now())
    anchor.save()
    return anchor


@action
def line_export(actor: Actor, *, filters: dict[str, str]) -> Job:
    """Start a job that writes the lines of a filter into a file."""
    job = job_start(actor, job="journal.export", title="Выгрузка журнала действий", filters=filters)
    record(actor, "journal.line_export", job, **filters)
    return job


@action
def chain_verify(actor: Actor) -> Job:
    """Start a job that walks the whole chain."""
    job = job_start(actor, job="journal.verify", title="Проверка целости журнала")
    record(actor, "journal.chain_verify", job)
    return job


@action
def suspicion_close(actor: Actor, *, uid: UUID, note: str) -> Suspicion:
    """Write down what was found out; the same rule may notice the account again later."""
    suspicion = suspicion_of(actor, uid)
    if suspicion.closed_at is not None:
        raise Refused("Это подозрение уже разобрано. Вывод записан и не меняется.")
    if not note.strip():
        raise Refused("Вывод пуст. Напишите, что выяснено и что сделано.")
    suspicion.note, suspicion.closed_at = note.strip()[:500], now()
    suspicion.save(update_fields=["note", "closed_at"])
    record(actor, "journal.suspicion_close", suspicion)
    return suspicion


@action
def watch_change(actor: Actor, *, uid: UUID, times: int, minutes: int, is_active: bool) -> Watch:
    """Set how much is suspicious; the former numbers stay in the journal."""
    watch = watch_of(actor, uid)
    before = {"times": watch.times, "minutes": watch.minutes, "is_active": watch.is_active}
    watch.times, watch.minutes, watch.is_active = times, minutes, is_active
    watch.full_clean()
    watch.save(update_fields=["times", "minutes", "is_active"])
    record(
        actor,
        "journal.watch_change",
        watch,
        code=watch.code,
        before=before,
        after=[times, minutes, is_active],
    )
    return watch


@action
def suspicions_find(actor: Actor, *, at: dt.datetime) -> list[Suspicion]:
    """Let every rule look at the last minutes; each occasion is noticed once."""
    found = [
        Suspicion(watch=watch, at=at, **seen) for watch in watches_active() for seen in watched(watch, at=at)
    ]
    fresh = [suspicion for suspicion in found if _is_news(suspicion)]
    for suspicion in fresh:
        suspicion.save()
        publish(SuspicionRaised(suspicion.uid, suspicion.watch.code, suspicion.account, at))
        record(actor, "journal.suspicions_find", suspicion, rule=suspicion.watch.code, times=suspicion.times)
    return fresh


def _is_news(suspicion: Suspicion) -> bool:
    """Tell whether nobody is looking at it yet and no line of it was reported before."""
    earlier = suspicions_about(suspicion.watch, suspicion.account, suspicion.name)
    return all(row.closed_at is not None and row.last < suspicion.first for row in earlier)
