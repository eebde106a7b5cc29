"""Subscriptions for other systems: what is shown on the screens."""

import datetime as dt
from typing import Any
from uuid import UUID

from ninja import Field, Router, Schema, Status

from medtrud.engines.store.public import keyset
from medtrud.engines.ui.public import Request, needs

from . import actions
from .models import Hook
from .queries import hook_of, hooks, sendings

router = Router(tags=["События для внешних систем"])


class HookOut(Schema):
    uid: UUID
    url: str
    kinds: list[str]
    state: str
    reason: str
    asked_at: dt.datetime


class HookMade(HookOut):
    secret: str = Field(description="ключ подписи HMAC-SHA256: показывается один раз")


class HookIn(Schema):
    url: str = Field(min_length=1, max_length=500)
    kinds: list[str] = Field(min_length=1, max_length=20)


class TryOut(Schema):
    at: dt.datetime
    status: int | None
    took_ms: int
    error: str


class SendingOut(Schema):
    uid: UUID
    kind: str
    payload: dict[str, Any]
    state: str
    tries: int
    created_at: dt.datetime
    next_at: dt.datetime | None
    done_at: dt.datetime | None
    attempts: list[TryOut]


class SendingPage(Schema):
    items: list[SendingOut]
    next: str


@router.get("/hooks", response=list[HookOut], url_name="hook_list")
@needs("webhooks.hook_list")
def hook_list(request: Request) -> list[Hook]:
    """Подписки организации, последние впереди."""
    return list(hooks(request.actor)[:200])


@router.post("/hooks", response={201: HookMade}, url_name="hook_open")
@needs("webhooks.hook_open")
def hook_open(request: Request, facts: HookIn) -> Status[dict[str, Any]]:
    """Подписать адрес на события; уходить они начнут, когда администратор безопасности допустит адрес."""
    row, secret = actions.hook_open(request.actor, url=facts.url, kinds=facts.kinds)
    plain = "uid", "url", "kinds", "state", "reason", "asked_at"
    return Status(201, {name: getattr(row, name) for name in plain} | {"secret": secret})


@router.post("/hooks/{uuid:uid}/stop", response=HookOut, url_name="hook_stop")
@needs("webhooks.hook_stop")
def hook_stop(request: Request, uid: UUID) -> Hook:
    """Остановить подписку."""
    return actions.hook_stop(request.actor, hook=uid)


@router.post("/hooks/{uuid:uid}/try", response=HookOut, url_name="hook_try")
@needs("webhooks.hook_try")
def hook_try(request: Request, uid: UUID) -> Hook:
    """Отправить проверочное событие."""
    actions.hook_try(request.actor, hook=uid)
    return hook_of(request.actor, uid)


@router.get("/hooks/{uuid:uid}/sendings", response=SendingPage, url_name="sending_list")
@needs("webhooks.hook_list")
def sending_list(request: Request, uid: UUID, after: str = "") -> dict[str, Any]:
    """Журнал обмена подписки с каждой попыткой, последнее впереди."""
    rows = sendings(request.actor, hook_of(request.actor, uid))
    found = keyset(rows, order=["-id"], after=after)
    items = [
        {name: getattr(row, name) for name in SendingOut.model_fields if name != "attempts"}
        | {"attempts": list(row.attempts.all())}
        for row in found.rows
    ]
    return {"items": items, "next": found.next}
