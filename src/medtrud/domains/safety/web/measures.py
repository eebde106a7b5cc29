"""The plan of measures, and one of them with its steps and its effect."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpResponse
from django.urls import reverse

from medtrud.domains.hazards.public import rows_named
from medtrud.engines.store.public import today
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
    page,
    plain,
)
from medtrud.kernel.actor import Actor
from medtrud.registries.organizations.public import divisions, organization_of
from medtrud.registries.people.public import names_of

from ..models import Measure
from ..queries import effect_of, measure_of, measures, readings_of
from ..queries.measures import OPEN, Effect, late
from ..types import MEASURE_STATES, MeasureState, Moment, controls
from ..types.words import STEPS

TONES = {
    MeasureState.PLANNED: "info",
    MeasureState.GOING: "warn",
    MeasureState.DONE: "ok",
    MeasureState.CANCELLED: "",
}

LEVELS = [(row.code, f"{row.rank}. {row.title}") for row in controls().values()]


@needs("safety.measure_list")
def measure_list(request: Request) -> HttpResponse:
    """Show the plan: what is late first."""
    actor, on = request.actor, today()
    units = [(row.pk, row.path) for row in divisions(actor, employer=organization_of(actor).pk)]
    return listing(
        request,
        measures(actor),
        title="Мероприятия по условиям труда",
        noun="мероприятие,мероприятия,мероприятий",
        columns=(
            Column(
                "title",
                "Мероприятие",
                lambda row, _: cells.link(row.title, url_of(row)),
                role="title",
                width="grow",
            ),
            Column("number", "Номер", plain("number"), width="narrow"),
            Column("control", "Уровень", lambda row, _: controls()[row.control].title, "rank"),
            Column("factor", "Фактор", plain("factor"), width="narrow"),
            Column("place", "Где", lambda row, _: row.workplace or row.division or cells.DASH),
            Column("person", "Ответственный", _person),
            Column("due", "Срок", lambda row, _: cells.day(row.due_on), "due_on", "aside", "date"),
            Column("state", "Состояние", lambda row, _: state_tag(row, on), role="state", width="state"),
        ),
        tabs=(
            Tab("late", "Просрочены", late(on)),
            Tab("open", "В плане и в работе", Q(state__in=OPEN)),
            Tab("done", "Выполнены", Q(state=MeasureState.DONE)),
            Tab("cancelled", "Сняты", Q(state=MeasureState.CANCELLED)),
        ),
        filters=(
            Select("control", "Все уровни", LEVELS),
            Select("division", "Все подразделения", units),
            Days("due", "Срок", "due_on"),
        ),
        search=Search(
            "Слова или номер",
            lambda rows, text: rows.filter(title__icontains=text) | rows.filter(number=text),
        ),
        order="due",
        about=lambda rows: names_of(actor, [row.person_id for row in rows if row.person_id]),
        buttons=(
            Button("Запланировать", reverse("safety:measure_add"), "plus"),
            Button(
                "Загрузить план", reverse("exchange:import_upload", args=["measures"]), "file-spreadsheet"
            ),
            Button("Печать плана", reverse("safety:plan_print"), "file-download"),
        ),
        empty="Мероприятий ещё нет. Запланируйте первое или загрузите план из таблицы.",
    )


def _person(row: Measure, names: dict[int, Any]) -> object:
    name = names.get(row.person_id or 0)
    return name.short if name else cells.DASH


def url_of(row: Measure) -> str:
    """Return the address of a measure."""
    return reverse("safety:measure", args=[row.uid])


def state_tag(row: Measure, on: Any) -> object:
    """Mark the state; what is late says so."""
    state = MeasureState(row.state)
    if row.state in OPEN and row.due_on < on:
        return cells.tag(f"просрочено {(on - row.due_on).days} дн.", "bad")
    return cells.tag(MEASURE_STATES[state], TONES[state])


@needs("safety.measure_list")
def measure(request: Request, uid: UUID) -> HttpResponse:
    """Show one measure: what, where, who, what it changed."""
    actor, on = request.actor, today()
    row = measure_of(actor, uid)
    names = names_of(actor, [row.person_id] if row.person_id else [])
    effect = effect_of(actor, row)
    return page(
        request,
        "safety/measure.html",
        title=row.title,
        lead=row.number,
        row=row,
        state=state_tag(row, on),
        facts=_facts(actor, row, names),
        control=controls()[row.control],
        levels=controls().values(),
        readings=[
            (each, "до" if each.moment == Moment.BEFORE else "после", level(each.value))
            for each in readings_of(actor, row)
        ],
        effect=effect,
        effect_words=effect_words(effect),
        steps=[(each, STEPS.get(each.step, each.step)) for each in row.steps.order_by("-pk")],
        open=row.state in OPEN,
        planned=row.state == MeasureState.PLANNED,
        incident_url=reverse("safety:incident", args=[row.incident.uid]) if row.incident else "",
    )


def effect_words(effect: Effect | None) -> str:
    """Say what a measure changed."""
    if effect is None:
        return ""
    change = level(abs(effect.change))
    if effect.better is None:
        return "Уровень не изменился."
    how = "снизился" if effect.change < 0 else "вырос"
    return (
        f"Уровень {how} на {change} {effect.after.unit}: {'стало лучше' if effect.better else 'стало хуже'}."
    )


def _facts(actor: Actor, row: Measure, names: dict[int, Any]) -> list[tuple[str, object]]:
    annex = rows_named(today())
    factor = f"{row.factor} {annex[row.factor].short}" if row.factor in annex else row.factor
    known: list[tuple[str, object]] = [
        ("Подразделение", row.division),
        ("Рабочее место", row.workplace),
        ("Вредный фактор", factor),
        ("Ответственный", names[row.person_id].full if row.person_id in names else ""),
        ("Срок", cells.day(row.due_on)),
        ("Первый срок", cells.day(row.first_due_on) if row.first_due_on != row.due_on else ""),
        ("Выполнено", cells.day(row.done_on) if row.done_on else ""),
        ("Затраты по плану", money(row.cost_kopecks)),
        ("Израсходовано", money(row.spent_kopecks)),
        ("Источник средств", row.funding),
        ("Улучшатся условия, человек", row.people),
        ("Основание", row.basis),
        ("Результат", row.result),
    ]
    return [(title, str(value)) for title, value in known if value not in (None, "")]


def level(value: Decimal) -> str:
    """Return a measured level without the zeros of its column."""
    return f"{value:f}".rstrip("0").rstrip(".").replace(".", ",")


def money(kopecks: int | None) -> str:
    """Return roubles."""
    return "" if kopecks is None else f"{cells.number(kopecks / 100, 2)} ₽"
