"""The worker's own forecasts: in plain words, with what can be changed."""

from django.http import HttpResponse
from django.urls import path

from medtrud.domains.record.public import own_card
from medtrud.engines.paper.public import form_render
from medtrud.engines.store.public import today
from medtrud.engines.ui.public import Request, needs, page
from medtrud.kernel.errors import NotFound
from medtrud.registries.people.public import Person, ids_of

from ..queries.forecasts import forecasts_of
from ..queries.printed import for_worker, forecast_form
from .faces import pdf

NOBODY = "К вашей учётной записи не привязана карта работника. Её привязывает администратор безопасности."


@needs("risk.own_list")
def own_list(request: Request) -> HttpResponse:
    """Show a worker what his examinations and his work may lead to."""
    card = _card(request)
    rows = for_worker(forecasts_of(request.actor, ids_of(card.pk)))
    return page(
        request,
        "risk/own.html",
        title="Прогноз здоровья",
        said=[row for row in rows if row.computed],
        lacking=[row for row in rows if not row.computed],
    )


@needs("risk.own_list")
def own_print(request: Request) -> HttpResponse:
    """Print the own forecasts."""
    card = _card(request)
    return pdf(
        form_render("risk/forecast.typ", forecast_form(request.actor, card, on=today())),
        "Прогноз здоровья.pdf",
    )


def _card(request: Request) -> Person:
    card = own_card(request.actor)
    if card is None:
        raise NotFound(NOBODY)
    return card


urlpatterns = [
    path("mine/", own_list, name="own_list"),
    path("mine/paper/", own_print, name="own_print"),
]
