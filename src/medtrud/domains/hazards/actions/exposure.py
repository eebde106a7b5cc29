"""Counting exposure and keeping it in versions."""

import datetime as dt
from collections.abc import Callable, Collection, Iterator
from functools import cache
from typing import Any

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from medtrud.engines.background.public import publish
from medtrud.engines.journal.public import record
from medtrud.engines.store.public import action, copy_rows, id_array, now
from medtrud.kernel.actor import Actor

from ..models import ExposurePeriod, ExposureTotal
from ..queries.exposure import main_value
from ..queries.exposure_facts import Facts, facts_of
from ..rules.exposure_arrays import Careers, careers
from ..rules.exposure_places import Segments, segments_of
from ..types.dose import ExposureChanged, Measure, Sums, dose_kind

Array = NDArray[Any]
Told = Callable[[int, int, str], None]
TOTAL_COLUMNS = (
    "person_id", "code", "version", "counted_on", "counted_at", "cause", "value", "value_protected", "unit",
    "days", "measured_days", "off_days", "parallel_days", "harmful_days", "dose", "other", "by_class",
    "digest",
)  # fmt: skip
PERIOD_COLUMNS = (
    "total_id", "jobs", "since", "until", "days", "off", "parallel", "levels", "values",
    "classes",
)  # fmt: skip
MANY = 1000  # an event names so many people at most; more are told as everybody of the list
CURRENT = """
SELECT person_id, version, digest, id FROM hazards_exposuretotal WHERE code = %s AND replaced_at IS NULL
"""
SOME = " AND person_id = ANY(%s::bigint[])"
REPLACE = "UPDATE hazards_exposuretotal SET replaced_at = %s WHERE id = ANY(%s::bigint[])"
GOES_ON = """
SELECT t.person_id, t.code, t.id, t.version, t.digest, t.cause
FROM hazards_exposuretotal t JOIN hazards_exposureperiod p ON p.total_id = t.id
WHERE t.replaced_at IS NULL AND t.counted_on < %s AND t.counted_on = ANY(p.until)
"""
PORTION = 5000
CODES = "SELECT DISTINCT code FROM hazards_exposuretotal WHERE replaced_at IS NULL"


@action
def exposures_recount(
    actor: Actor, *, persons: Collection[int] | None, on: dt.date, cause: str, told: Told | None = None
) -> int:
    """Count the exposure of some people, or of everybody, before a day; return how many versions are new.

    persons are surviving cards. A version is written only where the facts behind a figure have changed.
    """
    facts = facts_of(persons, on=on)
    history = segments_of(facts.records)
    changed: set[int] = set()
    count = 0
    for done, code in enumerate(sorted(history.keys() | _codes_held(persons))):
        if told:
            told(done, len(history), f"Считаем фактор {code}")
        known = history.get(code)
        counted = careers(facts.jobs, known, facts.away, code) if known is not None else None
        rows = _changes(code, counted, persons)
        if known is not None and counted is not None and len(rows):
            _write(_Batch(code, counted, known, facts), rows, on=on, cause=cause[:200])
            changed.update(counted.person[rows[:, 0]].tolist())
        count += len(rows)
    for start in range(0, len(changed), MANY):
        publish(ExposureChanged(tuple(sorted(changed)[start : start + MANY])))
    record(actor, "hazards.exposures_recount", count=count, persons=len(facts.persons))
    return count


@action
def exposures_advance(actor: Actor, *, on: dt.date) -> int:
    """Move the figures of those whose conditions go on to a day; return how many were moved.

    The facts are the same, so the version is: only its day, its sums and its last stretches move on. Whose
    facts have changed meanwhile gets a version by the event of the change, not here.
    """
    count = 0
    with connection.cursor() as cursor:
        cursor.execute(GOES_ON, [on])
        held = cursor.fetchall()
    people = sorted({row[0] for row in held})
    for start in range(0, len(people), PORTION):
        some = people[start : start + PORTION]
        facts = facts_of(some, on=on)
        for code, known in segments_of(facts.records).items():
            counted = careers(facts.jobs, known, facts.away, code)
            mine = {row[0]: row for row in held if row[1] == code}
            count += _moved(_Batch(code, counted, known, facts), mine, on)
    record(actor, "hazards.exposures_advance", None, count=count, persons=len(people))
    return count


def _moved(batch: "_Batch", held: dict[int, Any], on: dt.date) -> int:
    persons, digests = batch.counted.person.tolist(), batch.counted.digest.tolist()
    found = [
        (number, held[person])
        for number, person in enumerate(persons)
        if person in held and held[person][4] == digests[number]
    ]
    if not found:
        return 0
    with connection.cursor() as cursor:
        ids = id_array([row[2] for _, row in found])
        cursor.execute("DELETE FROM hazards_exposureperiod WHERE total_id = ANY(%s::bigint[])", [ids])
        cursor.execute("DELETE FROM hazards_exposuretotal WHERE id = ANY(%s::bigint[])", [ids])
    _write(
        batch,
        np.array([(number, row[3]) for number, row in found], dtype=np.int64),
        on=on,
        cause=[row[5] for _, row in found],
    )
    return len(found)


def forget_totals(persons: Collection[int]) -> None:
    """Delete what was counted of people a list had brought by mistake: who remains is counted again."""
    rows = ExposureTotal.objects.unscoped("figures made of an import that is taken back")
    rows.filter(person__in=list(persons)).delete()


def _codes_held(persons: Collection[int] | None) -> set[str]:
    with connection.cursor() as cursor:
        values = [] if persons is None else [id_array(persons)]
        cursor.execute(CODES + (SOME if values else ""), values)
        return {row[0] for row in cursor.fetchall()}


def _changes(code: str, counted: Careers | None, persons: Collection[int] | None) -> Array:
    """Return (index of the person, his next version) where something is new; end versions of what is gone."""
    with connection.cursor() as cursor:
        values: list[Any] = [code] if persons is None else [code, id_array(persons)]
        cursor.execute(CURRENT + ("" if persons is None else SOME) + " ORDER BY person_id", values)
        held = np.array(cursor.fetchall(), dtype=np.int64).reshape(-1, 4)
        person = counted.person if counted is not None else np.zeros(0, dtype=np.int64)
        digest = counted.digest if counted is not None else person
        at = np.minimum(np.searchsorted(held[:, 0], person), max(len(held) - 1, 0))
        if len(held):
            found = held[at, 0] == person
            version = np.where(found, held[at, 1], 0)
            same = found & (held[at, 2] == digest)
        else:
            version, same = np.zeros_like(person), np.zeros(len(person), dtype=bool)
        kept = np.isin(held[:, 0], person[same])
        ended = held[~kept, 3]
        if len(ended):
            cursor.execute(REPLACE, [now(), id_array(ended.tolist())])
    fresh = np.flatnonzero(~same)
    return np.stack([fresh, version[fresh] + 1], axis=1)


class _Batch:
    """The counted people of one factor, as rows for the database."""

    def __init__(self, code: str, counted: Careers, known: Segments, facts: Facts) -> None:
        self.code, self.counted, self.facts = code, counted, facts
        self.kind = dose_kind(code)
        self.sums = {name: column.tolist() for name, column in counted.sums.items()}
        self.known = known
        self.ends = np.append(counted.first[1:], len(counted.job)).tolist()

    def sums_of(self, number: int) -> Sums:
        """Return the sums of one person."""
        return Sums(**{name: column[number] for name, column in self.sums.items()})


def _write(batch: _Batch, rows: Array, *, on: dt.date, cause: str | list[str]) -> None:
    at, code, kind = now(), batch.code, batch.kind
    persons, digests = batch.counted.person.tolist(), batch.counted.digest.tolist()
    totals = []
    causes = [cause] * len(rows) if isinstance(cause, str) else cause
    for (number, version), why in zip(rows.tolist(), causes, strict=True):
        s = batch.sums_of(number)
        totals.append(
            (
                persons[number], code, version, on, at, why,
                main_value(kind.measure, s, s.dose), main_value(kind.measure, s, s.dose_protected),
                "мг" if kind.measure is Measure.DUST else kind.unit,
                s.days, s.measured, s.off, s.parallel, s.harmful, s.dose, s.other, list(s.by_class),
                digests[number],
            )
        )  # fmt: skip
    ids = copy_rows(ExposureTotal, TOTAL_COLUMNS, totals)
    copy_rows(ExposurePeriod, PERIOD_COLUMNS, list(_periods(batch, ids, rows[:, 0].tolist())))


def _periods(batch: _Batch, ids: list[int], numbers: list[int]) -> Iterator[tuple[Any, ...]]:
    """Yield the packed stretches of people."""
    counted, known, levels = batch.counted, batch.known, batch.facts.records.levels
    level_ids = [str(each.id) for each in levels]
    which = known.level.tolist()
    level_texts = ["NULL" if each < 0 else level_ids[each] for each in which]
    value_texts = ["NULL" if value != value else repr(value) for value in known.value.tolist()]  # noqa: PLR0124 - nan
    class_texts = [str(each) for each in known.sout_class.tolist()]
    jobs = batch.facts.jobs.id[counted.job].tolist()
    segment = counted.segment.tolist()
    days = (counted.since.tolist(), counted.until.tolist())
    counts = (counted.days.tolist(), counted.off.tolist(), counted.parallel.tolist())
    firsts = counted.first.tolist()
    for total, number in zip(ids, numbers, strict=True):
        mine = slice(firsts[number], batch.ends[number])
        met = segment[mine]
        yield (
            total,
            _packed(map(str, jobs[mine])),
            *(_packed(map(_day, each[mine])) for each in days),
            *(_packed(map(str, each[mine])) for each in counts),
            *(_packed([texts[each] for each in met]) for texts in (level_texts, value_texts, class_texts)),
        )


def _packed(texts: Any) -> str:
    return f"{{{','.join(texts)}}}"


@cache
def _day(ordinal: int) -> str:
    return dt.date.fromordinal(ordinal).isoformat()
