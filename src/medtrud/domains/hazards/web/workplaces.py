"""Workplaces with their factors and classes."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.http import HttpResponse
from django.urls import reverse

from medtrud.engines.store.public import today
from medtrud.engines.ui.public import (
    Button,
    Chip,
    Column,
    DayField,
    Request,
    Search,
    Select,
    Tab,
    attempt,
    cells,
    done,
    form_page,
    listing,
    needs,
    page,
    plain,
)
from medtrud.kernel.text import sort_key
from medtrud.registries.organizations import public as organizations
from medtrud.registries.organizations.public import (
    Workplace,
    divisions,
    employments_on,
    organization_of,
    posts,
    workplace_of,
    workplaces,
)

from ..models import WorkplaceFactor
from ..queries import (
    classes_of,
    classes_valid_on,
    codes_in_use,
    exposure_at,
    factors_of,
    factors_valid_on,
    rows_named,
)
from ..types import Exposure, classes
from .forms import WorkplaceForm, choices, placed, uid_of


class _About:
    """What a page of workplaces shows beside the rows: asked once."""

    def __init__(self, request: Request, rows: list[Workplace], on: dt.date) -> None:
        ids = [row.pk for row in rows]
        self.exposure = exposure_at(request.actor, ids, on=on)
        jobs = employments_on(request.actor, employer=rows[0].employer_id, on=on).order_by()
        heads = jobs.filter(workplace__in=ids).values_list("workplace").annotate(heads=Count("pk"))
        self.heads: dict[int, int] = dict(heads)


def factor_chips(exposure: Exposure | None) -> list[Chip]:
    """Return the factors with their names for a cell or a header."""
    return [Chip(factor.code, factor.title) for factor in exposure.factors] if exposure else []


def class_tag(code: str) -> object:
    """Mark a class: harmful and dangerous ones stand out in words and colour."""
    if not code:
        return cells.DASH
    row = classes()[code]
    return cells.tag(code, "warn" if row.harmful else "ok")


@needs("hazards.workplace_list")
def workplace_list(request: Request) -> HttpResponse:
    """Show the workplaces with their factors and classes."""
    actor, on = request.actor, today()
    employer = organization_of(actor).pk
    annex = rows_named(on)
    codes = [
        (code, f"{code} {annex[code].short}" if code in annex else code)
        for code in codes_in_use(actor, employer=employer, on=on)
    ]
    units = [(row.pk, row.path) for row in divisions(actor, employer=employer)]
    mine = factors_valid_on(on).filter(employer=employer)
    bare = ~Q(pk__in=mine.values("workplace"))
    return listing(
        request,
        workplaces(actor, employer=employer, closed=True),
        title="Рабочие места",
        noun="рабочее место,рабочих места,рабочих мест",
        columns=(
            Column("title", "Рабочее место", _link, "title_key", "title", "name"),
            Column("number", "Номер", lambda row, _: row.number, "number", "aside", "narrow"),
            Column("division", "Подразделение", plain("division")),
            Column("post", "Должность", plain("post")),
            Column(
                "factors",
                "Факторы и работы",
                lambda row, about: cells.chips(factor_chips(about.exposure.get(row.pk))),
            ),
            Column(
                "heads",
                "Работников",
                lambda row, about: cells.number(about.heads.get(row.pk, 0)),
                width="number",
            ),
            Column("class", "Класс", _class, role="state", width="state"),
        ),
        tabs=(
            Tab("going", "Действуют", Q(until__isnull=True)),
            Tab("bare", "Без факторов", Q(until__isnull=True) & bare),
            Tab("closed", "Закрыты", Q(until__isnull=False)),
        ),
        whole="",
        filters=(
            Select("division", "Все подразделения", units),
            Select(
                "factor",
                "Все факторы",
                codes,
                where=lambda code: Q(pk__in=mine.filter(code=code).values("workplace")),
            ),
            Select(
                "class",
                "Все классы",
                [(code, f"{code} {row.title}") for code, row in classes().items()],
                where=lambda code: Q(
                    pk__in=classes_valid_on(on).filter(employer=employer, sout_class=code).values("workplace")
                ),
            ),
        ),
        search=Search("Название или номер", _named),
        order="title",
        about=lambda rows: _About(request, rows, on),
        buttons=(Button("Добавить рабочее место", reverse("hazards:workplace_open"), "plus"),),
        empty="Рабочих мест ещё нет. Добавьте их или загрузите список работников с факторами.",
    )


def _link(row: Workplace, about: _About) -> object:
    return cells.link(row.title, reverse("hazards:workplace_show", args=[row.uid]))


def _class(row: Workplace, about: _About) -> object:
    exposure = about.exposure.get(row.pk)
    return class_tag(exposure.sout_class) if exposure else cells.DASH


def _named(rows: Any, text: str) -> Any:
    return rows.filter(Q(title_key__contains=sort_key(text)) | Q(number__startswith=text.strip()))


@needs("hazards.workplace_show")
def workplace_show(request: Request, uid: UUID) -> HttpResponse:
    """Show a workplace: factors and class of a day, and how they came about."""
    actor, on = request.actor, _day(request)
    row = workplace_of(actor, uid)
    exposure = exposure_at(actor, [row.pk], on=on).get(row.pk, Exposure())
    history = list(factors_of(actor, workplace=row.pk))
    named = rows_named(on)
    own = row.employer_id == actor.organization
    return page(
        request,
        "hazards/workplace_show.html",
        title=str(row),
        row=row,
        on=on,
        is_today=on == today(),
        factors=[
            (each, named[each.code].short if each.code in named else each.code)
            for each in history
            if _covers(each, on)
        ],
        exposure=exposure,
        sout_class=class_tag(exposure.sout_class),
        class_title=classes()[exposure.sout_class].title if exposure.sout_class else "",
        history=[(each, named[each.code].short if each.code in named else "") for each in history],
        class_history=classes_of(actor, workplace=row.pk),
        may_change=own and actor.may("hazards.factor_set") and row.until is None,
    )


def _covers(row: WorkplaceFactor, on: dt.date) -> bool:
    return row.since <= on and (row.until is None or row.until > on)


def _day(request: Request) -> dt.date:
    """Return the day asked for, or today."""
    try:
        asked: dt.date | None = DayField(label="Дата", required=False).clean(request.GET.get("on", ""))
    except ValueError:
        asked = None
    return asked or today()


@needs("organizations.workplace_open")
def workplace_open(request: Request) -> HttpResponse:
    """Add a workplace."""
    employer = organization_of(request.actor).pk
    form = WorkplaceForm(
        request.POST or None,
        initial={"since": today()},
        divisions=choices(divisions(request.actor, employer=employer)),
        posts=placed(posts(request.actor, employer=employer)),
    )

    def act(facts: dict[str, Any]) -> Workplace:
        facts |= {"division": uid_of(facts["division"]), "post": uid_of(facts["post"])}
        return organizations.workplace_open(request.actor, employer=employer, **facts)

    back = reverse("hazards:workplace_list")
    if row := attempt(form, act):
        return done(request, "Рабочее место добавлено. Укажите факторы.", "hazards:workplace_show", row.uid)
    return form_page(request, form, title="Новое рабочее место", action="Добавить", back=back)
