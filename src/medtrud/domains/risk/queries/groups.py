"""Group forecasts: how many people of a unit, a profession or a factor have each category; no names."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from medtrud.domains.hazards.public import code_key, exposure_at, rows_named
from medtrud.kernel.actor import Actor
from medtrud.registries.organizations.public import employments_valid_on

from ..models import Forecast
from ..rules import Model
from ..rules.groups import GroupRow, apart, distribution, level_of
from .texts import LEVELS, SYSTEMS

CUTS = {"division": "Подразделение", "post": "Профессия", "factor": "Фактор"}
COUNTED = "people are counted, small numbers are hidden, nobody is named"
COUNTING = Actor.job("групповой прогноз без имён")
COMPUTED = {"computed", "computed_with_flags", "not_applicable"}
NONE = "не указано"


@dataclass(frozen=True)
class Cut:
    """A table of groups by the categories of one model."""

    categories: tuple[tuple[str, str, str], ...]  # code, title, tone
    rows: tuple[GroupRow, ...]
    whole: GroupRow
    staff: int

    @property
    def span(self) -> int:
        """Return how many columns the categories and the bar take."""
        return len(self.categories) + 1


def group_of(model: Model, *, employer: int, cut: str, on: dt.date) -> Cut:
    """Return the distribution of one model over the groups of an employer's staff."""
    groups = _groups(employer, cut, on)
    staff = {person for people in groups.values() for person in people}
    category = {
        person: code
        for person, code, status in _latest(staff, model=model.code).values_list(
            "person", "category", "status"
        )
        if status in COMPUTED and code
    }
    bands = [(band.code, band.title, band.tone) for band in model.declared.bands]
    codes = {code: tone for code, _, tone in bands}
    rows = [
        distribution(title, Counter(category[p] for p in people if p in category), codes, len(people))
        for title, people in sorted(groups.items(), key=lambda item: _order(item[0], cut))
    ]
    whole = distribution("Всего", Counter(category.values()), codes, len(staff))
    return Cut(tuple(bands), tuple(apart(rows)), whole, len(staff))


def levels_of(*, employer: int, on: dt.date) -> Cut:
    """Return people by the worst level of prevention in each organ system."""
    staff = set(employments_valid_on(on).filter(employer=employer).values_list("person", flat=True))
    order = list(LEVELS)
    toned = dict(zip(order, ("ok", "warn", "bad"), strict=True))
    worst: dict[str, dict[int, str]] = defaultdict(dict)
    rows = _latest(staff).values_list("person", "system", "status", "tone", "level")
    for person, system, status, tone, level in rows:
        if status in COMPUTED:
            found = level_of(status, tone, level)
            before = worst[system].get(person, order[0])
            worst[system][person] = max(before, found, key=order.index)
    made = [
        distribution(title, Counter(worst[system].values()), toned, len(staff))
        for system, title in SYSTEMS.items()
        if worst[system]
    ]
    every: dict[int, str] = {}
    for people in worst.values():
        for person, level in people.items():
            every[person] = max(every.get(person, order[0]), level, key=order.index)
    heads = tuple((code, title, toned[code]) for code, title in LEVELS.items())
    whole = distribution("Худшая из систем", Counter(every.values()), toned, len(staff))
    return Cut(heads, tuple(made), whole, len(staff))


def _order(title: str, cut: str) -> tuple[bool, tuple[int, ...], str]:
    """Order factors as the annex does, the rest by name; what is not named stands last."""
    place: tuple[int, ...] = ()
    if cut == "factor" and title != NONE:
        place = code_key(title.split(maxsplit=1)[0])
    return title == NONE, place, title


def _latest(staff: Iterable[int], **more: str) -> QuerySet[Forecast]:
    rows: QuerySet[Forecast] = Forecast.objects.unscoped(COUNTED).filter(person__in=staff, **more)
    return rows.order_by("person", "model", "-pk").distinct("person", "model")


def _groups(employer: int, cut: str, on: dt.date) -> dict[str, set[int]]:
    jobs = employments_valid_on(on).filter(employer=employer)
    found: dict[str, set[int]] = defaultdict(set)
    if cut == "factor":
        served = list(jobs.values_list("person", "workplace"))
        exposure = exposure_at(COUNTING, {place for _, place in served if place}, on=on)
        annex = rows_named(on)
        for person, place in served:
            for factor in exposure[place].factors if place in exposure else ():
                short = annex[factor.code].short if factor.code in annex else factor.title
                found[f"{factor.code} {short}"].add(person)
        return found
    path = "division__title" if cut == "division" else "post__title"
    for person, title in jobs.values_list("person", path):
        found[title or NONE].add(person)
    return found


def staff_of(employer: int, on: dt.date) -> list[int]:
    """Return who works for an employer on a day, in a steady order."""
    rows = employments_valid_on(on).filter(employer=employer).order_by("person")
    return list(rows.values_list("person", flat=True).distinct())
