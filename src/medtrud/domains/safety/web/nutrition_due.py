"""Who is entitled to milk or nutrition by the conditions of his work, and who is given nothing."""

from typing import Any, NamedTuple

from django.db.models import Q
from django.http import HttpResponse
from django.urls import path, reverse
from django.utils.html import format_html

from medtrud.engines.store.public import today
from medtrud.engines.ui.public import Button, Column, Request, Select, Tab, cells, listing, needs
from medtrud.registries.organizations.public import Employment, organization_of
from medtrud.registries.people.public import names_of

from ..queries.nutrition import entitlements_of, nutrition_given, nutrition_jobs, nutrition_places
from ..types.nutrition import Entitled, Entitlement, portions_on
from .places import by_name, division_filter, place_cell, post_filter

KINDS = (("milk", "Молоко"), ("ration", "ЛПП"))


class _Page(NamedTuple):
    """What the cells of a page need: names and the right of each job."""

    names: dict[int, Any]
    rights: dict[int, Entitlement]


@needs("safety.nutrition_list")
def nutrition_list(request: Request) -> HttpResponse:
    """Show first who has the right and is given nothing; then of whom nothing is known."""
    actor, on = request.actor, today()
    employer = organization_of(actor).pk
    places = nutrition_places(actor, employer=employer, on=on)
    given = Q(nutrition_given(actor, on=on))

    def at(answer: Entitled, *kinds: str) -> Q:
        """Ask for the workplaces whose conditions answer so."""
        asked = kinds or [code for code, _ in KINDS]
        return Q(workplace__in=[
            place for found, each in places.items() for place in each
            if answer in {getattr(found, kind) for kind in asked}
        ])  # fmt: skip

    def about(rows: list[Employment]) -> _Page:
        told = entitlements_of(actor, rows, on=on)
        names = names_of(actor, [row.person_id for row in rows])
        return _Page(names, {row.employment: row for row in told})

    return listing(
        request,
        nutrition_jobs(actor, employer=employer, on=on, places=places),
        template="safety/nutrition.html",
        extra={"cautions": sorted({row.caution for row in portions_on(on).values() if row.caution})},
        title="Молоко и лечебно-профилактическое питание",
        noun="работник,работника,работников",
        columns=(
            Column("worker", "Работник", _worker, "person__name_rank", "title", "name"),
            Column("place", "Рабочее место", place_cell, "workplace__title_key"),
            Column("milk", "Молоко", lambda row, page: _right(page, row, "milk"), width="state"),
            Column("ration", "ЛПП", lambda row, page: _right(page, row, "ration"), width="state"),
            Column("why", "Почему", _why),
            Column("given", "Выдаётся", _given, role="state"),
        ),
        tabs=(
            Tab("bare", "Положено, не назначено", at(Entitled.YES) & ~given),
            Tab("yes", "Положено", at(Entitled.YES)),
            Tab("given", "Выдаётся", given),
            Tab("unknown", "Нет данных о праве", at(Entitled.UNKNOWN)),
            Tab("all", "Все во вредных условиях", Q()),
        ),
        whole="",
        filters=(
            Select("kind", "Что положено", KINDS, where=lambda kind: at(Entitled.YES, kind)),
            division_filter(actor, employer),
            post_filter(actor, employer),
        ),
        search=by_name(actor),
        order="worker",
        about=about,
        buttons=(
            Button("Ведомость месяца", reverse("safety:nutrition_month"), "table"),
            Button("Назначения", reverse("safety:grant_list"), "list-details"),
            Button(
                "Загрузить назначения",
                reverse("exchange:import_upload", args=["nutrition_grants"]),
                "file-spreadsheet",
            ),
        ),
        empty="Всем, кому положено по картам СОУТ, назначено. "
        "Кому выдаётся и о ком данных нет, говорят вкладки.",
    )


def _worker(row: Employment, page: _Page) -> object:
    name = page.names.get(row.person_id)
    title = name.full if name else "Карта закрыта"
    if not page.rights[row.pk].open:
        return title
    return cells.link(title, reverse("safety:nutrition_grant", args=[row.uid]))


def _right(page: _Page, row: Employment, kind: str) -> object:
    answer: Entitled = getattr(page.rights[row.pk].rights, kind)
    return cells.tag(answer.title_ru, answer.tone)


def _why(row: Employment, page: _Page) -> object:
    """Name the card; the reasons with their acts open on hover, focus and touch."""
    told = page.rights[row.pk]
    words = " ".join(f"{reason.text} ({reason.ref})." for reason in told.reasons)
    return cells.chip(f"карта {told.card}" if told.card else "класс условий", words)


def _given(row: Employment, page: _Page) -> object:
    told = page.rights[row.pk]
    if told.given:
        return cells.tag(told.given, "ok")
    if not told.open:
        return cells.DASH
    url = reverse("safety:nutrition_grant", args=[row.uid])
    return format_html('<a class="button flat small" href="{}">{}Назначить</a>', url, cells.icon("plus"))


urlpatterns = [path("nutrition/", nutrition_list, name="nutrition_list")]
