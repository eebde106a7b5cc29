"""What exposure is counted from, read for some people or for everybody.

A career goes over all employers, so these queries are open; who may see the result is asked before.
"""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import numpy as np
from django.db import connection
from django.db.models import F, Q, QuerySet
from numpy.typing import NDArray

from medtrud.domains.absences.public import absences_between
from medtrud.engines.store.public import id_array
from medtrud.kernel.actor import Actor
from medtrud.registries.organizations.public import Employment
from medtrud.registries.people.public import current_persons

from ..models import FactorLevel, FactorProtection, HarmfulPeriod, PastJob, WorkplaceClass, WorkplaceFactor
from ..rules.exposure_arrays import Aways, Jobs, aways_of, jobs_of
from ..types.dose import TOTAL, Away, Job, LevelFact, Presence, Protection, Records, air_categories
from ..types.past import FAR, past_number

Array = NDArray[Any]
WHY = "a career goes over all employers; who may see the result is asked before"
COUNTING = Actor.job("подсчёт экспозиции")
LONG_AGO = dt.date(1900, 1, 1)
REAL = Q(until__isnull=True) | Q(until__gt=F("since"))
JOBS = """
SELECT e.id, coalesce(p.root_id, p.id), e.workplace_id, e.since - DATE '0001-01-01' + 1,
    coalesce(e.until - DATE '0001-01-01' + 1, 4000000)
FROM organizations_employment e JOIN people_person p ON p.id = e.person_id
WHERE e.workplace_id IS NOT NULL AND e.since < %(on)s
"""
DECLARED = """
SELECT -h.id, coalesce(p.root_id, p.id), -h.id, h.since - DATE '0001-01-01' + 1,
    h.until - DATE '0001-01-01' + 1
FROM hazards_harmfulperiod h JOIN people_person p ON p.id = h.person_id WHERE h.since < %(on)s
"""
PAST = """
SELECT -(%(far)s + h.id), coalesce(p.root_id, p.id), -(%(far)s + h.id), h.since - DATE '0001-01-01' + 1,
    h.until - DATE '0001-01-01' + 1
FROM hazards_pastjob h JOIN people_person p ON p.id = h.person_id
WHERE h.ended_at IS NULL AND h.since < %(on)s
"""
MOST_FACTORS = 100  # of one past job: its levels are numbered beside one another
SOME = " AND (p.id = ANY(%(persons)s::bigint[]) OR p.root_id = ANY(%(persons)s::bigint[]))"


@dataclass
class Facts:
    """Everything about some people; persons are surviving cards."""

    jobs: Jobs
    away: Aways
    records: Records
    persons: list[int]


def facts_of(persons: Collection[int] | None, *, on: dt.date, employer: int | None = None) -> Facts:
    """Read the facts of some people, or of everybody; with an employer, of his jobs only."""
    rows = _jobs(persons, on, employer)
    found = np.unique(rows[:, 1]).tolist()
    places = None if persons is None else set(rows[:, 2].tolist())
    return Facts(jobs_of(rows, on.toordinal()), _away(found, on), records_of(places, employer), found)


def _jobs(persons: Collection[int] | None, on: dt.date, employer: int | None) -> Array:
    where = "" if persons is None else SOME
    values: dict[str, dt.date | str | int] = {"on": on, "persons": id_array(persons or ()), "far": FAR}
    every = [JOBS, DECLARED, PAST]
    with connection.cursor() as cursor:
        if employer is not None:
            where += " AND %(owner)s = employer_id"
            values["owner"] = employer
            every.remove(PAST)  # what was elsewhere is none of his business
        cursor.execute(" UNION ALL ".join(each + where for each in every), values)
        return np.array(cursor.fetchall(), dtype=np.int64).reshape(-1, 5)


def _away(persons: list[int], on: dt.date) -> Aways:
    rows = [(each.person, each.since.toordinal(), each.until.toordinal()) for each in away_of(persons, on=on)]
    return aways_of(np.array(rows, dtype=np.int64).reshape(-1, 3))


def away_of(persons: Collection[int], *, on: dt.date) -> list[Away]:
    """Return the days away before a day; why is not asked."""
    found = absences_between(COUNTING, persons, LONG_AGO, on)
    return [
        Away(person, each.since, each.until or on)
        for person, periods in found.items()
        for each in periods
        if each.since < (each.until or on)
    ]


def jobs_told(persons: Collection[int], *, on: dt.date, employer: int | None = None) -> list[Job]:
    """Return the jobs of some people with words, those without a workplace too."""
    cards = set(persons)
    rows = Employment.objects.unscoped(WHY).filter(
        Q(person__in=cards) | Q(person__root__in=cards), since__lt=on
    )
    declared = HarmfulPeriod.objects.unscoped(WHY).filter(
        Q(person__in=cards) | Q(person__root__in=cards), since__lt=on
    )
    if employer is not None:
        rows, declared = rows.filter(employer=employer), declared.filter(employer=employer)
    roots = current_persons([row.person_id for row in (*rows, *declared)])
    told = [
        Job(
            row.pk, roots.get(row.person_id, row.person_id), row.workplace_id, row.since, row.until,
            row.employer_id, _words(row),
        )
        for row in rows.select_related("employer", "post", "division", "workplace")
    ]  # fmt: skip
    told += [
        Job(
            -row.pk, roots.get(row.person_id, row.person_id), -row.pk, row.since, row.until, row.employer_id,
            f"{row.employer}: прежняя вредная работа по документам",
        )
        for row in declared.select_related("employer")
    ]  # fmt: skip
    if employer is None:
        told += _past_told(cards, on)
    return sorted(told, key=lambda job: (job.since, job.id))


def _past_told(cards: set[int], on: dt.date) -> list[Job]:
    rows = past_standing(Q(person__in=cards) | Q(person__root__in=cards)).filter(since__lt=on)
    roots = current_persons([row.person_id for row in rows])
    return [
        Job(
            past_number(row.pk), roots.get(row.person_id, row.person_id), past_number(row.pk), row.since,
            row.until, 0, f"{row}, по документу",
        )
        for row in rows
    ]  # fmt: skip


def past_standing(where: Q) -> QuerySet[PastJob]:
    """Return the past jobs that hold; who asks was checked."""
    rows: QuerySet[PastJob] = PastJob.objects.unscoped(WHY).filter(where, ended_at__isnull=True)
    return rows.order_by("since", "pk")


def _words(row: Employment) -> str:
    place = f", {row.workplace}" if row.workplace and str(row.workplace) != str(row.post) else ""
    return f"{row.employer}: {row.post}{place}"


def records_of(places: Collection[int] | None, employer: int | None = None) -> Records:
    """Return what is recorded of workplaces, or of all; a declared period is a workplace below zero."""
    real = None if places is None else [place for place in places if place > 0]
    declared = None if places is None else [-place for place in places if -FAR < place < 0]
    where = Q() if real is None else Q(workplace__in=real)
    past = [] if employer is not None else list(past_standing(_past_where(places)))
    return Records(
        [*_presences(where), *_declared(declared, employer), *_past_presences(past)],
        [*levels_of(where), *_past_levels(past)],
        list(_protections(where)),
    )


def _past_where(places: Collection[int] | None) -> Q:
    return Q() if places is None else Q(pk__in=[-place - FAR for place in places if place < -FAR])


def _past_presences(rows: Iterable[PastJob]) -> Iterable[Presence]:
    for row in rows:
        place = past_number(row.pk)
        if row.sout_class:
            yield Presence(place, TOTAL, row.since, row.until, row.sout_class, row.document)
        for said in row.factors:
            yield Presence(place, said["code"], row.since, row.until, said["sout_class"], row.document)


def _past_levels(rows: Iterable[PastJob]) -> Iterable[LevelFact]:
    air = air_categories()
    for row in rows:
        for number, said in enumerate(row.factors):
            if said["value"] is not None:
                yield LevelFact(
                    past_number(row.pk) * MOST_FACTORS - number, past_number(row.pk), said["code"], row.since,
                    said["value"], said["norm"], air.get(said["category"]), said["shifts"], row.document,
                    "hand",
                )  # fmt: skip


def _presences(where: Q) -> Iterable[Presence]:
    columns = ("workplace", "since", "until", "sout_class", "basis")
    rows = WorkplaceFactor.objects.unscoped(WHY).filter(REAL, where).values_list("code", *columns)
    for code, place, since, until, sout_class, basis in rows:
        yield Presence(place, code, since, until, sout_class, basis)
    for row in WorkplaceClass.objects.unscoped(WHY).filter(REAL, where).values_list(*columns):
        yield Presence(row[0], TOTAL, *row[1:])


def _declared(ids: list[int] | None, employer: int | None) -> Iterable[Presence]:
    rows = HarmfulPeriod.objects.unscoped(WHY)
    if ids is not None:
        rows = rows.filter(pk__in=ids)
    if employer is not None:
        rows = rows.filter(employer=employer)
    for pk, since, until, sout_class in rows.values_list("pk", "since", "until", "sout_class"):
        yield Presence(-pk, TOTAL, since, until, sout_class, "документы о прежней работе")


def levels_of(where: Q) -> Iterable[LevelFact]:
    """Return the levels that hold."""
    air = air_categories()
    rows = FactorLevel.objects.unscoped(WHY).filter(where, withdrawn_at__isnull=True)
    columns = (
        "pk",
        "workplace",
        "code",
        "since",
        "value",
        "norm_max",
        "category",
        "shifts",
        "document",
        "origin",
    )
    for pk, place, code, since, value, norm, category, shifts, document, origin in rows.values_list(*columns):
        yield LevelFact(pk, place, code, since, value, norm, air.get(category), shifts, document, origin)


def _protections(where: Q) -> Iterable[Protection]:
    rows = FactorProtection.objects.unscoped(WHY).filter(REAL, where)
    columns = ("workplace", "code", "since", "until", "reduction", "basis")
    for row in rows.order_by("since", "pk").values_list(*columns):
        yield Protection(*row)


def persons_at(workplaces: Collection[int]) -> set[int]:
    """Return the surviving cards of all who ever worked at workplaces."""
    rows = Employment.objects.unscoped(WHY).filter(workplace__in=list(workplaces))
    return persons_touched(rows.values_list("person", flat=True).distinct())


def persons_of_employer(employer: int, source: UUID | None) -> set[int]:
    """Return the surviving cards of an employer's people, or of those one list has brought."""
    rows = Employment.objects.unscoped(WHY).filter(employer=employer)
    if source is not None:
        rows = rows.filter(source_import=source)
    return persons_touched(rows.values_list("person", flat=True).distinct())


def persons_touched(cards: Iterable[int]) -> set[int]:
    """Return the surviving cards of keys."""
    asked = set(cards)
    roots = current_persons(asked)
    return {roots.get(card, card) for card in asked}
