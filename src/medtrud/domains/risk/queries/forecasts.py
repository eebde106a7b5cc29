"""Reading stored forecasts."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, QuerySet

from medtrud.engines.store.public import find
from medtrud.kernel.actor import Actor
from medtrud.registries.people.public import Person

from ..kinds import models
from ..models import Forecast
from ..rules.personal import category_title
from ..types import Declaration
from .texts import LEVELS, SYSTEMS

Links = Callable[[Actor, Person], Iterable[tuple[str, str]]]
_links: list[Links] = []
LATEST = "the latest rows of people the caller has narrowed to those the actor sees"


@dataclass(frozen=True)
class Shown:
    """A forecast as a screen shows it."""

    row: Forecast
    declared: Declaration
    category: str
    system: str
    level: str

    @property
    def computed(self) -> bool:
        """Tell whether there is a figure or a category."""
        return self.row.status in {"computed", "computed_with_flags", "not_applicable"}

    @property
    def lead(self) -> str:
        """Return the figure, or the category where the model gives no figure."""
        return self.row.figure or self.category

    @property
    def flags(self) -> list[str]:
        """Return what is said of this figure only; what is said of every one stands with the model."""
        return [flag for flag in self.row.flags if flag not in self.declared.cautions]

    @property
    def inputs(self) -> list[dict[str, Any]]:
        """Return the inputs with their dates."""
        return [
            {**each, "day": dt.date.fromisoformat(each["on"]) if each["on"] else None}
            for each in self.row.inputs
        ]

    @property
    def facts(self) -> list[tuple[str, str]]:
        """Return what explains the figure."""
        said = self.declared
        pairs = [
            ("Формула", said.formula),
            ("Источник", "; ".join(f"{source.text} [{source.mark}]" for source in said.references)),
            ("Издание", self.row.edition + (f", вариант {self.row.variant}" if self.row.variant else "")),
            ("Основание", said.basis),
            ("Границы метода", said.validity),
            ("Интервал", self.row.limits_text.removeprefix("интервал ")),
        ]
        return [pair for pair in pairs if pair[1]]


def person_links_declare(fn: Links) -> None:
    """Take ways from the forecasts of a person to pages of a module above: (title, address)."""
    _links.append(fn)


def links_of(actor: Actor, card: Person) -> list[tuple[str, str]]:
    """Return the ways that modules above have declared."""
    return [link for fn in _links for link in fn(actor, card)]


def shown_of(row: Forecast) -> Shown | None:
    """Return a forecast with its declaration; a model that is gone is not shown."""
    model = models().get(row.model)
    if model is None:
        return None
    said = model.declared
    return Shown(row, said, category_title(said, row.category), SYSTEMS[row.system], LEVELS[row.level])


def forecasts_of(actor: Actor, person: Collection[int]) -> list[Shown]:
    """Return the latest forecast of each model about a person, in the order of organ systems."""
    rows = Forecast.objects.visible_to(actor).filter(person__in=person)
    last = rows.order_by().values("model").annotate(last=Max("pk")).values("last")
    found = [shown_of(row) for row in Forecast.objects.visible_to(actor).filter(pk__in=last)]
    order = list(SYSTEMS)
    return sorted(filter(None, found), key=lambda each: (order.index(each.row.system), each.row.model))


def current_forecasts(actor: Actor) -> QuerySet[Forecast]:
    """Return the latest forecast of each model about everybody the actor sees."""
    rows: QuerySet[Forecast] = Forecast.objects.visible_to(actor)
    newer = Forecast.objects.unscoped(LATEST).filter(
        person=OuterRef("person"), model=OuterRef("model"), pk__gt=OuterRef("pk")
    )
    return rows.filter(~Exists(newer))


def history_of(actor: Actor, row: Forecast) -> QuerySet[Forecast]:
    """Return all forecasts of the same model about the same person, newest first."""
    rows: QuerySet[Forecast] = Forecast.objects.visible_to(actor)
    return rows.filter(person=row.person_id, model=row.model).order_by("-pk")


def forecast_of(actor: Actor, uid: UUID) -> Forecast:
    """Return one forecast; a stranger gets 404."""
    return find(Forecast, actor, uid)


def last_digests(persons: Collection[int]) -> dict[tuple[int, str], tuple[str, str]]:
    """Return digest and category of the latest rows by person and model, for those who write new ones."""
    rows = Forecast.objects.unscoped(LATEST).filter(person__in=persons)
    last = rows.order_by().values("person", "model").annotate(last=Max("pk")).values("last")
    found = Forecast.objects.unscoped(LATEST).filter(pk__in=last)
    return {
        (person, model): (digest, category)
        for person, model, digest, category in found.values_list("person", "model", "digest", "category")
    }


def forecasted(people: Collection[int]) -> list[int]:
    """Return which of these people have forecasts."""
    rows = Forecast.objects.unscoped(LATEST).filter(person__in=people).order_by("person")
    return list(rows.values_list("person", flat=True).distinct())
