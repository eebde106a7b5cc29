"""The explained count and the count of everybody at once agree; the rules of the count one by one."""

import datetime as dt
import math
from collections import defaultdict
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from medtrud.domains.hazards.rules.exposure_arrays import aways_of, careers, jobs_of
from medtrud.domains.hazards.rules.exposure_places import NEVER, segments_of
from medtrud.domains.hazards.rules.exposure_stretches import segments_by_place, stretches
from medtrud.domains.hazards.rules.exposure_sums import sums
from medtrud.domains.hazards.types.dose import (
    TOTAL,
    Away,
    Job,
    LevelFact,
    Presence,
    Protection,
    Records,
    Stretch,
    dose_kind,
)

Jobs = list[Job]
ORIGIN = dt.date(2000, 1, 1)
ON = ORIGIN + dt.timedelta(days=13)
day = st.integers(0, 14).map(lambda number: ORIGIN + dt.timedelta(days=number))


@st.composite
def periods(draw: st.DrawFn, /, **more: Any) -> Any:
    since, until = sorted(draw(st.lists(day, min_size=2, max_size=2, unique=True)))
    return since, draw(st.sampled_from([until, None])), draw(st.fixed_dictionaries(more))


def apart(rows: list[Any]) -> list[Any]:
    """Keep rows of one place and code that do not overlap, as the database demands."""
    kept: dict[Any, list[Any]] = defaultdict(list)
    for row in rows:
        held = kept[row.place, row.code]
        if all((row.until or dt.date.max) <= o.since or row.since >= (o.until or dt.date.max) for o in held):
            held.append(row)
    return [row for held in kept.values() for row in held]


PLACE, CODE = st.integers(1, 2), st.sampled_from(["4.4", "4.3.1", "3.1.4", "1.1", TOTAL])
CLASS = st.sampled_from(["", "2", "3.1", "3.2", "4"])
PRESENT = periods(place=PLACE, code=CODE, sout_class=CLASS).map(
    lambda p: Presence(p[2]["place"], p[2]["code"], p[0], p[1], p[2]["sout_class"])
)
WORN = periods(place=PLACE, code=CODE, reduction=st.sampled_from([2.0, 10.0])).map(
    lambda p: Protection(p[2]["place"], p[2]["code"], p[0], p[1], p[2]["reduction"])
)
LEVEL = st.builds(
    LevelFact,
    id=st.integers(1, 10**6),
    place=PLACE,
    code=st.sampled_from(["4.4", "4.3.1", "3.1.4", "1.1"]),
    since=day,
    value=st.integers(79, 82).map(float),
    norm=st.sampled_from([None, 2.0, 80.0]),
    air=st.sampled_from([None, 7.0]),
    shifts=st.sampled_from([None, 248]),
)
JOB = periods(id=st.integers(1, 10**6), person=st.integers(1, 2), place=PLACE).map(
    lambda p: Job(p[2]["id"], p[2]["person"], p[2]["place"], p[0], p[1])
)
GONE = periods(person=st.integers(1, 2)).map(lambda p: Away(p[2]["person"], p[0], p[1] or ON))


def slowly(jobs: Jobs, records: Records, away: list[Away], code: str, person: int) -> list[Stretch]:
    places = segments_by_place(records, code)
    mine = [job for job in jobs if job.person == person]
    return stretches(mine, places, [each for each in away if each.person == person], ON)


def at_once(jobs: Jobs, records: Records, away: list[Away], code: str) -> tuple[Any, Any]:
    table = [
        (j.id, j.person, j.place, j.since.toordinal(), j.until.toordinal() if j.until else NEVER)
        for j in jobs
    ]
    gone = [(a.person, a.since.toordinal(), a.until.toordinal()) for a in away]
    rows = jobs_of(np.array(table, dtype=np.int64).reshape(-1, 5), ON.toordinal())
    known = segments_of(records)
    if code not in known:
        return rows, None
    aways = aways_of(np.array(gone, dtype=np.int64).reshape(-1, 3))
    return rows, careers(rows, known[code], aways, code)


@settings(max_examples=250, deadline=None)
@given(
    st.lists(JOB, max_size=7, unique_by=lambda job: job.id),
    st.lists(PRESENT, max_size=9).map(apart),
    st.lists(LEVEL, max_size=12, unique_by=lambda level: level.id),
    st.lists(WORN, max_size=4).map(apart),
    st.lists(GONE, max_size=5),
    CODE,
)
def test_the_count_of_everybody_at_once_agrees_with_the_explained_one(
    jobs: Jobs, presences: list[Any], levels: list[Any], worn: list[Any], away: list[Any], code: str
) -> None:
    records = Records(presences, levels, worn)
    rows, found = at_once(jobs, records, away, code)
    for person in {job.person for job in jobs}:
        told = slowly(jobs, records, away, code, person)
        plain = sums(dose_kind(code).measure, told)
        at: Any = np.flatnonzero(found.person == person) if found is not None else []
        if not len(at):
            assert not told
            continue
        first = found.first[at[0]]
        last = np.append(found.first, len(found.job))[at[0] + 1]
        mine = sorted(
            (int(rows.id[found.job[n]]), int(found.since[n]), int(found.until[n]), int(found.days[n]),
             int(found.off[n]), int(found.parallel[n]))
            for n in range(first, last)
        )  # fmt: skip
        assert mine == sorted(
            (s.job, s.since.toordinal(), s.until.toordinal(), s.days, s.off, s.parallel) for s in told
        )
        for name in ("days", "measured", "off", "parallel", "harmful"):
            assert found.sums[name][at[0]] == getattr(plain, name), name
        assert tuple(found.sums["by_class"][at[0]]) == plain.by_class
        for name in ("dose", "other", "dose_protected", "other_protected"):
            assert math.isclose(found.sums[name][at[0]], getattr(plain, name), rel_tol=1e-9), name
