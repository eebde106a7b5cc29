"""Registers page by page: what was issued to whom, to whom milk or nutrition is given."""

import datetime as dt
from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.urls import path, reverse

from medtrud.engines.store.public import today
from medtrud.engines.ui.public import (
    Button,
    Column,
    Days,
    Request,
    Select,
    Tab,
    cells,
    listing,
    needs,
    plain,
)
from medtrud.kernel.dates import add_months
from medtrud.registries.organizations.public import in_force
from medtrud.registries.people.public import names_of

from ..models import NutritionGrant, PpeIssue
from ..queries.nutrition import grants, months_unwritten, titled
from ..queries.ppe import ppe_held, ppe_issues, ppe_items, ppe_outdated
from ..types.nutrition import portions_on
from .places import by_name


@needs("safety.ppe_issue_list")
def ppe_issue_list(request: Request) -> HttpResponse:
    """Show what was issued, to whom, until when; first what is worn beyond its term."""
    actor, on = request.actor, today()
    return listing(
        request,
        ppe_issues(actor).select_related("item", "certificate", "employment").order_by(),
        title="Журнал выдачи СИЗ",
        noun="выдача,выдачи,выдач",
        columns=(
            Column("worker", "Работник", _worn_by, "person__name_rank", "title", "name"),
            Column("item", "СИЗ", lambda row, _: row.item.title, "item__title_key"),
            Column("model", "Модель", plain("model")),
            Column(
                "quantity",
                "Количество",
                lambda row, _: f"{cells.number(row.quantity.normalize())} {row.item.unit}",
                width="number",
            ),
            Column("on", "Выдано", lambda row, _: cells.day(row.on), "on", "aside", "date"),
            Column("certificate", "Сертификат", lambda row, _: row.certificate.number),
            Column("due", "Заменить", lambda row, _: cells.day(row.due), "due", width="date"),
        ),
        tabs=(
            Tab("late", "Срок прошёл", Q(pk__in=ppe_outdated(actor, on=on).order_by().values("pk"))),
            Tab("held", "На руках", Q(pk__in=ppe_held(actor).order_by().values("pk"))),
        ),
        filters=(
            Select("item", "Все СИЗ", [(row.pk, row.title) for row in ppe_items(actor, closed=True)]),
            Days("on", "Выдано", "on"),
        ),
        search=by_name(actor),
        order="-on",
        about=lambda rows: names_of(actor, [row.person_id for row in rows]),
        buttons=(
            Button(
                "Загрузить таблицей",
                reverse("exchange:import_upload", args=["ppe_issues"]),
                "file-spreadsheet",
            ),
        ),
        empty="Выдач ещё нет. Выдайте СИЗ из списка «СИЗ: выдать и заменить» или загрузите журнал.",
    )


@needs("safety.nutrition_list")
def grant_list(request: Request) -> HttpResponse:
    """Show to whom milk or nutrition is given; first those whose last month nobody has recorded."""
    actor, on = request.actor, today()
    month = add_months(on.replace(day=1), -1)
    kinds = [(code, row.title) for code, row in portions_on(on).items()]
    return listing(
        request,
        grants(actor).order_by(),
        title="Молоко и ЛПП: назначения",
        noun="назначение,назначения,назначений",
        columns=(
            Column("worker", "Работник", _named, "person__name_rank", "title", "name"),
            Column("place", "Рабочее место", lambda row, _: str(row.employment.workplace or "—")),
            Column("kind", "Что выдаётся", lambda row, _: titled(row, on)),
            Column("since", "С", lambda row, _: cells.day(row.since), "since", "aside", "date"),
            Column("until", "По", lambda row, _: _last(row), "until", width="date"),
        ),
        tabs=(
            Tab(
                "late",
                f"{month:%m.%Y} не записан",
                Q(pk__in=months_unwritten(actor, month=month).order_by().values("pk")),
            ),
            Tab("going", "Выдаются", in_force(on)),
            Tab("past", "Прекращены", Q(until__lte=on)),
        ),
        filters=(Select("kind", "Всё", kinds), Days("since", "Назначено", "since")),
        search=by_name(actor),
        order="worker",
        about=lambda rows: names_of(actor, [row.person_id for row in rows]),
        buttons=(
            Button(
                f"Ведомость {month:%m.%Y}",
                f"{reverse('safety:nutrition_month')}?month={month:%Y-%m}",
                "table",
            ),
        ),
        empty="Назначений ещё нет. Назначьте выдачу из списка тех, кому она положена.",
    )


def _worn_by(row: PpeIssue, names: dict[int, Any]) -> object:
    name = names.get(row.person_id)
    url = reverse("safety:ppe_card", args=[row.employment.uid])
    return cells.link(name.full if name else "Карта закрыта", url)


def _named(row: NutritionGrant, names: dict[int, Any]) -> object:
    name = names.get(row.person_id)
    url = reverse("safety:nutrition_end", args=[row.uid])
    if name is None or row.until is not None:
        return name.full if name else cells.muted("карта закрыта")
    return cells.link(name.full, url)


def _last(row: NutritionGrant) -> str:
    return cells.day(row.until - dt.timedelta(days=1) if row.until else None)


urlpatterns = [
    path("ppe/issues/", ppe_issue_list, name="ppe_issue_list"),
    path("nutrition/grants/", grant_list, name="grant_list"),
]
