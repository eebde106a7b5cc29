"""Screens of subscriptions, of an organisation and of the security administrator; journal of exchange."""

from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Q
from django.http import HttpResponse
from django.urls import path, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from medtrud.engines.ui.public import (
    Button,
    Column,
    Request,
    Tab,
    TextField,
    attempt,
    cells,
    done,
    form_page,
    listing,
    needs,
    page,
)
from medtrud.kernel.actor import Actor

from . import actions
from .models import Hook
from .queries import counts_of, hook_of, hooks, sendings
from .types import KINDS, TITLES, HookState, SendingState

SHOWN = 50


class HookForm(forms.Form):
    """A new subscription."""

    url = TextField(
        label="Адрес получателя", max_length=500, span=2,
        hint="https://… Получатель отвечает 2xx и проверяет подпись HMAC-SHA256.",
    )  # fmt: skip
    kinds = forms.MultipleChoiceField(
        label="О чём сообщать", choices=list(KINDS.items()), widget=forms.CheckboxSelectMultiple()
    )


class ReasonForm(forms.Form):
    """Why an address is not admitted."""

    reason = TextField(label="Причина", max_length=300, hint="Организация увидит её.")


@needs("webhooks.hook_list")
def hook_list(request: Request) -> HttpResponse:
    """Show the subscriptions of the organisation; to the security administrator, everybody's."""
    actor = request.actor
    may_open = actor.may("webhooks.hook_open")
    return listing(
        request,
        hooks(actor),
        title="События для внешних систем",
        noun="подписка,подписки,подписок",
        columns=(
            Column("url", "Адрес", _link, role="title", width="name"),
            Column("organization", "Организация", lambda row, _: str(row.organization)),
            Column(
                "kinds",
                "События",
                lambda row, _: ", ".join(KINDS[k].lower() for k in row.kinds if k in KINDS),
            ),
            Column(
                "sent", "Доставлено", lambda row, n: cells.number(n.get(row.pk, (0, 0))[0]), width="number"
            ),
            Column(
                "parked",
                "Не доставлено",
                lambda row, n: cells.number(n.get(row.pk, (0, 0))[1]),
                width="number",
            ),
            Column("state", "Состояние", _state, role="state", width="state"),
        ),
        tabs=(
            Tab("asked", "Ждут допуска", Q(state=HookState.ASKED)),
            Tab("active", "Действуют", Q(state=HookState.ACTIVE)),
            Tab("past", "Прежние", Q(state__in=[HookState.DECLINED, HookState.STOPPED])),
        ),
        about=lambda rows: counts_of(actor, [row.pk for row in rows]),
        buttons=[Button("Новая подписка", reverse("webhooks:hook_open"), "plus", "KeyN")] if may_open else (),
        empty="Подписок нет. Другая система может узнавать о направлениях, заключениях и актах сразу.",
    )


@never_cache
@needs("webhooks.hook_open")
def hook_open(request: Request) -> HttpResponse:
    """Subscribe an address; the key is shown once."""
    form = HookForm(request.POST or None, initial={"kinds": list(KINDS)})
    made = attempt(form, lambda facts: actions.hook_open(request.actor, **facts))
    if made:
        row, secret = made
        return page(request, "webhooks/secret.html", title="Ключ подписи", hook=row, secret=secret)
    back = reverse("webhooks:hook_list")
    return form_page(request, form, title="Новая подписка", action="Подписаться", back=back)


@needs("webhooks.hook_list")
def hook(request: Request, uid: UUID) -> HttpResponse:
    """Show one subscription and its journal of exchange."""
    actor, row = request.actor, hook_of(request.actor, uid)
    state = HookState(row.state)
    return page(
        request,
        "webhooks/hook.html",
        title="Подписка на события",
        lead=row.url,
        hook=row,
        state=state,
        facts=[
            ("Организация", str(row.organization)),
            ("События", ", ".join(KINDS[kind].lower() for kind in row.kinds if kind in KINDS)),
            ("Заведена", cells.moment(row.asked_at)),
            *([("Решено", cells.moment(row.decided_at))] if row.decided_at else []),
            *([("Причина", row.reason)] if row.reason else []),
        ],
        sendings=[
            (s, SendingState(s.state), TITLES.get(s.kind, s.kind)) for s in sendings(actor, row)[:SHOWN]
        ],
        plain=row.url.startswith("http://"),
        can=_can(actor, state),
    )


@require_POST
@needs("webhooks.hook_approve")
def hook_approve(request: Request, uid: UUID) -> HttpResponse:
    """Admit an address."""
    actions.hook_approve(request.actor, hook=uid)
    return done(request, "Подписка допущена: события уходят по адресу.", "webhooks:hook", uid)


@needs("webhooks.hook_decline")
def hook_decline(request: Request, uid: UUID) -> HttpResponse:
    """Do not admit an address."""
    row = hook_of(request.actor, uid)
    form = ReasonForm(request.POST or None)
    if attempt(form, lambda facts: actions.hook_decline(request.actor, hook=uid, **facts)):
        return done(request, "Подписка не допущена.", "webhooks:hook", uid)
    back = reverse("webhooks:hook", args=[uid])
    return form_page(request, form, title="Не допускать", lead=row.url, action="Не допускать", back=back)


@require_POST
@needs("webhooks.hook_stop")
def hook_stop(request: Request, uid: UUID) -> HttpResponse:
    """Stop a subscription."""
    actions.hook_stop(request.actor, hook=uid)
    return done(request, "Подписка остановлена.", "webhooks:hook", uid)


@require_POST
@needs("webhooks.hook_try")
def hook_try(request: Request, uid: UUID) -> HttpResponse:
    """Send a ping."""
    actions.hook_try(request.actor, hook=uid)
    return done(
        request, "Проверочное событие отправляется. Обновите страницу.", "webhooks:hook", uid, tone="info"
    )


@require_POST
@needs("webhooks.sending_repeat")
def sending_repeat(request: Request, uid: UUID) -> HttpResponse:
    """Try a parked sending again."""
    row = actions.sending_repeat(request.actor, sending=uid)
    return done(request, "Событие отправляется снова.", "webhooks:hook", row.hook.uid, tone="info")


def _can(actor: Actor, state: HookState) -> dict[str, bool]:
    """Tell which buttons the page shows: by the state and the rights of the seat."""
    return {
        "approve": state == HookState.ASKED and actor.may("webhooks.hook_approve"),
        "decline": state == HookState.ASKED and actor.may("webhooks.hook_decline"),
        "stop": state in (HookState.ASKED, HookState.ACTIVE) and actor.may("webhooks.hook_stop"),
        "ping": state == HookState.ACTIVE and actor.may("webhooks.hook_try"),
        "repeat": state == HookState.ACTIVE and actor.may("webhooks.sending_repeat"),
    }


def _link(row: Hook, _: Any) -> object:
    return cells.link(row.url, reverse("webhooks:hook", args=[row.uid]))


def _state(row: Hook, _: Any) -> object:
    state = HookState(row.state)
    return cells.tag(state.title_ru, state.tone)


app_name = "webhooks"
urlpatterns = [
    path("", hook_list, name="hook_list"),
    path("new/", hook_open, name="hook_open"),
    path("<uuid:uid>/", hook, name="hook"),
    path("<uuid:uid>/approve/", hook_approve, name="hook_approve"),
    path("<uuid:uid>/decline/", hook_decline, name="hook_decline"),
    path("<uuid:uid>/stop/", hook_stop, name="hook_stop"),
    path("<uuid:uid>/try/", hook_try, name="hook_try"),
    path("sendings/<uuid:uid>/repeat/", sending_repeat, name="sending_repeat"),
]
