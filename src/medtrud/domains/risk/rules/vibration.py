"""Vibration: doses of hands and of the whole body, frequency weighting, shocks, class of conditions."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from ..types import Book, Facts, Missing, Outcome, OutOfRange
from .rounding import classed, clean, comma, shown, upto

WORKING_DAY = 8
ACTIONS = {
    "below_action": "ниже уровня действия",
    "above_action": "выше уровня действия {action} – нужны меры",
    "above_limit": "выше предела {limit}",
}


def action_of(value: float, limits: Sequence[float]) -> tuple[str, str]:
    """Return the band of a dose and its words; a dose equal to a level does not pass it."""
    action, limit = limits
    found = upto(value, [[action, "below_action"], [limit, "above_action"], [None, "above_limit"]])
    return found, ACTIONS[found].format(action=comma(action), limit=comma(limit))


def of_operations(operations: Sequence[Sequence[float]]) -> float:
    """Return the dose of a day from the operations with their hours."""
    hours = sum(each for _, each in operations)
    if hours > 24:  # noqa: PLR2004 - a day
        raise OutOfRange("ops", hours, "всего не больше 24 ч")
    return math.sqrt(sum(a**2 * each for a, each in operations) / WORKING_DAY)


def hand_dose(facts: Facts, book: Book) -> Outcome:
    """Return the daily dose of the hands with its level of action."""
    value = of_operations(facts["ops"])
    category, words = action_of(value, book["levels"]["hav_a8"])
    steps = tuple(f"{comma(a)} м/с² · {comma(hours)} ч" for a, hours in facts["ops"])
    return Outcome(value, category, (), None, steps, {"a": shown(value, 1), "said": words})


def white_fingers(a8: float, table: Mapping[str, Any]) -> tuple[float, tuple[str, ...]]:
    """Return the years until a tenth of a group has white fingers, and what is outside the annex."""
    years = table["factor"] * a8 ** table["power"]
    low, high = table["years"]
    outside = not low <= clean(years) <= high
    return years, (f"срок вне {low}–{high} лет, для которых проверено приложение",) if outside else ()


def fingers(facts: Facts, book: Book) -> Outcome:
    """Return the years until a tenth of a group has white fingers."""
    years, flags = white_fingers(facts["a8"], book["fingers"])
    step = f"{comma(book['fingers']['factor'])} · {comma(facts['a8'])}^{comma(book['fingers']['power'])}"
    return Outcome(years, "", flags, None, (step,), {"y": shown(years, 0)})


def hand_career(facts: Facts, book: Book) -> Outcome:
    """Return the energy mean over the working life against the years of the annex: an extension of ours."""
    years = sum(each for _, each in facts["periods"])
    mean = math.sqrt(sum(a**2 * each for a, each in facts["periods"]) / years)
    limit, flags = white_fingers(mean, book["fingers"])
    value = {"a8": mean, "years": years, "dy": limit, "share": years / limit}
    steps = tuple(f"A(8) {comma(a)} м/с² · {comma(each)} лет" for a, each in facts["periods"])
    return Outcome(value, "", flags, None, steps, {"y": shown(limit, 0), "t": shown(years, 0)})


def basis(facts: Facts, book: Book) -> Outcome:
    """Return the greatest of the weighted axes."""
    value = max(k * a for k, a in zip(book["axes"]["k"], facts["aw"], strict=True))
    return Outcome(value, "", (), None, (f"наибольшее из {_products(book['axes']['k'], facts['aw'])}",))


def whole_dose(facts: Facts, book: Book) -> Outcome:
    """Return the daily dose of the whole body with its level of action."""
    greatest = max(k * a for k, a in zip(book["axes"]["k"], facts["aw"], strict=True))
    value = greatest * math.sqrt(facts["hours"] / WORKING_DAY)
    category, words = action_of(value, book["levels"]["wbv_a8"])
    step = f"{shown(greatest, 3)} · √({comma(facts['hours'])}/8)"
    return Outcome(value, category, (), None, (step,), {"a": shown(value, 2), "said": words})


def fourth_power(facts: Facts, book: Book) -> Outcome:
    """Return the dose of shocks: the fourth root of the sum of fourth powers."""
    value = sum(part**4 for part in facts["parts"]) ** 0.25
    category, words = action_of(value, book["levels"]["wbv_vdv"])
    return Outcome(value, category, (), None, (), {"a": shown(value, 1), "said": words})


def total_value(facts: Facts, book: Book) -> Outcome:
    """Return the vector sum of the three axes."""
    factors = facts.get("k") or book["axes"]["k"]
    value = math.sqrt(sum((k * a) ** 2 for k, a in zip(factors, facts["aw"], strict=True)))
    return Outcome(value, "", (), None, (_products(factors, facts["aw"]),))


def _products(factors: Sequence[float], values: Sequence[float]) -> str:
    return "; ".join(f"{comma(k)}·{comma(a)}" for k, a in zip(factors, values, strict=True))


def weight_at(frequency: float, row: Sequence[float | None]) -> float:
    """Return the weight of a frequency: a corner that is null lies at infinity and its stage is 1."""
    f1, f2, f3, f4, q4, f5, q5, f6, q6, k = row
    s = 2j * math.pi * frequency
    q = 1 / math.sqrt(2)
    w1, w2, w3, w4, w5, w6 = (None if f is None else 2 * math.pi * f for f in (f1, f2, f3, f4, f5, f6))
    found: complex = complex(k or 1)
    if w1 is not None:
        found /= 1 + w1 / (q * s) + (w1 / s) ** 2
    if w2 is not None:
        found /= _second(s, w2, q)
    if w3 is not None:
        found *= 1 + s / w3
    if w4 is not None:
        found /= _second(s, w4, q4 or 1)
    if w5 is not None and w6 is not None:
        found *= _second(s, w5, q5 or 1) / _second(s, w6, q6 or 1) * (w5 / w6) ** 2
    return abs(found)


def _second(s: complex, w: float, q: float) -> complex:
    return 1 + s / (q * w) + (s / w) ** 2


def weighting(facts: Facts, book: Book) -> Outcome:
    """Return the weight of a band."""
    frequency = 10 ** (facts["band_index"] / 10)
    value = weight_at(frequency, book["weightings"][facts["name"]])
    return Outcome(value, "", (), None, (f"f = {shown(frequency, 3)} Гц",))


def vibration_class(facts: Facts, book: Book) -> Outcome:
    """Return the class of conditions; a cooling microclimate adds a degree to local vibration."""
    row = book["sout_vibroacoustic"][f"vib_{facts['kind']}"]
    names = [step["class"] for step in row["steps"]]
    found = classed(facts["level_db"], row["steps"])
    steps = [f"{comma(facts['level_db'])} дБ: класс {found}"]
    if facts.get("cooling") and facts["kind"] == "local" and found != names[0]:
        found = names[min(names.index(found) + 1, len(names) - 1)]
        steps.append(f"охлаждающий микроклимат 3.1 и хуже: степень выше, класс {found}")
    return Outcome(found, found, (), None, tuple(steps), {"cls": found})


def shocks(facts: Facts, book: Book) -> Outcome:
    """Return the stress of the lumbar spine by multiple shocks and the probability of an injury."""
    table, sex = book["iso2631_5"], facts["sex"]
    daily, steps = _daily(facts, table)
    stress = table["mz"][sex] * daily
    total = 0.0
    for year in range(facts["years"]):
        age = facts["start_age"] + year
        left = table["strength"] - table["per_year"][sex] * age - table["mz"][sex] * table["gravity"]
        if left <= 0:
            raise OutOfRange(
                "years", facts["years"], f"до {age - 1} лет возраста: дальше прочности по модели нет"
            )
        total += (stress * facts["days_per_year"] ** (1 / 6) / left) ** 6
    risk = total ** (1 / 6)
    alpha, beta = table["weibull"][sex]
    chance = 1 - math.exp(-((risk / alpha) ** beta))
    steps.append(f"Sd = {shown(stress, 3)} МПа, R = {shown(risk, 4)}, P = {shown(chance, 4)}")
    borders = [[border, name] for border, name in zip(table["R_10_50_90"][sex], table["bands"], strict=False)]
    category = upto(risk, [*borders, [None, table["bands"][-1]]])
    return Outcome({"R": risk, "P": chance, "Sd": stress}, category, (), None, tuple(steps))


def _daily(facts: Facts, table: Mapping[str, Any]) -> tuple[float, list[str]]:
    if facts.get("dzd") is not None:
        return facts["dzd"], [f"Dzd = {comma(facts['dzd'])} м/с²"]
    if not facts.get("peaks"):
        raise Missing("peaks", "dzd")
    if bool(facts.get("td")) != bool(facts.get("tm")):
        raise Missing("tm" if facts.get("td") else "td")
    dose = table["dose_factor"] * sum(peak**6 for peak in facts["peaks"]) ** (1 / 6)
    if facts.get("td") and facts.get("tm"):
        daily = dose * (facts["td"] / facts["tm"]) ** (1 / 6)
        return daily, [f"Dz = {shown(dose, 2)}, Dzd = {shown(daily, 2)} м/с²"]
    return dose, [f"Dz = Dzd = {shown(dose, 2)} м/с²: пики даны за день"]
