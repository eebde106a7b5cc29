"""The contingent (п. 21): workplaces with what obliges to an examination, for a day."""

import datetime as dt
from typing import Any

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.urls import path, reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from medtrud.domains.hazards.public import codes_in_use, factors_valid_on, workplaces_with
from medtrud.engines.background.public import job_start
from medtrud.engines.store.public import today
from medtrud.engines.ui.public import (
    Button,
    Chip,
    Column,
    Day,
    Request,
    Search,
    Select,
    Tab,
    cells,
    done,
    listing,
    needs,
)
from medtrud.kernel.text import sort_key
from medtrud.registries.organizations.public import (
    Workplace,
    divisions,
    employments_on,
    organization_of,
    workplaces,
)

from ..queries.employer_papers import contingent_form
from ..queries.filed import list_document
from ..queries.why import PlaceNeeds, months_at
from .answers import paper
from .faces import chips_of

Needs = dict[int, PlaceNeeds]
TITLE = "Контингент"


@needs("exams.contingent")
def contingent(request: Request) -> HttpResponse:
    """Show the workplaces with their factors, people and periodicity on the chosen day."""
    actor, asked = request.actor, Day("on", "На день", today())
    on, employer = asked.day_of(request), organization_of(actor).pk
    staff = employments_on(actor, employer=employer, on=on).filter(workplace=OuterRef("pk")).order_by()
    people = staff.values("workplace").annotate(n=Count("pk")).values("n")
    rows = workplaces(actor, employer=employer).annotate(people=Coalesce(Subquery(people), 0))
    harmful = factors_valid_on(on).filter(employer=employer).values("workplace")
    codes = chips_of(codes_in_use(actor, employer=employer, on=on), on)
    return listing(
        request,
        rows,
        template="exams/contingent.html",
        title=TITLE,
        noun="рабочее место,рабочих места,рабочих мест",
        columns=_columns(),
        tabs=(
            Tab("harmful", "С факторами", Q(pk__in=harmful)),
            Tab("none", "Без факторов", ~Q(pk__in=harmful)),
        ),
        filters=(
            asked,
            Select(
                "division", "Все подразделения", [(d.pk, d.path) for d in divisions(actor, employer=employer)]
            ),
            Select(
                "factor",
                "Все факторы",
                [(chip.code, f"{chip.code} {chip.name}") for chip in codes],
                where=lambda code: Q(pk__in=workplaces_with(actor, code=code, on=on).values("workplace")),
            ),
        ),
        search=Search(
            "Рабочее место или должность",
            lambda rows, text: rows.filter(
                Q(title_key__contains=sort_key(text)) | Q(post__title_key__contains=sort_key(text))
            ),
        ),
        order="title",
        about=lambda rows: months_at(actor, [row.pk for row in rows], on=on),
        buttons=(Button("Новая кампания", reverse("exams:campaign_open"), "calendar-plus"),),
        empty="Рабочих мест ещё нет. Загрузите список работников или заведите рабочие места.",
        extra={"query": urlencode({"on": f"{on:%d.%m.%Y}"})},
    )


def _columns() -> tuple[Column, ...]:
    return (
        Column("title", "Рабочее место", _link, "title_key", "title", "name"),
        Column("post", "Должность", lambda row, _: row.post or cells.DASH),
        Column("division", "Подразделение", lambda row, _: row.division or cells.DASH, role="wide"),
        Column("factors", "Факторы и работы", _factors, role=""),
        Column("class", "Класс", lambda row, n: _need(row, n, "class"), width="narrow"),
        Column("people", "Человек", lambda row, _: cells.number(row.people), "people", "aside", "number"),
        Column("months", "Периодичность", lambda row, n: _need(row, n, "months")),
        Column("subject", "Осмотр", lambda row, n: _need(row, n, "subject"), role="state", width="state"),
    )


def _link(row: Workplace, _: object) -> object:
    return cells.link(row.title, reverse("hazards:workplace_show", args=[row.uid]), note=row.number)


def _factors(row: Workplace, needs: Needs) -> object:
    need = needs.get(row.pk)
    if need is None:
        return cells.DASH
    return cells.chips([Chip(f.code, f.title) for f in need.exposure.factors])


def _need(row: Workplace, needs: Needs, what: str) -> object:
    need = needs.get(row.pk)
    if what == "class":
        return (need.exposure.sout_class if need else "") or cells.DASH
    if what == "months":
        months = need.months if need else None
        return f"раз в {cells.counted(months, 'месяц,месяца,месяцев')}" if months else cells.DASH
    return cells.tag("Обязателен", "info") if need and need.obliging else cells.tag("Не требуется")


@needs("exams.contingent_print")
def contingent_print(request: Request) -> HttpResponse:
    """Print the list of п. 21 for the chosen day."""
    on = Day("on", "На день", today()).day_of(request)
    employer = organization_of(request.actor).pk
    form = contingent_form(request.actor, employer=employer, on=on)
    kept = list_document("contingent", f"{form.heading} на {on:%d.%m.%Y}", employer, on)
    return paper(request.actor, "contingent", form, f"Контингент {on:%d.%m.%Y}.pdf", kept)


@require_POST
@needs("exams.contingent_table")
def contingent_table(request: Request) -> HttpResponse:
    """Begin the table of the list for the chosen day."""
    on: dt.date = Day("on", "На день", today()).day_of(request)
    facts: dict[str, Any] = {"on": on, "link": reverse("exams:contingent")}
    row = job_start(request.actor, job="exams.contingent_table", title=f"{TITLE} на {on:%d.%m.%Y}", **facts)
    return done(request, "Файл готовится.", "background:job_show", row.uid, tone="info")


urlpatterns = [
    path("contingent/", contingent, name="contingent"),
    path("contingent/print/", contingent_print, name="contingent_print"),
    path("contingent/table/", contingent_table, name="contingent_table"),
]
