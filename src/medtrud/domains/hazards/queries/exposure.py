"""The exposure of people on a day, explained; and what was counted before."""

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

import numpy as np
from django.db.models import QuerySet

from medtrud.kernel.actor import Actor, Role
from medtrud.registries.people.public import Person, current_persons, person_of

from ..models import ExposureTotal, FactorLevel
from ..rules.exposure_arrays import Array, Careers, careers
from ..rules.exposure_figures import factor_exposure, noise_level, vibration_level
from ..rules.exposure_places import Segments, segments_of
from ..rules.exposure_stretches import segments_by_place, stretches
from ..rules.exposure_words import span
from ..types.annex import code_key
from ..types.dose import (
    TOTAL,
    Away,
    DoseKind,
    FactorExposure,
    Job,
    LevelFact,
    Measure,
    Stretch,
    Sums,
    dose_kind,
)
from .exposure_facts import away_of, facts_of, jobs_told, records_of
from .places import rows_named

TOTAL_TITLE = "Стаж во вредных условиях"


@dataclass(frozen=True)
class CareerExposure:
    """The exposure of one person before a day: one part per factor, the whole service, what is not known.

    For an employer only his own workplaces are counted: `own` tells it.
    """

    person: int
    on: dt.date
    factors: tuple[FactorExposure, ...]
    total: FactorExposure
    jobs: tuple[Job, ...]
    away: tuple[Away, ...]
    levels: dict[int, LevelFact]
    gaps: tuple[str, ...]
    own: bool = False

    def factor(self, code: str) -> FactorExposure | None:
        """Return the exposure to a factor; "total" is the service in harmful conditions."""
        every = (*self.factors, self.total)
        return next((each for each in every if each.code == code), None)


def exposure_of(actor: Actor, person: UUID, *, on: dt.date) -> CareerExposure:
    """Return the exposure of a person before a day with its derivation; a stranger gets 404.

    The worker, his clinic and its commission get the whole career, an employer only his own workplaces.
    """
    card = person_of(actor, person)
    return career_of(card.pk, on=on, employer=own_employer(actor))


def own_employer(actor: Actor) -> int | None:
    """Return the employer whose workplaces alone a seat may see; None: all."""
    return actor.organization if actor.role is Role.EMPLOYER else None


def career_of(person: int, *, on: dt.date, employer: int | None = None) -> CareerExposure:
    """Count one career step by step; who asks was checked."""
    jobs = jobs_told([person], on=on, employer=employer)
    away = away_of([person], on=on)
    records = records_of({job.place for job in jobs if job.place is not None}, employer)
    codes = {each.code for each in records.presences} | {each.code for each in records.levels}
    named = rows_named(on)
    found = {}
    for code in sorted(codes - {TOTAL}, key=code_key):
        rows = stretches(jobs, segments_by_place(records, code), away, on)
        title = named[code].short if code in named else code
        if rows:
            found[code] = factor_exposure(code, title, rows)
    whole = stretches(jobs, segments_by_place(records, TOTAL), away, on)
    return CareerExposure(
        person,
        on,
        tuple(found.values()),
        factor_exposure(TOTAL, TOTAL_TITLE, whole),
        tuple(jobs),
        tuple(away),
        {each.id: each for each in records.levels},
        tuple(_blanks(jobs, {place for place, _ in records.begins()}, on)),
        own=employer is not None,
    )


def _blanks(jobs: Iterable[Job], known: Collection[int], on: dt.date) -> Iterable[str]:
    """Name the jobs about whose conditions nothing at all is recorded."""
    for job in jobs:
        if job.place not in known:
            why = "рабочее место не указано" if job.place is None else "об условиях труда ничего не записано"
            yield f"{span(job.since, min(job.until or on, on))}: {job.title} – {why}"


@dataclass(frozen=True)
class Counted:
    """The sums of one person and factor, and the figure that stands for them."""

    person: int
    code: str
    kind: DoseKind
    sums: Sums
    value: float | None
    value_protected: float | None


def exposures_of(
    actor: Actor, persons: Collection[int], *, on: dt.date, code: str = ""
) -> dict[int, dict[str, Counted]]:
    """Return the exposure of many people at once: {person: {code: figures}}; keys are the asked ones.

    Whom the actor may not see is missing. An employer gets the figures of his own workplaces.
    """
    asked = _asked(actor, persons)
    facts = facts_of(list(asked), on=on, employer=own_employer(actor))
    found: dict[int, dict[str, Counted]] = defaultdict(dict)
    for key, known in segments_of(facts.records).items():
        if code in {"", key}:
            counted = careers(facts.jobs, known, facts.away, key)
            for number, person in enumerate(counted.person.tolist()):
                sums = Sums(**{name: column[number].tolist() for name, column in counted.sums.items()})
                row = counted_of(person, key, sums)
                for card in asked.get(person, ()):
                    found[card][key] = row
    return dict(found)


def _asked(actor: Actor, persons: Collection[int]) -> dict[int, list[int]]:
    """Return the asked cards the actor may see by the surviving card of each."""
    seen = set(Person.objects.visible_to(actor).filter(pk__in=set(persons)).values_list("pk", flat=True))
    roots = current_persons(seen)
    asked: dict[int, list[int]] = defaultdict(list)
    for each in seen:
        asked[roots.get(each, each)].append(each)
    return asked


def stretches_of(
    actor: Actor, persons: Collection[int], *, on: dt.date, measure: Measure
) -> dict[int, list[tuple[str, list[Stretch]]]]:
    """Return the stretches of many people under the factors of one measure: {person: [(code, stretches)]}.

    The queries do not grow with the people. Whom the actor may not see is missing.
    """
    asked = _asked(actor, persons)
    facts = facts_of(list(asked), on=on, employer=own_employer(actor))
    found: dict[int, list[tuple[str, list[Stretch]]]] = defaultdict(list)
    for code, known in segments_of(facts.records).items():
        if dose_kind(code).measure is not measure:
            continue
        counted = careers(facts.jobs, known, facts.away, code)
        for person, rows in _unpacked(counted, known, facts.jobs.id):
            for card in asked.get(person, ()):
                found[card].append((code, rows))
    return dict(found)


def _unpacked(counted: Careers, known: Segments, jobs: Array) -> Iterator[tuple[int, list[Stretch]]]:
    ends = np.append(counted.first[1:], len(counted.job)).tolist()
    columns = (counted.job, counted.segment, counted.since, counted.until, counted.days, counted.off)
    for person, first, last in zip(counted.person.tolist(), counted.first.tolist(), ends, strict=True):
        rows = zip(*(each[first:last].tolist() for each in columns), strict=True)
        yield person, [_stretch(known, jobs, *row) for row in rows]


def _stretch(
    known: Segments, jobs: Array, job: int, at: int, since: int, until: int, days: int, off: int
) -> Stretch:
    def said(column: Array) -> float | None:
        value = float(column[at])
        return None if math.isnan(value) else value

    shifts = said(known.shifts)
    return Stretch(
        job=int(jobs[job]), place=int(known.place[at]), since=dt.date.fromordinal(since),
        until=dt.date.fromordinal(until), days=days, off=off, parallel=0, sout_class="", level=None,
        value=said(known.value), norm=said(known.norm), air=said(known.air),
        shifts=int(shifts) if shifts is not None else None, reduction=float(known.reduction[at]),
        known=bool(known.known[at]),
    )  # fmt: skip


def counted_of(person: int, code: str, sums: Sums) -> Counted:
    """Return the figure that stands for the sums of a factor."""
    kind = dose_kind(code)
    value, worn = (
        main_value(kind.measure, sums, sums.dose),
        main_value(kind.measure, sums, sums.dose_protected),
    )
    return Counted(person, code, kind, sums, value, worn)


def main_value(measure: Measure, sums: Sums, dose: float) -> float | None:
    """Return noise and vibration levels, the dust load; nothing for what was not measured."""
    if not sums.measured:
        return None
    if measure is Measure.NOISE:
        return noise_level(dose, sums.measured)
    if measure in {Measure.LOCAL, Measure.WHOLE}:
        return vibration_level(dose, sums.measured)
    return dose if measure is Measure.DUST else None


def exposure_versions(actor: Actor, *, person: int) -> QuerySet[ExposureTotal]:
    """Return what was counted of a person, newest first; nothing for an employer."""
    rows: QuerySet[ExposureTotal] = ExposureTotal.objects.visible_to(actor).filter(person=person)
    return rows.order_by("-counted_at", "code", "-version")


def levels_on(actor: Actor, *, workplace: int, code: str = "") -> QuerySet[FactorLevel]:
    """Return the levels of a workplace, past and withdrawn ones too, newest first."""
    rows: QuerySet[FactorLevel] = FactorLevel.objects.visible_to(actor).filter(workplace=workplace)
    if code:
        rows = rows.filter(code=code)
    return rows.order_by("-since", "-pk")
