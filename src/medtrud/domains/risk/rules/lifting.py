"""Lifting by hand: the recommended weight of NIOSH and its lifting index."""

from collections.abc import Mapping
from typing import Any

from ..types import Book, Facts, Outcome, OutOfRange
from .noise import between
from .rounding import clean, comma, shown, upto

DURATIONS = ("short", "moderate", "long")


def frequency(
    rate: float, duration: str, *, high: bool, table: Mapping[str, Any]
) -> tuple[float, tuple[str, ...]]:
    """Return the multiplier of table 5, linear between its rows; what is rarer takes the first row."""
    rows = {float(key): values for key, values in table["rows"].items()}
    points = sorted(rows)
    least = comma(points[0])
    flags = (f"подъёмы реже {least} в минуту: взято {least}",) if clean(rate) < points[0] else ()
    if rate > points[-1]:
        return 0.0, flags
    column = 2 * DURATIONS.index(duration) + int(high)
    return between(max(rate, points[0]), points, [rows[point][column] for point in points]), flags


def frequency_outcome(facts: Facts, book: Book) -> Outcome:
    """Return the frequency multiplier."""
    value, flags = frequency(facts["F"], facts["duration"], high=facts["V_ge_75"], table=book["frequency"])
    return Outcome(value, "", flags)


def multipliers(task: Facts, unit: Mapping[str, Any], table: Mapping[str, Any]) -> dict[str, float]:
    """Return the multipliers of a task without that of frequency."""
    far, high, way, turn = task["H"], task["V"], task["D"], task["A"]
    place = int(high >= unit["V0"])
    return {
        "HM": 0.0 if far > unit["Hmax"] else unit["H0"] / max(far, unit["H0"]),
        "VM": 0.0 if high > unit["Vmax"] else 1 - unit["Vk"] * abs(high - unit["V0"]),
        "DM": 0.0 if way > unit["Dmax"] else table["distance"] + unit["Dk"] / max(way, unit["Dmin"]),
        "AM": 0.0 if turn > table["Amax"] else 1 - table["Ak"] * turn,
        "CM": table["CM"][task["coupling"]][place],
    }


def weight_limit(
    task: Facts, book: Book, duration: str, unit_name: str
) -> tuple[float, float, dict[str, float], Any]:
    """Return the recommended weight without and with the frequency, the multipliers and the flags."""
    table = book["niosh"]
    unit = table[unit_name]
    parts = multipliers(task, unit, table)
    free = unit["LC"]
    for part in parts.values():
        free *= part
    origin = task["V"] if task.get("V_origin") is None else task["V_origin"]
    fm, flags = frequency(task["F"], duration, high=origin >= unit["V0"], table=book["frequency"])
    return free, free * fm, {**parts, "FM": fm}, flags


def lifting(facts: Facts, book: Book) -> Outcome:
    """Return the recommended weight limit and the lifting index of one task."""
    _, limit, parts, flags = weight_limit(facts, book, facts["duration"], facts["unit"])
    index = facts["load"] / limit if limit > 0 else None
    steps = tuple(f"{name} = {shown(part, 3)}" for name, part in parts.items())
    value = {"RWL": limit, "LI": index, "multipliers": parts}
    if index is None:
        worst = ", ".join(name for name, part in parts.items() if part == 0)
        words = "Такой подъём методом не допускается: груз надо поднимать иначе."
        return Outcome(
            value,
            "forbidden",
            (*flags, f"множитель {worst} = 0: рекомендованного веса нет"),
            None,
            steps,
            {"plain": words},
        )
    return Outcome(value, upto(index, book["niosh"]["index"]), flags, None, steps, {"plain": _words(index)})


def _words(index: float) -> str:
    if clean(index) <= 1:
        return "Груз не тяжелее рекомендованного для этого подъёма."
    return f"Груз в {shown(index, 1)} раза тяжелее рекомендованного для этого подъёма."


def composite(facts: Facts, book: Book) -> Outcome:
    """Return the composite index of several tasks of one shift."""
    tasks = []
    flags: list[str] = []
    for task in facts["tasks"]:
        free, limit, parts, more = weight_limit(task, book, facts["duration"], facts["unit"])
        if limit <= 0:
            raise OutOfRange("tasks", task["F"], "подъёмы с рекомендованным весом больше 0")
        flags += more
        tasks.append({**task, "fili": task["load"] / free, "stli": task["load"] / limit, "fm": parts["FM"]})
    tasks.sort(key=lambda task: -task["stli"])
    total, rate, before = tasks[0]["stli"], tasks[0]["F"], tasks[0]["fm"]
    steps = [f"STLI наибольший: {shown(total, 2)}"]
    for task in tasks[1:]:
        rate += task["F"]
        origin = task["V"] if task.get("V_origin") is None else task["V_origin"]
        high = origin >= book["niosh"][facts["unit"]]["V0"]
        after, _ = frequency(rate, facts["duration"], high=high, table=book["frequency"])
        if after <= 0:
            raise OutOfRange("tasks", rate, "общая частота, которую допускает таблица 5")
        total += task["fili"] * (1 / after - 1 / before)
        before = after
        steps.append(f"добавлена частота до {shown(rate, 1)} в минуту: CLI = {shown(total, 2)}")
    return Outcome(
        {"CLI": total},
        upto(total, book["niosh"]["index"]),
        tuple(flags),
        None,
        tuple(steps),
        {"plain": _words(total)},
    )
