"""Exposure of 100 000 workers x 20 years x 3 factors from scratch, and one new protocol of a unit of 500.

Beside the count stands one pass of numpy over the very same stretches, ready in memory: it makes the same sums
(days, harmful, measured, energy, equal years, classes) from flat arrays. The promise is for the count: histories
of workplaces cut into segments, jobs crossed with them, days away taken off, parallel jobs found, sums made.
Reading the facts and writing 300 000 versions with their stretches are measured and printed beside: they are the
larger part of the whole job, and their price is that of the database.
"""

import datetime as dt
import time
from itertools import pairwise

import numpy as np
import pytest
from django.db import connection

from medtrud.domains.hazards.actions.exposure import exposures_recount
from medtrud.domains.hazards.models import (
    ExposurePeriod,
    ExposureTotal,
    FactorLevel,
    WorkplaceClass,
    WorkplaceFactor,
)
from medtrud.domains.hazards.public import protocol_record
from medtrud.domains.hazards.queries.exposure_facts import facts_of
from medtrud.domains.hazards.rules.exposure_arrays import careers
from medtrud.domains.hazards.rules.exposure_places import segments_of
from medtrud.domains.hazards.types.control import ProtocolIn, ValueIn
from medtrud.engines.background.public import run_pending
from medtrud.engines.store.public import copy_rows, together
from medtrud.kernel.actor import Actor
from medtrud.registries.organizations.public import Employment, Workplace, organization_open, post_open
from medtrud.registries.organizations.types import Kind, Requisites
from medtrud.registries.people.public import Person

pytestmark = [pytest.mark.bench, pytest.mark.django_db]
JOB = Actor.job("bench")
WORKERS, PLACES, YEARS, UNIT = 100_000, 2000, 20, 500
FACTORS = ("4.4", "4.3.1", "3.1.4")
BEGUN, ON = dt.date(2006, 1, 1), dt.date(2026, 1, 1)
TIMES, SECONDS = 5, 1.0
MOMENT = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def world(workers, places, jobs_each):
    """Write an employer with places measured every year, and people who moved between them."""
    rng = np.random.default_rng(1)
    plant = organization_open(JOB, kind=Kind.EMPLOYER, requisites=Requisites(f"Завод {workers}"), since=BEGUN)
    post = post_open(JOB, employer=plant.pk, title="Токарь")
    with together():
        spots = copy_rows(
            Workplace,
            ("employer_id", "title", "title_key", "number", "source_sheet"),
            [(plant.pk, "место", "место", str(n), "") for n in range(places)],
        )
        present = ("employer_id", "workplace_id", "sout_class", "since", "basis", "source_sheet")
        copy_rows(
            WorkplaceFactor,
            (*present, "code", "code_order", "substances"),
            [(plant.pk, p, "3.1", BEGUN, "", "", c, n, []) for p in spots for n, c in enumerate(FACTORS)],
        )
        copy_rows(
            WorkplaceClass,
            (*present, "card_number"),
            [(plant.pk, p, "3.1", BEGUN, "", "", "") for p in spots],
        )
        levels(plant, spots, rng)
        row = (b"", 1, dt.date(1980, 1, 1), "male", 1, [])
        people = copy_rows(
            Person, ("box", "key", "birth_date", "sex", "same_hash", "search"), [row] * workers
        )
        cuts = np.sort(rng.integers(1, (ON - BEGUN).days, size=(workers, jobs_each - 1)), axis=1).tolist()
        jobs = []
        for person, days in zip(people, cuts, strict=True):
            edges = [BEGUN, *(BEGUN + dt.timedelta(days=day) for day in days), None]
            jobs += [
                (
                    person,
                    plant.pk,
                    post.pk,
                    spots[(person + n) % places],
                    "",
                    "main",
                    since,
                    until,
                    BEGUN,
                    "",
                    "",
                )
                for n, (since, until) in enumerate(pairwise(edges))
                if until is None or since < until
            ]
        columns = (
            "person_id", "employer_id", "post_id", "workplace_id", "personnel_number", "kind", "since", "until",
            "hired_on", "close_reason", "source_sheet",
        )  # fmt: skip
        with connection.cursor() as cursor:
            cursor.execute(
                "ALTER TABLE organizations_employment DROP CONSTRAINT IF EXISTS organizations_employment_post_once"
            )
        copy_rows(Employment, columns, jobs)
    return plant, spots, people


def levels(plant, spots, rng):
    values = {"4.4": (70, 100, "дБА", 80.0), "4.3.1": (1, 6, "м/с²", 2.0), "3.1.4": (1, 4, "мг/м³", 2.0)}
    rows = []
    for place in spots:
        for code, (low, high, unit, norm) in values.items():
            found = rng.uniform(low, high, YEARS).round(1).tolist()
            rows += [
                (plant.pk, place, code, "", dt.date(2006 + n, 3, 1), value, unit, norm, "IIа", 248, False, "[]",
                 "protocol", "протокол", MOMENT, "")
                for n, value in enumerate(found)
            ]  # fmt: skip
    columns = (
        "employer_id", "workplace_id", "code", "substance", "since", "value", "unit", "norm_max", "category",
        "shifts", "exceeded", "steps", "origin", "document", "recorded_at", "source_sheet",
    )  # fmt: skip
    copy_rows(FactorLevel, columns, rows)


def pass_of(known, counted, code):
    """Make the sums of ready stretches in one pass; return the seconds of it."""
    group = np.repeat(np.arange(len(counted.person)), np.diff(counted.first, append=len(counted.job)))
    at = counted.segment
    days, off, value, norm = counted.days, counted.off, known.value[at], known.norm[at]
    air, shifts, grade = known.air[at], known.shifts[at], known.sout_class[at]
    begun = time.process_time()
    measured = ~np.isnan(value)
    sums = [np.bincount(group, each) for each in (days, off, days * measured, days * (grade >= 2))]
    sums.append(np.bincount(group * 8 + grade % 8, days))
    with np.errstate(invalid="ignore", divide="ignore"):
        if code == "4.4":
            sums += [
                np.bincount(group, np.nan_to_num(days * each))
                for each in (10 ** (value / 10), 2 ** ((value - 80) / 3))
            ]
            10 * np.log10(sums[-2] / sums[2])
        elif code == "4.3.1":
            np.sqrt(np.bincount(group, np.nan_to_num(days * value**2)) / sums[2])
        elif code == "3.1.4":
            breathed = days * air * shifts / 365.25
            sums += [np.bincount(group, np.nan_to_num(breathed * each)) for each in (value, norm)]
    return time.process_time() - begun


def test_a_hundred_thousand_careers_from_scratch():
    world(WORKERS, PLACES, 3)
    facts = facts_of(None, on=ON)  # the first reading warms the database
    begun = time.perf_counter()
    facts = facts_of(None, on=ON)
    read = time.perf_counter() - begun
    best, bare, stretches = 1e9, 1e9, 0
    for _ in range(3):
        begun = time.process_time()
        history = segments_of(facts.records)
        found = {code: careers(facts.jobs, known, facts.away, code) for code, known in history.items()}
        best = min(best, time.process_time() - begun)
        bare = min(bare, sum(pass_of(history[code], each, code) for code, each in found.items()))
        stretches = sum(len(each.job) for each in found.values())
    begun = time.perf_counter()
    written = exposures_recount(JOB, persons=None, on=ON, cause="bench")
    whole = time.perf_counter() - begun
    print(
        f"\nexposure: {len(facts.persons)} workers, {stretches} stretches; count {best:.2f} s, one numpy pass "
        f"{bare:.2f} s: {best / bare:.1f} times (promised {TIMES}); whole job {whole:.1f} s: read {read:.1f}, "
        f"count {best:.1f}, write {whole - read - best:.1f} ({written} versions)"
    )
    assert written == 4 * WORKERS  # three factors and the total class
    assert best <= TIMES * bare
    begun = time.perf_counter()
    assert exposures_recount(JOB, persons=None, on=ON, cause="bench") == 0  # nothing has changed
    print(f"again, nothing changed: {time.perf_counter() - begun:.1f} s")


def test_one_protocol_of_a_unit_of_500():
    _, others, strangers = world(5 * UNIT, 50, 2)
    _, spots, people = world(UNIT, 1, 1)
    run_pending()
    exposures_recount(JOB, persons=[*strangers, *people], on=ON, cause="bench")
    rows = ExposureTotal.objects.unscoped("bench")
    before, periods = rows.count(), ExposurePeriod.objects.unscoped("bench").count()
    line = ValueIn(spots[0], "4.4", 97.0, "дБА")
    said = ProtocolIn("1", dt.date(2025, 12, 1), "лаборатория", (line,))
    begun = time.perf_counter()
    protocol_record(JOB, protocol=said, on=ON)
    run_pending()
    spent = time.perf_counter() - begun
    print(f"\none protocol of a unit of {UNIT}: {spent:.2f} s (promised {SECONDS:g})")
    assert rows.count() == before + UNIT
    assert ExposurePeriod.objects.unscoped("bench").count() == periods + UNIT
    assert rows.filter(version=2).count() == UNIT
    assert not rows.filter(version=2).exclude(person__in=people, code="4.4").exists()
    assert rows.filter(replaced_at__isnull=False).count() == UNIT
    assert spent < SECONDS
    assert others
