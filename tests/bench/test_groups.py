"""Groups of a staff of 5 000: exposure by profession, forecasts by unit and by level of prevention.

Beside each stands the reading of the very same rows and one pass of numpy over them: the same counts and means.
Promised: the queries do not grow with the staff, and the whole answer costs at most so many times as much.
"""

import datetime as dt
import time
from uuid import uuid4

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from medtrud.domains.hazards.queries.exposure_facts import facts_of
from medtrud.domains.hazards.queries.exposure_groups import exposure_groups
from medtrud.domains.hazards.rules.exposure_arrays import careers
from medtrud.domains.hazards.rules.exposure_places import segments_of
from medtrud.domains.risk.models import Forecast
from medtrud.domains.risk.public import gathered, model_of
from medtrud.domains.risk.queries.gather import plan
from medtrud.domains.risk.queries.groups import group_of, levels_of
from medtrud.engines.store.public import copy_rows
from tests.bench.test_exposure import JOB, ON, world

pytestmark = [pytest.mark.bench, pytest.mark.django_db]
WORKERS, FEW, PLACES = 5000, 250, 200
TIMES = 5
LATEST = """
SELECT DISTINCT ON (person_id, model) person_id, model, category, tone FROM risk_forecast
WHERE person_id = ANY(%s::bigint[]) ORDER BY person_id, model, id DESC
"""


def forecasts(people):
    """Write two forecasts of each model about each person: only the later one counts."""
    models = [model for model in plan() if model.declared.bands]
    columns = (
        "person_id", "model", "edition", "variant", "fingerprint", "digest", "on", "made_at", "status", "value",
        "figure", "limits_text", "limits", "category", "tone", "system", "level", "inputs", "missing", "refused",
        "flags", "steps", "digits", "plain",
    )  # fmt: skip
    rows = []
    for model in models:
        bands = model.declared.bands
        for time_ in range(2):
            for number, person in enumerate(people):
                band = bands[(number + time_) % len(bands)]
                rows.append(
                    (person, model.code, "", "", "", uuid4().hex, ON, dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
                     "computed", "1", "1", "", "{}", band.code, band.tone, model.declared.system,
                     model.declared.level, "[]", "[]", "{}", "[]", "[]", 0, "")
                )  # fmt: skip
    copy_rows(Forecast, columns, rows)
    return len(models)


def timed(ask):
    """Return the queries, the best seconds of three and the answer."""
    best, queries, said = 1e9, 0, None
    for _ in range(3):
        begun = time.perf_counter()
        with CaptureQueriesContext(connection) as captured:
            said = ask()
        best = min(best, time.perf_counter() - begun)
        queries = len(captured)
    return queries, best, said


def bare_exposure(people):
    """Read the facts; make mean, worst and number over the limit in one pass; return the seconds of both."""
    begun = time.perf_counter()
    facts = facts_of(people, on=ON)
    read = time.perf_counter() - begun
    known = segments_of(facts.records)["4.4"]
    counted = careers(facts.jobs, known, facts.away, "4.4")
    group = np.repeat(np.arange(len(counted.person)), np.diff(counted.first, append=len(counted.job)))
    value, days = known.value[counted.segment], counted.days
    begun = time.perf_counter()
    energy = np.bincount(group, np.nan_to_num(days * 10 ** (value / 10)))
    level = 10 * np.log10(energy / np.bincount(group, days * ~np.isnan(value)))
    level.mean(), level.max(), (level > 80.0).sum()
    return read + time.perf_counter() - begun


def test_the_exposure_of_a_staff_by_professions():
    small, _, _ = world(FEW, PLACES, 3)
    large, _, people = world(WORKERS, PLACES, 3)

    def ask(plant):
        return lambda: exposure_groups(JOB, employer=plant.pk, cut="post", code="4.4", limit=80.0, on=ON)

    few, _, _ = timed(ask(small))
    many, best, (row,) = timed(ask(large))
    bare = min(bare_exposure(people) for _ in range(3))
    print(
        f"\ngroup exposure of {WORKERS}: {best:.2f} s, {many} queries (of {FEW}: {few}); "
        f"reading and one numpy pass {bare:.2f} s: {best / bare:.1f} times (promised {TIMES})"
    )
    assert (row.workers, row.measured) == (WORKERS, WORKERS)
    assert many == few, "the queries do not grow with the staff"
    assert best <= TIMES * bare


def test_the_inputs_of_forecasts_of_a_staff_are_gathered_in_the_same_queries():
    _, _, people = world(WORKERS, PLACES, 3)
    few, _, _ = timed(lambda: gathered(JOB, people[:FEW], on=ON))
    many, best, known = timed(lambda: gathered(JOB, people, on=ON))
    print(f"\ninputs of {WORKERS}: {best:.2f} s, {many} queries (of {FEW}: {few})")
    assert sum("dust_periods" in each for each in known.values()) == WORKERS
    assert many == few


def bare_forecasts(people, code):
    """Read the latest rows and count them in one pass; return the seconds."""
    begun = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute(LATEST, [people])
        rows = cursor.fetchall()
    table = np.array([(person, model == code, tone == "bad") for person, model, _, tone in rows])
    np.unique([category for _, model, category, _ in rows if model == code], return_counts=True)
    np.bincount(np.unique(table[:, 0], return_inverse=True)[1], table[:, 2])
    return time.perf_counter() - begun


def test_the_forecasts_of_a_staff_by_units_and_by_levels():
    small, _, others = world(FEW, PLACES, 1)
    large, _, people = world(WORKERS, PLACES, 1)
    count = forecasts([*others, *people])
    model = model_of("score_29n")

    def ask(plant):
        return lambda: (
            group_of(model, employer=plant.pk, cut="post", on=ON),
            levels_of(employer=plant.pk, on=ON),
        )

    few, _, _ = timed(ask(small))
    many, best, (cut, levels) = timed(ask(large))
    bare = min(bare_forecasts(people, model.code) for _ in range(3))
    print(
        f"\ngroup forecasts of {WORKERS} x {count} models: {best:.2f} s, {many} queries (of {FEW}: {few}); "
        f"reading and one numpy pass {bare:.2f} s: {best / bare:.1f} times (promised {TIMES})"
    )
    assert cut.whole.known == WORKERS
    assert levels.whole.known == WORKERS
    assert many == few, "the queries do not grow with the staff"
    assert best <= TIMES * bare
