"""Reading subscriptions and the journal of exchange."""

import datetime as dt
import json
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from medtrud.engines.signing.public import unseal
from medtrud.engines.store.public import find
from medtrud.kernel.actor import Actor
from medtrud.registries.organizations.public import Organization

from .models import Hook, Sending
from .types import HookState, Parcel, SendingState

WHY = "sending serves every organisation that subscribed"


def hooks(actor: Actor) -> QuerySet[Hook]:
    """Return the subscriptions of the seat, the newest first."""
    rows: QuerySet[Hook] = Hook.objects.visible_to(actor)
    return rows.select_related("organization").order_by("-pk")


def hook_of(actor: Actor, uid: UUID) -> Hook:
    """Return one subscription; a stranger gets 404."""
    found = find(Hook, actor, uid)
    row: Hook = hooks(actor).get(pk=found.pk)
    return row


def sendings(actor: Actor, hook: Hook) -> QuerySet[Sending]:
    """Return what was sent to a subscription with every try, the newest first."""
    rows: QuerySet[Sending] = Sending.objects.visible_to(actor).filter(hook=hook)
    return rows.prefetch_related("attempts").order_by("-pk")


def sending_of(actor: Actor, uid: UUID) -> Sending:
    """Return one sending; a stranger gets 404."""
    return find(Sending, actor, uid)


def counts_of(actor: Actor, ids: Iterable[int]) -> dict[int, tuple[int, int]]:
    """Return how much was delivered and how much is parked, by subscription, in one query."""
    rows = Sending.objects.visible_to(actor).filter(hook__in=list(ids)).order_by().values("hook")
    counted = rows.annotate(
        done=Count("pk", filter=Q(state=SendingState.DONE)),
        parked=Count("pk", filter=Q(state=SendingState.PARKED)),
    )
    return {row["hook"]: (row["done"], row["parked"]) for row in counted}


def hooks_for(kind: str, parties: Iterable[int]) -> list[Hook]:
    """Return the active subscriptions of these organisations to a kind of event."""
    rows = Hook.objects.unscoped(WHY).filter(state=HookState.ACTIVE, organization__in=list(parties))
    return list(rows.filter(kinds__contains=[kind]).order_by("pk"))


def organization_uids(ids: Iterable[int]) -> dict[int, UUID]:
    """Return the uids of organisations: keys do not leave the product."""
    rows = Organization.objects.unscoped("an organisation is no secret for its own counterparty")
    return dict(rows.filter(pk__in=list(ids)).values_list("pk", "uid"))


def sending_locked(uid: UUID) -> Sending | None:
    """Return a sending that nobody else tries now, with its subscription."""
    rows = Sending.objects.unscoped(WHY).select_for_update(of=("self",)).select_related("hook")
    row: Sending | None = rows.filter(uid=uid).first()
    return row


def sendings_due(at: dt.datetime) -> QuerySet[Sending]:
    """Return the sendings whose pause is over."""
    rows: QuerySet[Sending] = Sending.objects.unscoped(WHY)
    due = rows.filter(state=SendingState.WAITING, next_at__lte=at)
    return due.select_for_update(skip_locked=True).order_by("pk")


def parcel_of(row: Sending) -> Parcel:
    """Return what leaves for a sending."""
    hook = row.hook
    body = json.dumps(row.payload, ensure_ascii=False, sort_keys=True).encode()
    secret = unseal(bytes(hook.box), hook.uid.bytes, hook.box_key)
    return Parcel(row.uid, hook.url, row.kind, body, secret)
