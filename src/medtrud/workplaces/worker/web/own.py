"""Work and its conditions, who opened the record, own data."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse

from medtrud.domains.hazards.public import classes, factors_on
from medtrud.domains.record.public import openings_of
from medtrud.engines.access.public import display_places
from medtrud.engines.journal.public import title_of
from medtrud.engines.store.public import today
from medtrud.engines.ui.public import Column, Request, cells, listing, needs, page
from medtrud.kernel.actor import Actor
from medtrud.registries.organizations.public import employments_of
from medtrud.registries.people.public import names_of

from ..queries import factor_names, own_name

LOOKED = Actor.job("the worker sees who opened his record")


@needs("worker.work")
def work(request: Request) -> HttpResponse:
    """Show the jobs with the factors and the class of each."""
    actor, on = request.actor, today()
    jobs = list(employments_of(actor, person=own_name(actor).id))
    met = factors_on(actor, [job.pk for job in jobs], on=on)
    rated = classes()
    shown = []
    for job in jobs:
        exposure = met.get(job.pk) if job.until is None or job.until > on else None
        shown.append(
            {
                "job": job,
                "factors": [(f.code, dict(factor_names([f.code], on))[f.code], f) for f in exposure.factors]
                if exposure
                else [],
                "sout_class": rated.get(exposure.sout_class) if exposure else None,
                "harmful_since": exposure.harmful_since if exposure else None,
            }
        )
    return page(request, "worker/work.html", title="Моя работа", jobs=shown)


@needs("worker.access_list")
def access_list(request: Request) -> HttpResponse:
    """Show who opened the record of this person; his own visits are left out."""
    actor = request.actor
    lines = openings_of(actor, own_name(actor).id).exclude(account=actor.account)
    return listing(
        request,
        lines,
        title="Кто открывал мою карту",
        noun="просмотр,просмотра,просмотров",
        columns=(
            Column("who", "Кто", _who, role="title"),
            Column("what", "Что", lambda row, _: title_of(row.action), role="line"),
            Column("at", "Когда", lambda row, _: cells.moment(row.at), "number", "aside", "date"),
            Column("outcome", "Исход", _outcome, role="state", width="state"),
        ),
        order="-at",
        about=_about,
        empty="Вашу карту пока никто не открывал. Каждое открытие врачом или комиссией появится здесь.",
    )


@needs("worker.card")
def card(request: Request) -> HttpResponse:
    """Lead to the card of the person himself."""
    return HttpResponseRedirect(reverse("people:card_open", args=[own_name(request.actor).uid]))


def _outcome(row: Any, _: object) -> object:
    return "" if row.outcome == "done" else cells.tag(row.outcome_title, "warn")


def _about(rows: Sequence[Any]) -> tuple[dict[int, Any], dict[int, str]]:
    names = names_of(LOOKED, {row.person for row in rows if row.person})
    return names, display_places(row.organization for row in rows)


def _who(row: Any, about: tuple[dict[int, Any], dict[int, str]]) -> object:
    names, places = about
    place = places.get(row.organization or 0, "")
    if row.person in names:
        return cells.joined([names[row.person].short, cells.muted(place or row.role_title)])
    return cells.joined([place or row.role_title, cells.muted(row.role_title if place else "")])


urlpatterns = [
    path("work/", work, name="work"),
    path("access/", access_list, name="access_list"),
    path("card/", card, name="card"),
]
