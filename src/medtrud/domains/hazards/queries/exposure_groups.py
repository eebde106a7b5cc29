"""The exposure of a whole staff by units, professions or factors: all at once, in the same few queries."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean

from medtrud.kernel.actor import Actor
from medtrud.registries.organizations.public import employments, in_force
from medtrud.registries.people.public import current_persons

from ..rules.exposure_arrays import careers
from ..rules.exposure_figures import years_of
from ..rules.exposure_places import segments_of
from ..types.annex import code_key
from ..types.dose import TOTAL, Sums, dose_kind
from .exposure import Counted, counted_of, own_employer
from .exposure_facts import Facts, facts_of
from .places import rows_named

CUTS = {"division": "Подразделение", "post": "Профессия", "factor": "Фактор"}
NONE = "не указано"


@dataclass(frozen=True)
class GroupExposure:
    """One group: how many work in it, how many of them meet the factor, and what has accumulated."""

    title: str
    workers: int
    exposed: int
    measured: int
    mean: float | None
    worst: float | None
    over: int
    harmful: float  # mean years of harmful service
    key: str = ""  # what the list is narrowed by


def exposure_groups(
    actor: Actor, *, employer: int, cut: str, code: str, limit: float | None, on: dt.date
) -> list[GroupExposure]:
    """Return the groups of a staff with their exposure to a factor; by factors `code` is not asked for.

    The queries grow neither with the staff nor with the groups.
    """
    path = {"division": "division__title", "post": "post__title"}.get(cut, "post__title")
    key = {"division": "division_id", "post": "post_id"}.get(cut, "post_id")
    rows = employments(actor).filter(in_force(on), employer=employer)
    staff = list(rows.values_list("person", path, key))
    roots = current_persons({person for person, *_ in staff})
    facts = facts_of({roots.get(person, person) for person, *_ in staff}, on=on, employer=own_employer(actor))
    members: dict[tuple[str, str], set[int]] = defaultdict(set)
    for person, title, number in staff:
        members[title or NONE, str(number or "")].add(roots.get(person, person))
    served = _counted(facts, {TOTAL}).get(TOTAL, {})
    if cut == "factor":
        return _by_factor(facts, served, on)
    met = _counted(facts, {code}).get(code, {})
    found = [_group(title, people, met, served, limit, number) for (title, number), people in members.items()]
    return sorted(found, key=lambda each: (-(each.mean or 0), -each.exposed, each.title))


def _by_factor(facts: Facts, served: dict[int, Counted], on: dt.date) -> list[GroupExposure]:
    named = rows_named(on)
    found = []
    every = _counted(facts, None)
    for code in sorted(every.keys() - {TOTAL}, key=code_key):
        title = f"{code} {named[code].short}" if code in named else code
        found.append(_group(title, every[code].keys(), every[code], served, None, code))
    return found


def _counted(facts: Facts, codes: set[str] | None) -> dict[str, dict[int, Counted]]:
    found: dict[str, dict[int, Counted]] = {}
    for code, known in segments_of(facts.records).items():
        if codes is not None and code not in codes:
            continue
        counted = careers(facts.jobs, known, facts.away, code)
        columns = {name: column.tolist() for name, column in counted.sums.items()}
        found[code] = {
            person: counted_of(person, code, Sums(**{name: each[n] for name, each in columns.items()}))
            for n, person in enumerate(counted.person.tolist())
        }
    return found


def _group(
    title: str, people: Iterable[int], met: dict[int, Counted], served: dict[int, Counted],
    limit: float | None, key: str,
) -> GroupExposure:  # fmt: skip
    staff = list(people)
    here = [met[person] for person in staff if person in met and met[person].sums.days]
    values = [each.value for each in here if each.value is not None]
    harmful = [served[person].sums.harmful if person in served else 0 for person in staff]
    return GroupExposure(
        title, len(staff), len(here), len(values), fmean(values) if values else None,
        max(values, default=None),
        sum(value > limit for value in values) if limit is not None else 0,
        years_of(fmean(harmful)) if harmful else 0.0, key,
    )  # fmt: skip


def unit_of(code: str) -> str:
    """Return the unit in which the figure of a factor is told."""
    kind = dose_kind(code)
    return "мг" if kind.measure == "dust" else kind.unit
