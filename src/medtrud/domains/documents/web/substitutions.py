"""Who answers for whom."""

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpResponse
from django.urls import path, reverse

from medtrud.engines.access.public import colleagues
from medtrud.engines.store.public import today
from medtrud.engines.ui.public import (
    Button,
    Column,
    Request,
    Tab,
    attempt,
    cells,
    done,
    form_page,
    listing,
    needs,
)

from .. import actions
from ..models import Substitution
from ..queries.routes import substitutions
from .forms import DayForm, SubstitutionForm

GONE = "сотрудник уволен"


@needs("documents.substitution_list")
def substitution_list(request: Request) -> HttpResponse:
    """Show who answers for whom."""
    on = today()
    going = Q(ended_on__isnull=True, until__gt=on)
    return listing(
        request,
        substitutions(request.actor),
        title="Замещения",
        noun="замещение,замещения,замещений",
        columns=(
            Column("account", "Отсутствует", _who, "", "title", "name"),
            Column("substitute", "Замещает", lambda row, names: names.get(row.substitute, GONE)),
            Column("since", "С", lambda row, _: cells.day(row.since), "since", "aside", "date"),
            Column("until", "До", lambda row, _: cells.day(row.ended_on or row.until), width="date"),
            Column("reason", "Основание", lambda row, _: row.reason or cells.DASH),
        ),
        tabs=(Tab("going", "Действуют и будут", going), Tab("past", "Прошли", ~going)),
        order="-since",
        about=lambda rows: colleagues(request.actor, on),
        buttons=(Button("Новое замещение", reverse("documents:substitution_set"), "plus"),),
        empty="Никто никого не замещает. На время отпуска назначьте, кому идут документы.",
    )


@needs("documents.substitution_set")
def substitution_set(request: Request) -> HttpResponse:
    """Let a colleague answer for another."""
    form = SubstitutionForm(request.actor, today(), request.POST or None)

    def save(facts: dict[str, Any]) -> Substitution:
        facts = facts | {"account": int(facts["account"]), "substitute": int(facts["substitute"])}
        return actions.substitution_set(request.actor, **facts)

    if attempt(form, save):
        return done(request, "Замещение назначено.", "documents:substitution_list")
    back = reverse("documents:substitution_list")
    return form_page(request, form, title="Замещение", action="Назначить", back=back)


@needs("documents.substitution_end")
def substitution_end(request: Request, uid: UUID) -> HttpResponse:
    """End a substitution before its day."""
    form = DayForm(request.POST or None, initial={"on": today()})
    if attempt(form, lambda facts: actions.substitution_end(request.actor, substitution=uid, **facts)):
        return done(request, "Замещение прекращено.", "documents:substitution_list")
    back = reverse("documents:substitution_list")
    return form_page(request, form, title="Прекратить замещение", action="Прекратить", back=back)


def _who(row: Substitution, names: dict[int, str]) -> Any:
    name = names.get(row.account, GONE)
    if row.ended_on:
        return name
    return cells.link(name, reverse("documents:substitution_end", args=[row.uid]))


urlpatterns = [
    path("substitutions/", substitution_list, name="substitution_list"),
    path("substitutions/new/", substitution_set, name="substitution_set"),
    path("substitutions/<uuid:uid>/end/", substitution_end, name="substitution_end"),
]
