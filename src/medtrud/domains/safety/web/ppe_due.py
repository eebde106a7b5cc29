"""To whom protective equipment is to be issued: the first list of the storekeeper, worker by worker."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db.models import Q
from django.http import HttpResponse
from django.urls import path, reverse
from django.utils.html import format_html_join

from medtrud.engines.store.public import today
from medtrud.engines.ui.public import (
    Button,
    Column,
    Request,
    Select,
    Tab,
    cells,
    listing,
    needs,
)
from medtrud.registries.organizations.public import Employment, organization_of
from medtrud.registries.people.public import names_of

from ..queries.ppe import ppe_items, ppe_jobs, ppe_lacking, ppe_lacks, ppe_late_on
from ..types.ppe import PpeDue, PpeNeed
from .places import by_name, division_filter, place_cell, post_filter

TABS = (
    ("", "Выдать и заменить"), (PpeNeed.NEVER, "Не выдано"), (PpeNeed.LATE, "Срок прошёл"),
    (PpeNeed.SOON, "Скоро заменить"),
)  # fmt: skip


class _Page(NamedTuple):
    """What the cells of a page need: names and what each of its jobs lacks."""

    names: dict[int, Any]
    lacks: dict[int, list[PpeDue]]


@needs("safety.ppe_due_list")
def ppe_due_list(request: Request) -> HttpResponse:
    """Show who lacks what by the norms of his workplace, and what is to be replaced soon."""
    actor, on = request.actor, today()
    employer = organization_of(actor).pk
    items = {str(row.pk): row.title for row in ppe_items(actor)}
    tab = request.GET.get("tab", "")
    item = request.GET.get("item", "")
    only = int(item) if item in items else None

    def about(rows: list[Employment]) -> _Page:
        lacks = ppe_lacks(actor, rows, employer=employer, on=on)
        return _Page(names_of(actor, [row.person_id for row in rows]), _shown(lacks, tab, only))

    return listing(
        request,
        ppe_jobs(actor, employer=employer, on=on).annotate(late_on=ppe_late_on(actor, on=on)),
        title="СИЗ: выдать и заменить",
        noun="работник,работника,работников",
        columns=(
            Column("worker", "Работник", _worker, "person__name_rank", "title", "name"),
            Column("place", "Рабочее место", place_cell, "workplace__title_key"),
            Column("items", "Что выдать", _items, role=""),
            Column("late", "Просрочено с", lambda row, _: cells.day(row.late_on), "late_on", "line", "date"),
            Column("state", "Состояние", _state, role="state", width="state"),
        ),
        # the item is part of each tab: «перчатки» and «не выдано» mean gloves that were not issued
        tabs=[
            Tab(
                need or "all",
                title,
                Q(ppe_lacking(actor, on=on, need=PpeNeed(need) if need else None, item=only)),
            )
            for need, title in TABS
        ],
        whole="",
        filters=(
            Select("item", "Все СИЗ", list(items.items()), where=lambda _: Q()),
            division_filter(actor, employer),
            post_filter(actor, employer),
        ),
        search=by_name(actor),
        order="worker",
        about=about,
        buttons=(
            Button("Журнал выдачи", reverse("safety:ppe_issue_list"), "history"),
            Button("Потребность", reverse("safety:ppe_demand"), "chart-bar"),
            Button("Каталог", reverse("safety:ppe_item_list"), "shield-check"),
            Button("Нормы", reverse("safety:ppe_norm_list"), "list-details"),
        ),
        empty="Всё выдано в срок. Когда подойдёт срок замены, работник появится здесь. "
        "Если норм ещё нет, запишите их.",
    )


def _shown(lacks: Sequence[PpeDue], tab: str, item: int | None) -> dict[int, list[PpeDue]]:
    """Return of each job what the tab and the filter ask for; the first tab leaves out what is due soon."""
    needed = {PpeNeed(tab)} if tab in set(PpeNeed) else {PpeNeed.NEVER, PpeNeed.LATE}
    found = defaultdict(list)
    for row in lacks:
        if row.need in needed and item in {None, row.item_id}:
            found[row.employment].append(row)
    return found


def _worker(row: Employment, page: _Page) -> object:
    name = page.names.get(row.person_id)
    return cells.link(name.full if name else "Карта закрыта", reverse("safety:ppe_card", args=[row.uid]))


def _items(row: Employment, page: _Page) -> object:
    """Name what is lacking; each leads to its issue."""
    url = reverse("safety:ppe_issue", args=[row.uid])
    return format_html_join(
        " ",
        '<a class="chip {}" href="{}?item={}" title="{}: {}">{} · {}</a>',
        (
            (lack.need.tone, url, lack.item_uid, lack.state, lack.basis, lack.item, lack.said)
            for lack in page.lacks.get(row.pk, [])
        ),
    )


def _state(row: Employment, page: _Page) -> object:
    counts = Counter(lack.need for lack in page.lacks.get(row.pk, []))
    words = {PpeNeed.NEVER: "не выдано", PpeNeed.LATE: "заменить", PpeNeed.SOON: "скоро"}
    tags = [cells.tag(f"{words[need]} {counts[need]}", need.tone) for need in PpeNeed if counts[need]]
    return cells.joined(tags)


urlpatterns = [path("ppe/", ppe_due_list, name="ppe_due_list")]
