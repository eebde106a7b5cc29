"""The forecasts of one person before a doctor: figures with all that explains them."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from medtrud.engines.paper.public import form_render
from medtrud.engines.store.public import today
from medtrud.engines.ui.public import Request, cells, done, needs, page
from medtrud.registries.people.public import ids_of, person_of

from ..actions import forecasts_make as make
from ..actions import forecasts_open
from ..queries.forecasts import forecast_of, forecasts_of, history_of, links_of, shown_of
from ..queries.printed import forecast_form
from .faces import banner_of, by_system, not_made, pdf

NEW = "прогноз,прогноза,прогнозов"


@needs("risk.forecasts_open")
def forecasts(request: Request, person: UUID) -> HttpResponse:
    """Show the forecasts of a person; the opening is journaled."""
    card = forecasts_open(request.actor, person=person)
    rows = forecasts_of(request.actor, ids_of(card.pk))
    return page(
        request,
        "risk/forecasts.html",
        title="Прогнозы риска",
        banner=banner_of(request.actor, card),
        card=card,
        systems=by_system(rows),
        lacking=not_made(rows),
        may_make=request.actor.may("risk.forecasts_make"),
        empty=not rows,
        links=links_of(request.actor, card),
    )


@needs("risk.forecasts_open")
def forecast(request: Request, uid: UUID) -> HttpResponse:
    """Show one forecast with its derivation and all its earlier versions."""
    row = forecast_of(request.actor, uid)
    card = forecasts_open(request.actor, person=row.person.uid)
    shown = shown_of(row)
    return page(
        request,
        "risk/forecast.html",
        title=shown.declared.title if shown else row.model,
        banner=banner_of(request.actor, card, url=reverse("risk:forecasts", args=[card.uid])),
        shown=shown,
        row=row,
        back=reverse("risk:forecasts", args=[card.uid]),
        history=[each for each in map(shown_of, history_of(request.actor, row)[:50]) if each],
    )


@require_POST
@needs("risk.forecasts_make")
def forecasts_make(request: Request, person: UUID) -> HttpResponse:
    """Make the forecasts anew; only what has changed makes a new row."""
    count = make(request.actor, person=person, on=today())
    text = f"Новых: {cells.counted(count, NEW)}." if count else "Ничего не изменилось: прогнозы те же."
    return done(request, text, "risk:forecasts", person)


@needs("risk.forecast_print")
def forecast_print(request: Request, person: UUID) -> HttpResponse:
    """Print the forecasts in plain words for the worker."""
    card = person_of(request.actor, person)
    form = forecast_form(request.actor, card, on=today())
    return pdf(form_render("risk/forecast.typ", form), "Прогноз здоровья.pdf")


urlpatterns = [
    path("persons/<uuid:person>/", forecasts, name="forecasts"),
    path("persons/<uuid:person>/make/", forecasts_make, name="forecasts_make"),
    path("persons/<uuid:person>/paper/", forecast_print, name="forecast_print"),
    path("forecasts/<uuid:uid>/", forecast, name="forecast"),
]
