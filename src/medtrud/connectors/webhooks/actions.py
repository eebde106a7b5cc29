"""Subscribing, admitting, sending; an event leaves from the `jobs` room, never from an action."""

import datetime as dt
import secrets
from collections.abc import Mapping, Sequence
from uuid import UUID

from medtrud.engines.background.public import publish
from medtrud.engines.journal.public import record
from medtrud.engines.signing.public import key_current, seal
from medtrud.engines.store.public import action, keep, keep_many, now
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused

from .models import Hook, Sending, Try
from .queries import hook_of, hooks_for, organization_uids, sending_locked, sending_of, sendings_due
from .rules import address_problem
from .types import KINDS, PAUSES, PING, Answer, HookDue, HookState, SendingState

LONGEST = 300


@action
def hook_open(actor: Actor, *, url: str, kinds: Sequence[str]) -> tuple[Hook, str]:
    """Subscribe an address to events; return the row and the signing key, which is shown once."""
    if actor.organization is None:
        raise Refused("Подписку заводит организация. Выберите её рабочее место.")
    if problem := address_problem(url):
        raise Refused(problem)
    wanted = [kind for kind in KINDS if kind in kinds]
    if not wanted:
        raise Refused("Не выбрано ни одно событие. Отметьте, о чём сообщать.")
    row = Hook(
        organization_id=actor.organization, url=url, kinds=wanted, asked_at=now(), asked_by=actor.account,
        box_key=key_current(),
    )  # fmt: skip
    secret = secrets.token_urlsafe(32)
    row.box = seal(secret.encode(), row.uid.bytes)
    keep(row)
    record(actor, "webhooks.hook_open", row, kinds=wanted, url=url)
    return row, secret


@action
def hook_approve(actor: Actor, *, hook: UUID) -> Hook:
    """Admit an address: from now on events leave for it."""
    return _decided(actor, hook, HookState.ACTIVE, "", "webhooks.hook_approve")


@action
def hook_decline(actor: Actor, *, hook: UUID, reason: str) -> Hook:
    """Admit an address not, with a reason that the organisation reads."""
    return _decided(actor, hook, HookState.DECLINED, reason, "webhooks.hook_decline")


@action
def hook_stop(actor: Actor, *, hook: UUID) -> Hook:
    """Stop a subscription; what still waits is parked. A new one gets a new key."""
    row = hook_of(actor, hook)
    if row.state not in (HookState.ASKED, HookState.ACTIVE):
        raise Refused(f"Подписка уже {HookState(row.state).title_ru}.")
    row.state, row.decided_at, row.decided_by = HookState.STOPPED, now(), actor.account
    row.save()
    waiting = Sending.objects.visible_to(actor).filter(hook=row, state=SendingState.WAITING)
    waiting.update(state=SendingState.PARKED, next_at=None)
    record(actor, "webhooks.hook_stop", row)
    return row


@action
def hook_try(actor: Actor, *, hook: UUID) -> Sending:
    """Send a ping to a subscription."""
    row = hook_of(actor, hook)
    _must_be_active(row)
    [sending] = _sent([row], PING, {})
    record(actor, "webhooks.hook_try", row)
    return sending


@action
def sending_repeat(actor: Actor, *, sending: UUID) -> Sending:
    """Try a parked sending again, from the first pause."""
    row = sending_of(actor, sending)
    if row.state != SendingState.PARKED:
        raise Refused("Повторяют только недоставленное. Обновите страницу.")
    _must_be_active(row.hook)
    row.state, row.tries, row.next_at = SendingState.WAITING, 0, None
    row.save(update_fields=["state", "tries", "next_at"])
    publish(HookDue(row.uid))
    record(actor, "webhooks.sending_repeat", row)
    return row


@action
def sendings_queue(
    actor: Actor, *, kind: str, parties: Mapping[str, int], facts: Mapping[str, object]
) -> int:
    """Write an event for every subscription of these organisations; return how many.

    Not journaled: the sendings are the trace.
    """
    rows = hooks_for(kind, parties.values())
    if not rows:
        return 0
    uids = organization_uids(parties.values())
    named = {name: str(uids[key]) for name, key in parties.items() if key in uids}
    return len(_sent(rows, kind, named | dict(facts)))


@action
def sendings_retry(actor: Actor, *, at: dt.datetime) -> int:
    """Put the sendings whose pause is over on their way again. Not journaled: the tries are the trace."""
    due = list(sendings_due(at))
    for row in due:
        row.next_at = None
        row.save(update_fields=["next_at"])
    publish(*(HookDue(row.uid) for row in due))
    return len(due)


@action
def sending_record(actor: Actor, *, sending: UUID, answer: Answer, at: dt.datetime) -> Sending | None:
    """Write how a try ended, and when the next one is. Not journaled: the try is the trace."""
    row = sending_locked(sending)
    if row is None or row.state != SendingState.WAITING:
        return row
    keep(Try(sending=row, at=at, status=answer.status, took_ms=answer.took_ms, error=answer.error[:LONGEST]))
    row.tries += 1
    if answer.taken:
        row.state, row.done_at, row.next_at = SendingState.DONE, at, None
    elif row.tries > len(PAUSES):
        row.state, row.next_at = SendingState.PARKED, None
    else:
        row.next_at = at + PAUSES[row.tries - 1]
    row.save(update_fields=["tries", "state", "done_at", "next_at"])
    return row


def _decided(actor: Actor, hook: UUID, state: HookState, reason: str, code: str) -> Hook:
    row = hook_of(actor, hook)
    if row.state != HookState.ASKED:
        raise Refused(f"По этой подписке решение уже есть: {HookState(row.state).title_ru}.")
    if row.asked_by is not None and row.asked_by == actor.account:
        raise Refused("Свою подписку не допускают. Попросите другого администратора безопасности.")
    row.state, row.reason, row.decided_at, row.decided_by = state, reason.strip(), now(), actor.account
    keep(row)
    record(actor, code, row, url=row.url)
    return row


def _sent(rows: Sequence[Hook], kind: str, facts: Mapping[str, object]) -> list[Sending]:
    at = now()
    made = [Sending(hook=row, organization_id=row.organization_id, kind=kind, created_at=at) for row in rows]
    for sending in made:
        sending.payload = {"id": str(sending.uid), "event": kind, "at": at.isoformat(), **facts}
    keep_many(made)
    publish(*(HookDue(sending.uid) for sending in made))
    return made


def _must_be_active(row: Hook) -> None:
    if row.state != HookState.ACTIVE:
        raise Refused(f"Подписка {HookState(row.state).title_ru}: отправлять нельзя.")
