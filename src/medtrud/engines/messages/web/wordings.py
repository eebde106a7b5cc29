"""With which words people are told: what is shipped, what the operator wrote, and back."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import path, reverse

from medtrud.engines.store.public import today
from medtrud.engines.ui.public import DayField, Request, TextField, attempt, done, form_page, needs, page

from .. import actions
from ..queries import wording_line, wording_lines


class WordingForm(forms.Form):
    """New words of a kind, from a day on."""

    title = TextField(label="Тема", max_length=200, hint="Только она уходит в письме за пределы продукта.")
    text = TextField(label="Текст", rows=5)
    since = DayField(label="Действует с")


class DayForm(forms.Form):
    """The day from which the shipped words serve again."""

    since = DayField(label="Действует с")


@needs("messages.wording_set")
def wording_list(request: Request) -> HttpResponse:
    """Show every kind of notice with the words in force."""
    return page(request, "messages/wordings.html", title="Тексты сообщений", lines=wording_lines(today()))


@needs("messages.wording_set")
def wording_set(request: Request, kind: str) -> HttpResponse:
    """Word a kind anew."""
    line = wording_line(kind, today())
    given = {"title": line.title, "text": line.text, "since": today()}
    form = WordingForm(request.POST or None, initial=given)
    form.fields["text"].help_text = line.hint

    def change(facts: dict[str, Any]) -> object:
        return actions.wording_set(request.actor, kind=kind, **facts)

    if attempt(form, change):
        return done(request, "Текст записан. Отправленные сообщения не меняются.", "messages:wording_list")
    back = reverse("messages:wording_list")
    return form_page(request, form, title=line.kind.title, lead=kind, action="Записать", back=back)


@needs("messages.wording_reset")
def wording_reset(request: Request, kind: str) -> HttpResponse:
    """Go back to the shipped words."""
    line = wording_line(kind, today())
    form = DayForm(request.POST or None, initial={"since": today()})
    if attempt(form, lambda facts: actions.wording_reset(request.actor, kind=kind, since=facts["since"])):
        return done(request, "Снова действует текст поставки.", "messages:wording_list")
    return form_page(
        request, form, "messages/wording_reset.html", fragment="", title=f"Вернуть текст: {line.kind.title}",
        action="Вернуть", back=reverse("messages:wording_list"), line=line,
    )  # fmt: skip


urlpatterns = [
    path("wordings/", wording_list, name="wording_list"),
    path("wordings/<str:kind>/", wording_set, name="wording_set"),
    path("wordings/<str:kind>/reset/", wording_reset, name="wording_reset"),
]
