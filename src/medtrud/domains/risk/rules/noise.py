"""Noise of a working day: energy means, dose, uncertainty of a measurement, class of conditions."""

import math
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from statistics import stdev
from typing import Any

from ..types import Book, Facts, Interval, Outcome, OutOfRange
from .rounding import classed, comma, shown

REFERENCE_HOURS = 8


def energy_mean(levels: Sequence[float], weights: Sequence[float] | None = None) -> float:
    """Return the energy mean of levels, dB."""
    shares = weights or [1.0] * len(levels)
    total = sum(w * 10 ** (0.1 * level) for level, w in zip(levels, shares, strict=True))
    return 10 * math.log10(total / sum(shares))


def over_day(level: float, hours: float) -> float:
    """Return the level brought to a day of eight hours."""
    return level + 10 * math.log10(hours / REFERENCE_HOURS)


def task_levels(tasks: Sequence[Mapping[str, Any]]) -> tuple[list[float], float]:
    """Return the level of each task and that of the day."""
    levels = [energy_mean(task["samples"]) for task in tasks]
    parts = [over_day(level, task["hours"]) for level, task in zip(levels, tasks, strict=True)]
    return levels, 10 * math.log10(sum(10 ** (0.1 * part) for part in parts))


def of_day(hours: float, name: str) -> None:
    """Refuse more hours than a day has."""
    if hours > 24:  # noqa: PLR2004 - a day
        raise OutOfRange(name, hours, "всего не больше 24 ч")


def level_outcome(value: float, steps: Sequence[str] = ()) -> Outcome:
    """Return a level of the day."""
    return Outcome(value, "", (), None, tuple(steps), {"l": shown(value, 1)})


def dose(exposures: Sequence[Sequence[float]], criterion: float, exchange: float) -> float:
    """Return the dose, per cent of the allowed one."""
    allowed = [REFERENCE_HOURS / 2 ** ((level - criterion) / exchange) for level, _ in exposures]
    return 100 * sum(hours / limit for (_, hours), limit in zip(exposures, allowed, strict=True))


def noise_class(facts: Facts, book: Book) -> Outcome:
    """Return the class of conditions; impulse and tonal noise is 5 дБА stricter."""
    stricter = facts.get("impulse") or facts.get("tonal")
    added = book["sout_numbers"]["noise_add"]["value"] if stricter else 0
    level = facts["laeq"] + added
    found = classed(level, book["sout_vibroacoustic"]["noise"]["steps"])
    steps = [f"{shown(level, 1)} дБА: класс {found}"]
    if added:
        steps.insert(0, f"импульсный или тональный шум: к уровню прибавлено {comma(added)} дБА")
    return Outcome(found, found, (), None, tuple(steps), {"cls": found})


def uncertainty(facts: Facts, book: Book) -> Outcome:
    """Return the expanded uncertainty of the day: the level stays below the sum with 95 % chance."""
    table = book["iso9612"]
    u2 = table["u2"][facts["instrument"]]
    if facts["strategy"] == "task":
        level, combined, steps, flags = _by_tasks(facts, table, u2)
    else:
        level, combined, steps, flags = _by_samples(facts, table, u2)
    value = table["k"] * combined
    steps.append(f"u = {shown(combined, 3)} дБ, U = {table['k']}·u; уровень {shown(level, 1)} дБА")
    limits = Interval(level - value, level + value, "расширенная неопределённость, односторонние 95 %")
    return Outcome(
        value, "", tuple(flags), limits, tuple(steps), {"u": shown(value, 1), "l": shown(level, 1)}
    )


def _by_tasks(facts: Facts, table: Mapping[str, Any], u2: float) -> tuple[float, float, list[str], list[str]]:
    tasks = facts["tasks"]
    levels, day = task_levels(tasks)
    total, steps, flags = 0.0, [], []
    for task, level in zip(tasks, levels, strict=True):
        weight = task["hours"] / REFERENCE_HOURS * 10 ** (0.1 * (level - day))
        samples = task["samples"]
        u1a = stdev(samples) / math.sqrt(len(samples)) if len(samples) > 1 else 0.0
        if len(samples) == 1:
            flags.append("задача измерена один раз: разброс измерений не учтён")
        u1b = half_range(task)
        by_time = table["per_hour"] * weight / task["hours"] * u1b
        total += weight**2 * (u1a**2 + u2**2 + table["u3"] ** 2) + by_time**2
        steps.append(
            f"задача {shown(level, 1)} дБА, {shown(task['hours'], 2)} ч: c = {shown(weight, 3)}, "
            f"u1a = {shown(u1a, 2)}, u1b = {shown(u1b, 2)} ч"
        )
    return day, math.sqrt(total), steps, flags


def half_range(task: Mapping[str, Any]) -> float:
    """Return half the range of the duration of a task, hours."""
    if task.get("u1b") is not None:
        return float(task["u1b"])
    span = task.get("hours_range") or task.get("duration_range") or [0.0]
    return float(max(span) - min(span) if len(span) > 1 else span[0]) / 2


def _by_samples(
    facts: Facts, table: Mapping[str, Any], u2: float
) -> tuple[float, float, list[str], list[str]]:
    samples = facts["samples"]
    u1 = stdev(samples) if len(samples) > 1 else 0.0
    c1u1, flags = sampled(len(samples), u1, table)
    day = over_day(energy_mean(samples), facts["effective_hours"])
    if c1u1 > table["revise_above"]:
        flags.append(f"c1u1 больше {shown(table['revise_above'], 1)} дБ: план измерений надо пересмотреть")
    steps = [f"N = {len(samples)}, u1 = {shown(u1, 2)} дБ, c1u1 = {shown(c1u1, 2)} дБ по таблице C.4"]
    return day, math.sqrt(c1u1**2 + u2**2 + table["u3"] ** 2), steps, flags


def sampled(number: int, spread: float, table: Mapping[str, Any]) -> tuple[float, list[str]]:
    """Return the contribution of sampling by table C.4, linear between its rows and columns."""
    rows = {int(key): values for key, values in table["c1u1"].items()}
    sizes, columns = sorted(rows), [0.0, *table["u1_columns"]]
    flags = []
    if number < sizes[0]:
        raise OutOfRange("samples", number, f"не меньше {sizes[0]} измерений")
    if spread > columns[-1]:
        raise OutOfRange("samples", round(spread, 2), f"разброс u1 до {shown(columns[-1], 1)} дБ")
    if number > sizes[-1]:
        flags.append(f"измерений больше {sizes[-1]}: взята последняя строка таблицы")
        number = sizes[-1]
    above = sizes[bisect_left(sizes, number)]
    below = max(size for size in sizes if size <= number)
    ends = [between(spread, columns, [0.0, *rows[size]]) for size in (below, above)]
    return between(number, [below, above], ends) if below != above else ends[0], flags


def between(value: float, points: Sequence[float], values: Sequence[float]) -> float:
    """Return the value between the points of a table, linearly."""
    place = min(max(bisect_left(points, value), 1), len(points) - 1)
    low, high = points[place - 1], points[place]
    share = (value - low) / (high - low)
    return values[place - 1] + share * (values[place] - values[place - 1])
