"""From jobs, conditions and measurements to the dated stretches of one factor, step by step.

The rule, in words:
* a measured value holds at a workplace from its day until the next one; of two on one day the later recorded
  wins;
* a factor recorded without any measurement yet is a gap, and so are the days of a job before anything
  was recorded about its workplace; a gap is shown and never filled;
* a factor taken off a workplace ends, whatever was measured there before;
* a day is counted once: of parallel jobs with the factor the worse one counts (the higher level, then the
  higher class, then the earlier recorded job), the days of the other are shown as parallel;
* days away are taken off by exact days.
`exposure_arrays` does the same for everybody at once; a property test holds the two together.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ..types.dose import TOTAL, Away, Job, LevelFact, Records, Stretch
from ..types.exposure import classes

NEVER = dt.date.max
LONG_AGO = dt.date.min


@dataclass(frozen=True)
class Segment:
    """What a workplace had of a factor while nothing changed."""

    since: dt.date
    until: dt.date
    sout_class: str
    level: LevelFact | None
    reduction: float
    known: bool = True


def segments_by_place(records: Records, code: str) -> dict[int, list[Segment]]:
    """Cut the histories of one factor at some workplaces."""
    known_from: dict[int, dt.date] = {}
    for place, since in records.begins():
        known_from[place] = min(known_from.get(place, NEVER), since)
    found = {}
    for place, known in known_from.items():
        mine = Records(
            [each for each in records.presences if each.place == place and each.code == code],
            [each for each in records.levels if each.place == place and each.code == code],
            [each for each in records.protections if each.place == place and each.code == code],
        )
        found[place] = segments(mine, NEVER if code == TOTAL else known)
    return found


def segments(said: Records, known_from: dt.date) -> list[Segment]:
    """Cut the history of one factor at one workplace where anything changes.

    known_from: the first day on which anything at all is recorded there; a factor that comes later was
    absent before.
    """
    days = {since for _, since in said.begins()} | {each.since for each in said.protections}
    days |= {each.until for each in said.presences if each.until}
    days |= {each.until for each in said.protections if each.until}
    edges = [*sorted(days), NEVER]
    found = []
    begins = [since for _, since in said.begins()]
    if begins and min(begins) <= known_from:
        found.append(Segment(LONG_AGO, min(begins), "", None, 0.0, known=False))
    for since, until in pairwise(edges):
        state = _state(said, since)
        if state is not None:
            sout_class, level, reduction = state
            found.append(Segment(since, until, sout_class, level, reduction))
    return found


def _state(said: Records, day: dt.date) -> tuple[str, LevelFact | None, float] | None:
    """Return class, level and protection of a day, or nothing where nobody meets the factor."""
    standing = [each for each in said.presences if each.since <= day < (each.until or NEVER)]
    measured = [each for each in said.levels if each.since <= day]
    level = max(measured, key=lambda each: (each.since, each.id), default=None)
    if not standing:
        ended = [each.until for each in said.presences if each.until and each.until <= day]
        if level is None or (ended and max(ended) > level.since):
            return None
    worn = [each for each in said.protections if each.since <= day < (each.until or NEVER)]
    return (standing[0].sout_class if standing else "", level, worn[0].reduction if worn else 0.0)


def stretches(
    jobs: Iterable[Job], conditions: dict[int, list[Segment]], away: Sequence[Away], on: dt.date
) -> list[Stretch]:
    """Return the stretches of one person and factor before a day; every day is counted once."""
    pieces = [
        (job, segment, max(job.since, segment.since), min(job.until or NEVER, segment.until, on))
        for job in sorted(jobs, key=lambda job: (job.since, job.id))
        if job.place is not None
        for segment in conditions.get(job.place, ())
    ]
    pieces = [piece for piece in pieces if piece[2] < piece[3]]
    counts = [[0, 0, 0] for _ in pieces]  # counted, away, parallel
    edges = {day for *_, since, until in pieces for day in (since, until)}
    edges |= {day for each in away for day in (each.since, each.until)}
    for since, until in pairwise(sorted(edges)):
        here = [number for number, piece in enumerate(pieces) if piece[2] <= since < piece[3]]
        if not here:
            continue
        worst = max(here, key=lambda number: _rank(pieces[number][0], pieces[number][1]))
        off = any(each.since <= since < each.until for each in away)
        for number in here:
            column = 2 if number != worst else int(off)
            counts[number][column] += (until - since).days
    return [_stretch(piece, count) for piece, count in zip(pieces, counts, strict=True)]


def _rank(job: Job, segment: Segment) -> tuple[float, int, int]:
    value = segment.level.value if segment.level else -1.0
    return value, class_index(segment.sout_class), -job.id


def class_index(code: str) -> int:
    """Return the place of a class, mildest first; an unknown one stands before all."""
    return list(classes()).index(code) if code else -1


def _stretch(piece: tuple[Job, Segment, dt.date, dt.date], count: list[int]) -> Stretch:
    job, segment, since, until = piece
    level = segment.level
    return Stretch(
        job=job.id,
        place=job.place or 0,
        since=since,
        until=until,
        days=count[0],
        off=count[1],
        parallel=count[2],
        sout_class=segment.sout_class,
        level=level.id if level else None,
        value=level.value if level else None,
        norm=level.norm if level else None,
        air=level.air if level else None,
        shifts=level.shifts if level else None,
        reduction=segment.reduction,
        known=segment.known,
    )
