"""How big a file may be: what is shipped, what the operator decided, and back to what is shipped."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse

from medtrud.engines.store.public import today
from medtrud.engines.ui.public import DayField, NumberField, Request, attempt, done, form_page, needs, page

from .. import actions
from ..queries import limit_line, limit_lines

LARGEST = 10**9


class LimitForm(forms.Form):
    """A new value from a day on."""

    value = NumberField(label="Значение", low=1, high=LARGEST)
    since = DayField(label="Действует с")


class DayForm(forms.Form):
    """The day from which the shipped value serves again."""

    since = DayField(label="Действует с")


@needs("exchange.limit_set")
def limit_list(request: Request) -> HttpResponse:
    """Show every limit of the importer with the rows that change it."""
    return page(request, "exchange/limits.html", title="Пределы загрузки файлов", limits=limit_lines(today()))


@needs("exchange.limit_set")
def limit_set(request: Request, code: str) -> HttpResponse:
    """Set a limit from a day on."""
    line = limit_line(code, today())
    form = LimitForm(request.POST or None, initial={"value": line.value, "since": today()})

    def change(facts: dict[str, Any]) -> object:
        return actions.limit_set(request.actor, code=code, value=int(facts["value"]), since=facts["since"])

    if attempt(form, change):
        return done(request, "Предел записан.", "exchange:limit_list")
    return form_page(
        request, form, title=line.title, lead=f"при поставке {line.shipped}", action="Записать",
        back=reverse("exchange:limit_list"),
    )  # fmt: skip


@needs("exchange.limit_reset")
def limit_reset(request: Request, code: str) -> HttpResponse:
    """Go back to the shipped value from a day on."""
    line = limit_line(code, today())
    form = DayForm(request.POST or None, initial={"since": today()})
    if attempt(form, lambda facts: actions.limit_reset(request.actor, code=code, since=facts["since"])):
        return done(request, f"Снова действует значение поставки: {line.shipped}.", "exchange:limit_list")
    return form_page(
        request, form, title=f"Вернуть значение поставки: {line.title}", lead=f"будет {line.shipped}",
        action="Вернуть", back=reverse("exchange:limit_list"),
    )  # fmt: skip
