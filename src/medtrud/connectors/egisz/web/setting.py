"""How a clinic speaks to the registry: the address, its numbers, the schemas, the codes of posts."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse, reverse_lazy
from django.views.decorators.cache import never_cache

from medtrud.engines.messages.public import site_address
from medtrud.engines.store.public import today
from medtrud.engines.ui.public import (
    ComboField,
    FlagField,
    Request,
    Section,
    TextField,
    attempt,
    done,
    form_page,
    needs,
    page,
)

from .. import actions
from ..drivers.places import schemas_folder
from ..drivers.schemas import schema_of
from ..queries import exchange_of
from ..queries.posts import posts_of
from ..types.semd import KIND

POSTS: Any = reverse_lazy("reference:code_search", args=["posts"])


class ExchangeForm(forms.Form):
    """The settings."""

    sections = (
        Section("Организация", ("oid",), columns=2),
        Section("Сервис реестра", ("address", "system", "on"), columns=2),
    )
    oid = TextField(
        label="OID медицинской организации", max_length=100,
        hint="Из федерального реестра медицинских организаций, например 1.2.643.5.1.13.13.12.2.35.3255.",
    )  # fmt: skip
    address = TextField(
        label="Адрес сервиса", max_length=500, required=False, hint="Шлюз или сам сервис: https://…"
    )
    system = TextField(
        label="Идентификатор системы",
        max_length=100,
        required=False,
        hint="clientEntityId, его выдают при подключении.",
    )
    on = FlagField(label="Отправлять заключения в реестр", required=False)


class PostForm(forms.Form):
    """The code of one position."""

    position = TextField(label="Должность в карточке сотрудника", max_length=200)
    code = ComboField(label="Должность по справочнику 11.1002", source=POSTS)


@never_cache
@needs("egisz.exchange_set")
def exchange_set(request: Request) -> HttpResponse:
    """Show and change the settings."""
    row = exchange_of(request.actor)
    known = {"oid": row.oid, "address": row.address, "system": row.system, "on": row.on} if row else {}
    form = ExchangeForm(request.POST or None, initial=known)
    if attempt(form, lambda facts: actions.exchange_set(request.actor, **facts)):
        return done(request, "Настройка обмена записана.", "egisz:exchange_set")
    return form_page(
        request,
        form,
        title="Настройка обмена с реестром",
        action="Записать",
        back=reverse("egisz:submission_list"),
        template="egisz/setting.html",
        schema=schema_of(schemas_folder(), KIND),
        kind=KIND,
        exchange=row,
        callback=f"{site_address()}{reverse('egisz:callback', args=[row.token])}" if row else "",
    )


@needs("egisz.exchange_set")
def post_list(request: Request) -> HttpResponse:
    """Show which row of the book each position of the clinic is."""
    return page(
        request,
        "egisz/posts.html",
        title="Должности для реестра",
        lead="справочник НСИ 11.1002",
        posts=posts_of(request.actor, on=today()),
    )


@needs("egisz.post_code_set")
def post_code_set(request: Request) -> HttpResponse:
    """Choose the row of a position."""
    form = PostForm(request.POST or None, initial={"position": request.GET.get("position", "")})
    if attempt(form, lambda facts: actions.post_code_set(request.actor, **facts)):
        return done(request, "Код должности записан.", "egisz:post_list")
    return form_page(request, form, title="Код должности", action="Записать", back=reverse("egisz:post_list"))
