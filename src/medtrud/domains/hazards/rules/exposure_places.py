"""Histories of all workplaces cut into segments at once: the twin of `exposure_stretches.segments`."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..types.dose import TOTAL, Records, dose_kind
from .exposure_rates import SegmentRates, rates_of_segments
from .exposure_stretches import class_index

Array = NDArray[Any]
NEVER = 4_000_000  # days after every ordinal of a date
BIG = 1 << 23  # more than the days of a calendar
END, START, LEVEL, UNWORN, WORN = range(5)  # the order of what happens on one day


@dataclass
class Segments:
    """Segments of one factor over all workplaces, in the order of place and day."""

    place: Array
    since: Array
    until: Array
    sout_class: Array  # index of the class, -1 unknown
    level: Array  # index of the measurement, -1 none
    value: Array
    norm: Array
    air: Array
    shifts: Array
    reduction: Array
    known: Array

    def __len__(self) -> int:
        """Count the segments."""
        return len(self.place)

    def taken(self, index: Array) -> "Segments":
        """Return some of the segments."""
        return Segments(**{each.name: getattr(self, each.name)[index] for each in fields(self)})

    def rates(self, code: str) -> SegmentRates:
        """Return what one counted day of each segment adds."""
        return rates_of_segments(dose_kind(code).measure, self)


def segments_of(records: Records) -> dict[str, Segments]:
    """Cut the histories of all workplaces; codes are keys."""
    known_from: dict[int, int] = {}
    for place, since in records.begins():
        known_from[place] = min(known_from.get(place, NEVER), since.toordinal())
    codes = sorted({each.code for each in records.presences} | {each.code for each in records.levels})
    events = _events(codes, records)
    return {code: _cut(code, events[number], known_from, records) for number, code in enumerate(codes)}


def _events(codes: Sequence[str], records: Records) -> dict[int, Array]:
    """Return per code the rows (place, day, kind, order within the day, which) in this order."""
    number = {code: index for index, code in enumerate(codes)}
    rows: list[tuple[int, int, int, int, int, int]] = []
    for which, each in enumerate(records.presences):
        code = number[each.code]
        rows.append((code, each.place, each.since.toordinal(), START, 0, which))
        if each.until:
            rows.append((code, each.place, each.until.toordinal(), END, 0, which))
    rows += [
        (number[each.code], each.place, each.since.toordinal(), LEVEL, each.id, which)
        for which, each in enumerate(records.levels)
    ]
    for which, worn in enumerate(records.protections):
        if worn.code in number:
            code = number[worn.code]
            rows.append((code, worn.place, worn.since.toordinal(), WORN, 0, which))
            if worn.until:
                rows.append((code, worn.place, worn.until.toordinal(), UNWORN, 0, which))
    table = np.array(rows, dtype=np.int64).reshape(-1, 6)
    table = table[np.lexsort(table.T[4::-1])]
    edges = np.searchsorted(table[:, 0], np.arange(len(codes) + 1))
    return {index: table[edges[index] : edges[index + 1], 1:] for index in range(len(codes))}


def _cut(code: str, events: Array, known_from: dict[int, int], records: Records) -> Segments:
    """Carry the last presence, measurement and protection forward; keep the state at the end of each day."""
    place, day, kind, _, which = events.T
    day = day.astype(np.int32)
    count = np.arange(len(place))
    first = np.maximum.accumulate(np.where(np.r_[True, place[1:] != place[:-1]], count, 0))
    presence = _last((kind == START) | (kind == END), count, first)
    level = _last(kind == LEVEL, count, first)
    worn = _last((kind == WORN) | (kind == UNWORN), count, first)
    stands = (presence >= 0) & (kind[presence] == START)
    exposed = stands | ((level >= 0) & (level > presence))
    closes = np.r_[(place[1:] != place[:-1]) | (day[1:] != day[:-1]), True]  # the last event of its day
    state = np.flatnonzero(closes)
    until = np.where(
        np.r_[place[state][1:] == place[state][:-1], False], np.r_[day[state][1:], 0], NEVER
    ).astype(np.int32)
    kept = state[exposed[state]]
    stands = stands[kept]
    of_presence = np.where(stands, which[presence[kept]], -1)
    of_level = np.where(level[kept] >= 0, which[level[kept]], -1)
    of_worn = np.where((worn[kept] >= 0) & (kind[worn[kept]] == WORN), which[worn[kept]], -1)
    when = (place[kept], day[kept], until[exposed[state]])
    found = _filled(when, (of_presence, of_level, of_worn), records)
    return _with_unknown(code, found, events, known_from)


def _last(mask: Array, count: Array, first: Array) -> Array:
    """Return for each event the last one of a kind up to it at its place, or -1."""
    found = np.maximum.accumulate(np.where(mask, count, -1))
    return np.where(found >= first, found, -1)


def _filled(
    when: tuple[Array, Array, Array], which: tuple[Array, Array, Array], records: Records
) -> Segments:
    presence, level, worn = which
    classes = np.array([class_index(each.sout_class) for each in records.presences] + [-1], dtype=np.int64)
    reductions = np.array([each.reduction for each in records.protections] + [0.0])
    said = [(each.value, _or(each.norm), _or(each.air), _or(each.shifts)) for each in records.levels]
    value, norm, air, shifts = np.array([*said, (np.nan,) * 4], dtype=float)[level].T
    known = np.ones(len(level), dtype=bool)
    return Segments(*when, classes[presence], level, value, norm, air, shifts, reductions[worn], known)


def _or(number: float | None) -> float:
    return np.nan if number is None else number


def _with_unknown(code: str, found: Segments, events: Array, known_from: dict[int, int]) -> Segments:
    """Put the time before anything was recorded in front of each workplace."""
    begins = events[(events[:, 2] == START) | (events[:, 2] == LEVEL)]
    places, index = np.unique(begins[:, 0], return_index=True)
    days = begins[index, 1].astype(np.int32)
    known = np.array([known_from[each] for each in places.tolist()], dtype=np.int64)
    unknown = (days <= known) | (code == TOTAL)
    places, days = places[unknown], days[unknown]
    none = np.full(len(places), np.nan)
    minus = np.full(len(places), -1)
    leading = Segments(
        places, np.ones(len(places), dtype=np.int32), days, minus, minus, none, none, none, none,
        np.zeros(len(places)), np.zeros(len(places), dtype=bool),
    )  # fmt: skip
    both = Segments(
        **{
            each.name: np.concatenate([getattr(leading, each.name), getattr(found, each.name)])
            for each in fields(found)
        }
    )
    return both.taken(np.lexsort((both.since, both.place)))
