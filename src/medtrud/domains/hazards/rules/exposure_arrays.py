"""The exposure of everybody to one factor at once: the twin of `exposure_stretches` and `exposure_sums`.

Jobs are crossed with the segments of their workplaces by two binary searches a job, never by a loop. Days
away are crossed in the same way and land on the stretch they belong to. People with parallel jobs take a
slower road.
"""

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..types.exposure import classes
from .exposure_places import BIG, NEVER, Segments

Array = NDArray[Any]
SMALL = np.int32  # days and numbers of stretches: half the memory to walk through
SUMS = ("dose", "other", "dose_protected", "other_protected")


@dataclass
class Jobs:
    """Jobs in the order of person, first day, id; until is cut at the day of the count."""

    id: Array
    person: Array
    place: Array
    since: Array
    until: Array
    goes_on: Array  # past the day of the count

    def taken(self, mask: Array) -> "Jobs":
        """Return some of the jobs in the same order."""
        return Jobs(**{each.name: getattr(self, each.name)[mask] for each in fields(self)})


@dataclass
class Aways:
    """Days away in the order of person and first day; those of one person do not overlap."""

    person: Array
    since: Array
    until: Array


@dataclass
class Careers:
    """Stretches of one factor in the order of persons, and what each person's add up to."""

    person: Array
    first: Array  # of each person the first stretch
    job: Array  # of each stretch: index in Jobs
    segment: Array  # of each stretch: index in Segments
    since: Array
    until: Array
    days: Array
    off: Array
    parallel: Array
    sums: dict[str, Array]
    digest: Array  # of each person: equal as long as nothing but time has changed


def jobs_of(rows: Array, on: int) -> Jobs:
    """Arrange rows (id, person, place, since, until) as jobs before a day."""
    rows = rows[rows[:, 3] < on]
    rows = rows[np.lexsort((rows[:, 0], rows[:, 3], rows[:, 1]))]
    since, until = rows[:, 3].astype(SMALL), np.minimum(rows[:, 4], on).astype(SMALL)
    return Jobs(rows[:, 0], rows[:, 1], rows[:, 2], since, until, rows[:, 4] > on)


def aways_of(rows: Array) -> Aways:
    """Join rows (person, since, until) that touch or overlap."""
    if not len(rows):
        return Aways(rows[:, 0], rows[:, 1], rows[:, 2])
    rows = rows[np.lexsort((rows[:, 1], rows[:, 0]))]
    person, since, until = rows.T
    reach = np.maximum.accumulate(person * BIG + until)  # persons ascend, so nobody reaches into the next
    begins = np.r_[True, (person * BIG + since)[1:] > reach[:-1]]
    ends = np.r_[np.flatnonzero(begins)[1:] - 1, len(rows) - 1]
    return Aways(person[begins], since[begins], reach[ends] - person[ends] * BIG)


def careers(jobs: Jobs, segments: Segments, away: Aways, code: str) -> Careers:
    """Count the exposure to one factor."""
    jobs_here = np.isin(jobs.place, segments.place)
    mine = jobs.taken(jobs_here)
    first, count = _crossed(segments, mine.place, mine.since, mine.until)
    offset = np.cumsum(count) - count
    job = np.repeat(np.arange(len(mine.id), dtype=SMALL), count)
    segment = np.arange(len(job), dtype=SMALL) + np.repeat((first - offset).astype(SMALL), count)
    since = np.maximum(mine.since[job], segments.since[segment])
    until = np.minimum(mine.until[job], segments.until[segment])
    days = np.maximum(until - since, 0)
    off = _off(mine, segments, away, (first, offset), len(job))
    parallel = np.zeros(len(job), dtype=SMALL)
    both = _with_parallel(mine)
    if both.any():
        _swept(both[job], mine, segments, away, (job, segment, since, until), (days, off, parallel))
    days -= off
    found = until > since
    if not found.all():
        job, segment, since, until = job[found], segment[found], since[found], until[found]
        days, off, parallel = days[found], off[found], parallel[found]
    person = mine.person[job]
    begins = np.flatnonzero(begins_of(person))
    sums = _sums(segments, code, segment, begins, {"days": days, "off": off, "parallel": parallel})
    digest = np.zeros(0, dtype=np.int64)
    if len(job):
        open_ = mine.goes_on[job] & (until == mine.until[job])
        digest = _digest(segments, segment, begins, np.where(open_, NEVER, until) - since, off, parallel)
    whole = np.flatnonzero(jobs_here)
    return Careers(
        person[begins], begins, whole[job], segment, since, until, days, off, parallel, sums, digest
    )


def _crossed(segments: Segments, place: Array, since: Array, until: Array) -> tuple[Array, Array]:
    """Return the first segment of its workplace that each period meets, and how many it meets.

    Asked in the order of places the searches stay in the cache: three times as fast.
    """
    key = segments.place * BIG + segments.since
    order = np.argsort(place, kind="stable")
    head = place[order] * BIG
    first, last = np.empty(len(order), dtype=np.int64), np.empty(len(order), dtype=np.int64)
    begins = np.searchsorted(key, head + since[order], side="right") - 1
    first[order] = np.maximum(begins, np.searchsorted(key, head))
    last[order] = np.searchsorted(key, head + until[order])
    return first, np.maximum(last - first, 0)


def _off(
    jobs: Jobs, segments: Segments, away: Aways, where: tuple[Array, Array], total: int
) -> Array:  # fmt: skip
    """Return the days away of each stretch."""
    first, offset = where
    begin = np.searchsorted(jobs.person, away.person)
    held = np.searchsorted(jobs.person, away.person, side="right") - begin
    which = np.repeat(np.arange(len(away.person)), held)
    job = np.arange(len(which)) + np.repeat(begin - (np.cumsum(held) - held), held)
    since = np.maximum(away.since[which], jobs.since[job])
    until = np.minimum(away.until[which], jobs.until[job])
    real = until > since
    job, since, until = job[real], since[real], until[real]
    start, count = _crossed(segments, jobs.place[job], since, until)
    piece = np.repeat(np.arange(len(job)), count)
    segment = np.arange(len(piece)) + np.repeat(start - (np.cumsum(count) - count), count)
    days = np.minimum(until[piece], segments.until[segment])
    days = np.maximum(days - np.maximum(since[piece], segments.since[segment]), 0)
    target = offset[job[piece]] + segment - first[job[piece]]
    return np.bincount(target, weights=days, minlength=total).astype(SMALL)


def _with_parallel(jobs: Jobs) -> Array:
    """Tell the jobs of people some of whose jobs overlap: then two neighbours by the first day do."""
    same = jobs.person[1:] == jobs.person[:-1]
    overlaps = same & (jobs.until[:-1] > jobs.since[1:])
    return np.isin(jobs.person, jobs.person[1:][overlaps])


def _swept(
    which: Array, jobs: Jobs, segments: Segments, away: Aways,
    stretches: tuple[Array, Array, Array, Array], counts: tuple[Array, Array, Array],
) -> None:  # fmt: skip
    """Count the days of people with parallel jobs: each day at the worse job, the others are parallel."""
    job, segment, since, until = (each[which] for each in stretches)
    real = until > since
    target = np.flatnonzero(which)[real]
    job, segment, since, until = job[real], segment[real], since[real], until[real]
    person = jobs.person[job] * BIG
    theirs = np.isin(away.person, jobs.person[job])
    gone = away.person[theirs] * BIG
    gone_since, gone_until = gone + away.since[theirs], gone + away.until[theirs]
    edges = np.unique(np.concatenate([person + since, person + until, gone_since, gone_until]))
    lengths = np.diff(edges, append=edges[-1:])
    is_off = np.zeros(len(edges), dtype=bool)
    is_off[_spread(edges, gone_since, gone_until)[1]] = True
    piece, cell = _spread(edges, person + since, person + until)
    value = np.nan_to_num(segments.value[segment], nan=-1.0)[piece]
    order = np.lexsort((jobs.id[job][piece], -segments.sout_class[segment][piece], -value, cell))
    wins = np.zeros(len(piece), dtype=bool)
    wins[order[begins_of(cell[order])]] = True
    days, off, parallel = counts
    length, gone_here = lengths[cell], is_off[cell]
    won = np.bincount(piece[wins], length[wins], len(target)).astype(np.int64)
    lost = np.bincount(piece[wins], length[wins] * gone_here[wins], len(target)).astype(np.int64)
    days[target], off[target] = won, lost
    parallel[target] = (until - since) - won


def begins_of(keys: Array) -> Array:
    """Tell where another key begins."""
    found = np.ones(len(keys), dtype=bool)
    found[1:] = keys[1:] != keys[:-1]
    return found


def _spread(edges: Array, since: Array, until: Array) -> tuple[Array, Array]:
    """Return for periods the numbers of the cells between the edges they cover."""
    first = np.searchsorted(edges, since)
    count = np.searchsorted(edges, until) - first
    which = np.repeat(np.arange(len(since)), count)
    return which, np.arange(len(which)) + np.repeat(first - (np.cumsum(count) - count), count)


def _sums(
    segments: Segments, code: str, segment: Array, begins: Array, counts: dict[str, Array]
) -> dict[str, Array]:
    if not len(segment):
        return {}
    rates = segments.rates(code)
    days = counts["days"]
    found = {name: np.add.reduceat(each, begins) for name, each in counts.items()}
    for name in ("complete", "harmful", *SUMS):
        rate = getattr(rates, name)
        if name.endswith("_protected") and not segments.reduction.any():
            found[name] = found[name.removesuffix("_protected")]
        elif (rate == rate[0]).all():  # one rate for all: nothing to look up
            found[name] = found["days"] * rate[0]
        else:
            found[name] = np.add.reduceat(days * rate[segment], begins)
    found["measured"] = found.pop("complete")
    width = len(classes()) + 1
    group = np.repeat(np.arange(len(begins)) * width, np.diff(begins, append=len(segment)))
    column = segments.sout_class % width  # -1, unknown: the last one
    by_class = np.bincount(group + column[segment], days, len(begins) * width)
    found["by_class"] = by_class.reshape(-1, width).astype(np.int64)
    return found


def _digest(
    segments: Segments, segment: Array, begins: Array, length: Array, off: Array, parallel: Array
) -> Array:
    """Return one number a person for what his figure is made of: conditions times days, in any order.

    Days of a stretch that goes on count to a far day instead of today, so time alone changes nothing; and two
    stretches with the same conditions weigh as much as one.
    """
    said = [segments.sout_class, segments.known, segments.place < 0]
    said += [segments.value, segments.norm, segments.air, segments.shifts, segments.reduction]
    mixed = np.full(len(segments), 0x9E3779B97F4A7C15, dtype=np.uint64)
    for column in said:
        number = np.round(np.nan_to_num(np.asarray(column, dtype=float), nan=-7.0), 9).view(np.uint64)
        mixed = (mixed ^ number) * np.uint64(0xBF58476D1CE4E5B9)
        mixed ^= mixed >> np.uint64(31)
    days, gone, lost = (each.astype(np.uint64) for each in (length - off - parallel, off, parallel))
    parts = mixed[segment] * days + (mixed[segment] ^ np.uint64(1)) * gone
    parts += (mixed[segment] ^ np.uint64(2)) * lost
    found: Array = np.add.reduceat(parts, begins).view(np.int64)
    return found
