"""People by their forecasts: whom to look at first."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.urls import path, reverse

from medtrud.engines.ui.public import (
    Button,
    Column,
    Days,
    Request,
    Search,
    Select,
    Tab,
    cells,
    listing,
    needs,
)
from medtrud.registries.people.public import names_of, persons_search

from ..models import Forecast
from ..queries.forecasts import current_forecasts, shown_of
from ..queries.gather import plan
from ..queries.texts import SYSTEMS


@needs("risk.forecast_list")
def forecast_list(request: Request) -> HttpResponse:
    """Show the latest forecasts of the people the seat sees, the worst first."""
    actor = request.actor
    models = [(model.code, model.declared.title) for model in plan()]
    return listing(
        request,
        current_forecasts(actor).select_related("person"),
        title="Прогнозы риска",
        noun="прогноз,прогноза,прогнозов",
        columns=(
            Column("person", "Работник", _link, "person__name_rank", "title", "name"),
            Column("model", "Прогноз", lambda row, _: _title(row)),
            Column("figure", "Показатель", lambda row, _: row.figure or cells.DASH, width="number"),
            Column("system", "Система органов", lambda row, _: SYSTEMS[row.system], role=""),
            Column("on", "На день", lambda row, _: cells.day(row.on), "on", "aside", "date"),
            Column("category", "Категория", lambda row, _: _category(row), role="state", width="state"),
        ),
        whole="",
        tabs=(
            Tab("bad", "Высокий риск", Q(tone="bad")),
            Tab("warn", "Требуют внимания", Q(tone="warn")),
            Tab("lacking", "Не хватает данных", Q(status__in=["missing_inputs", "out_of_range"])),
            Tab("all", "Все", Q()),
        ),
        filters=(
            Select("model", "Все прогнозы", models, where=lambda code: Q(model=code)),
            Select("system", "Все системы органов", list(SYSTEMS.items()), where=lambda code: Q(system=code)),
            Days("on", "На день", "on"),
        ),
        search=Search("ФИО или СНИЛС", lambda rows, text: _named(request, rows, text)),
        order="-on",
        about=lambda rows: names_of(actor, [row.person_id for row in rows]),
        buttons=(Button("Каталог моделей", reverse("risk:model_list"), "books"),),
        empty="Прогнозов ещё нет. Они появляются после осмотра; откройте карту работника и рассчитайте их.",
    )


def _named(request: Request, rows: QuerySet[Forecast], text: str) -> QuerySet[Forecast]:
    return rows.filter(person__in=persons_search(request.actor, text))


def _link(row: Forecast, names: Any) -> object:
    name = names.get(row.person_id)
    return cells.link(name.full if name else "—", reverse("risk:forecasts", args=[row.person.uid]))


def _title(row: Forecast) -> str:
    shown = shown_of(row)
    return shown.declared.title if shown else row.model


def _category(row: Forecast) -> object:
    shown = shown_of(row)
    if shown is None or not shown.computed:
        return cells.tag("нет данных", "")
    return cells.tag(shown.category, row.tone) if shown.category else cells.DASH


urlpatterns = [path("", forecast_list, name="forecast_list")]
