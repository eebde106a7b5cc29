"""The forecast for the worker: in plain words, on screen and on paper."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from medtrud.kernel.actor import Actor
from medtrud.kernel.text import begun_large, begun_small
from medtrud.registries.people.public import Person, ids_of, name_of

from .forecasts import Shown, forecasts_of

WORKER = "работник"


@dataclass(frozen=True)
class PaperLine:
    """One forecast in plain words."""

    title: str
    figure: str
    category: str
    plain: str
    interval: str
    source: str
    inputs: str
    cautions: tuple[str, ...]


@dataclass(frozen=True)
class PaperSystem:
    """The forecasts of one organ system."""

    title: str
    lines: tuple[PaperLine, ...]


@dataclass(frozen=True)
class ForecastForm:
    """The printed forecast of one person."""

    person: str
    born: dt.date
    on: dt.date
    systems: tuple[PaperSystem, ...]
    lacking: tuple[str, ...]


def for_worker(rows: Iterable[Shown]) -> list[Shown]:
    """Leave what is meant for the worker himself and says something in plain words."""
    return [row for row in rows if WORKER in row.declared.audience]


def forecast_form(actor: Actor, card: Person, *, on: dt.date) -> ForecastForm:
    """Gather the paper of a person from his stored forecasts."""
    name = name_of(actor, card.pk)
    rows = for_worker(forecasts_of(actor, ids_of(card.pk)))
    systems: dict[str, list[PaperLine]] = {}
    for row in rows:
        if row.computed:
            systems.setdefault(row.system, []).append(_line(row))
    return ForecastForm(
        name.full,
        name.birth_date,
        on,
        tuple(PaperSystem(title, tuple(lines)) for title, lines in systems.items()),
        tuple(f"{row.declared.title}: {lacks(row)}" for row in rows if not row.computed),
    )


def lacks(row: Shown) -> str:
    """Say why a forecast was not made."""
    if row.row.missing:
        return "не хватает – " + "; ".join(
            f"{begun_small(each['title'])} ({each['where']})" if each["where"] else begun_small(each["title"])
            for each in row.row.missing
        )
    return row.row.plain


def _line(row: Shown) -> PaperLine:
    inputs = "; ".join(inputs_of(row))
    source = "; ".join(source.text for source in row.declared.references)
    return PaperLine(
        row.declared.title,
        row.lead,
        row.category,
        row.row.plain,
        _interval(row.row.limits_text),
        f"{row.row.edition}. {source}",
        inputs,
        tuple(map(begun_large, row.declared.cautions)),
    )


def _interval(said: str) -> str:
    return begun_large(said) if said.startswith("интервал") else f"Интервал: {said}"


def inputs_of(row: Shown) -> list[str]:
    """Return the inputs in words: what, how much, when."""
    found = []
    for each in row.row.inputs:
        on = f", {dt.date.fromisoformat(each['on']):%d.%m.%Y}" if each["on"] else ""
        found.append(f"{begun_small(each['title'])}: {each['original'] or each['value']}{on}")
    return found
