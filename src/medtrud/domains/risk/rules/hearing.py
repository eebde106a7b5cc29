"""Hearing: shift from noise by ISO 1999, shift from age by ISO 7029, their sum, degree of loss."""

import math
from collections.abc import Mapping, Sequence
from statistics import NormalDist, fmean
from typing import Any

from ..types import Book, Facts, Outcome, OutOfRange
from .rounding import clean, shown, upto

FREQUENCIES = (500, 1000, 2000, 3000, 4000, 6000)
SHORT_YEARS = 10
HALF = 120
ADULT = 18


def z_of(fractile: float) -> float:
    """Return the normal deviate of a share of people."""
    return NormalDist().inv_cdf(fractile)


def median_noise(freq: int, level: float, years: float, table: Mapping[str, Any]) -> float:
    """Return the median shift from noise, dB."""
    u, v, start = table["u_v_L0"][str(freq)]
    if level <= start:
        return 0.0
    span = (level - start) ** 2
    if years >= SHORT_YEARS:
        return float((u + v * math.log10(years)) * span)
    return float((u + v) * span * math.log10(years + 1) / math.log10(SHORT_YEARS + 1))


def noise_shift(freq: int, level: float, years: float, fractile: float, table: Mapping[str, Any]) -> float:
    """Return the shift from noise at a fractile: the share of people with a smaller one."""
    start = table["u_v_L0"][str(freq)][2]
    if level <= start:
        return 0.0
    z = z_of(fractile)
    x, y = (table["spread"][str(freq)][:2]) if z > 0 else table["spread"][str(freq)][2:]
    spread = max((x + y * math.log10(years)) * (level - start) ** 2, 0.0)
    return float(max(median_noise(freq, level, years, table) + z * spread, 0.0))


def age_shift_2000(freq: int, age: float, sex: str, fractile: float, table: Mapping[str, Any]) -> float:
    """Return the shift from age by ISO 7029:2000, dB."""
    key = str(freq)
    median = table["a"][sex][key] * (age - ADULT) ** 2
    z = z_of(fractile)
    upper, lower = table["upper"], table["lower"]
    spread = table["bu"][sex][key] + upper * median if z > 0 else table["bl"][sex][key] + lower * median
    return float(median + z * spread)


def age_shift_2017(freq: int, age: float, sex: str, fractile: float, table: Mapping[str, Any]) -> float:
    """Return the shift from age by ISO 7029:2017, dB."""
    place = table["freq"].index(freq)
    a, b = table["median_a_b"][sex][place]
    over, z = age - ADULT, z_of(fractile)
    side = table["su"] if z > 0 else table["sl"]
    spread = sum(c * over**power for power, c in enumerate(side[sex][place]))
    return float(a * over**b + z * spread)


def together(age_part: float, noise_part: float) -> float:
    """Return the sum of both shifts with its compression."""
    return age_part + noise_part - age_part * noise_part / HALF


def nipts(facts: Facts, book: Book) -> Outcome:
    """Return the shift from noise at six frequencies."""
    table = book["iso1999"]
    values = [
        noise_shift(freq, facts["lex8h"], facts["years"], facts["fractile"], table) for freq in FREQUENCIES
    ]
    return Outcome(values, "", (), None, _steps(values, "N"), _words(facts, table))


def n50(facts: Facts, book: Book) -> Outcome:
    """Return the median shift from noise at one frequency."""
    table, freq = book["iso1999"], facts["freq"]
    if str(freq) not in table["u_v_L0"]:
        raise OutOfRange("freq", freq, f"одна из {', '.join(map(str, FREQUENCIES))} Гц")
    value = median_noise(freq, facts["lex8h"], facts["years"], table)
    return Outcome(value, "", (), None, (), _words(facts, table))


def _words(facts: Facts, table: Mapping[str, Any]) -> dict[str, str]:
    level, years = facts["lex8h"], facts["years"]
    middle, worst = (noise_shift(4000, level, years, q, table) for q in (0.5, 0.9))
    return {"t": shown(years, 0), "f": "4000", "x": shown(middle, 0), "y": shown(worst, 0)}


def _steps(values: Sequence[float | None], name: str) -> tuple[str, ...]:
    return tuple(
        f"{name}({freq} Гц) = {shown(value, 1)} дБ"
        for freq, value in zip(FREQUENCIES, values, strict=True)
        if value is not None
    )


def htla_2000(facts: Facts, book: Book) -> Outcome:
    """Return the shift from age of database A."""
    table = book["iso7029_2000"]
    values = [age_shift_2000(f, facts["age"], facts["sex"], facts["fractile"], table) for f in FREQUENCIES]
    return Outcome(values, "", (), None, _steps(values, "H"))


def htla_2017(facts: Facts, book: Book) -> Outcome:
    """Return the shift from age of the edition of 2017; above 2000 Hz it is known up to 70 years."""
    table = book["iso7029_2017"]
    values, flags = _up_to_70(
        facts, table, lambda f: age_shift_2017(f, facts["age"], facts["sex"], facts["fractile"], table)
    )
    return Outcome(values, "", flags, None, _steps(values, "H"))


def _up_to_70(facts: Facts, table: Mapping[str, Any], of: Any) -> tuple[list[float | None], tuple[str, ...]]:
    old = clean(facts["age"]) > table["high_until_age"]
    values = [None if old and freq > table["high_from"] else of(freq) for freq in FREQUENCIES]
    flags = (f"выше {table['high_from']} Гц метод проверен до {table['high_until_age']} лет: значений нет",)
    return values, flags if old else ()


def htlan_2017(facts: Facts, book: Book) -> Outcome:
    """Return the sum of age and noise at the same fractile."""
    of_age, of_noise = book["iso7029_2017"], book["iso1999"]
    served(facts)

    def both(freq: int) -> float:
        age = age_shift_2017(freq, facts["age"], facts["sex"], facts["fractile"], of_age)
        return together(age, noise_shift(freq, facts["lex8h"], facts["years"], facts["fractile"], of_noise))

    values, flags = _up_to_70(facts, of_age, both)
    return Outcome(values, "", flags, None, _steps(values, "H'"), _words(facts, of_noise))


def served(facts: Facts) -> None:
    """Refuse a service longer than the life."""
    if facts["years"] > facts["age"]:
        raise OutOfRange("years", facts["years"], f"не больше возраста ({shown(facts['age'], 0)})")


def mean_ru(facts: Facts, book: Book) -> Outcome:
    """Return the mean of the frequencies; the parts are compressed only when their sum passes 40 dB."""
    of_age, of_noise, rules = book["iso7029_2000"], book["iso1999"], book["mean"]
    served(facts)
    wanted = facts.get("freqs") or rules["freqs"]
    parts, steps = [], []
    for freq in wanted:
        if freq not in FREQUENCIES:
            raise OutOfRange("freqs", freq, f"из {', '.join(map(str, FREQUENCIES))} Гц")
        age = age_shift_2000(freq, facts["age"], facts["sex"], facts["fractile"], of_age)
        noise = noise_shift(freq, facts["lex8h"], facts["years"], facts["fractile"], of_noise)
        whole = together(age, noise) if clean(age + noise) > rules["compress_above"] else age + noise
        parts.append(whole)
        steps.append(
            f"{freq} Гц: возраст {shown(age, 1)}, шум {shown(noise, 1)}, вместе {shown(whole, 1)} дБ"
        )
    value = fmean(parts)
    return Outcome(value, "", (), None, tuple(steps), {**_words(facts, of_noise), "m": shown(value, 0)})


def degree(facts: Facts, book: Book) -> Outcome:
    """Return the degree of loss by the mean of four frequencies."""
    mean = facts["mean_500_1000_2000_4000"]
    value = upto(mean, book["degree"]["upper"])
    name = book["degree"]["names"][str(value)]
    flags = (
        ("среднее между 25 и 26 дБ отнесено к I степени: границу подтверждает главный врач",)
        if 25 < clean(mean) < 26  # noqa: PLR2004 - the two borders that the sources disagree about
        else ()
    )
    return Outcome(value, str(value), flags, None, (f"среднее {shown(mean, 1)} дБ: {name}",), {"s": name})


def share_worse(fence: float, shift_at: Any, table: Mapping[str, Any]) -> tuple[float | None, str]:
    """Return the share of people with a worse mean than the fence, found by halving; outside say so."""
    low, high = table["low"], table["high"]
    if shift_at(low) > fence:
        return None, f">{shown(100 * (1 - low), 0)} %"
    if shift_at(high) <= fence:
        return None, f"<{shown(100 * (1 - high), 0)} %"
    for _ in range(table["halvings"]):
        middle = (low + high) / 2
        low, high = (low, middle) if shift_at(middle) > fence else (middle, high)
    share = 1 - (low + high) / 2
    return share, f"{shown(100 * share, 0)} %"


def loss_share(facts: Facts, book: Book) -> Outcome:
    """Return the share of people with hearing worse than a fence, and the part that noise makes."""
    served(facts)
    of_age, of_noise, rules = book["iso7029_2000"], book["iso1999"], book["mean"]

    def mean_at(fractile: float, *, noisy: bool) -> float:
        parts = []
        for freq in rules["freqs"]:
            age = age_shift_2000(freq, facts["age"], facts["sex"], fractile, of_age)
            noise = noise_shift(freq, facts["lex8h"], facts["years"], fractile, of_noise) if noisy else 0.0
            parts.append(
                together(age, noise) if clean(age + noise) > rules["compress_above"] else age + noise
            )
        return fmean(parts)

    whole, said = share_worse(facts["fence"], lambda q: mean_at(q, noisy=True), rules)
    alone, said_alone = share_worse(facts["fence"], lambda q: mean_at(q, noisy=False), rules)
    caused = whole - alone if whole is not None and alone is not None else None
    value = {
        "share": whole,
        "share_text": said,
        "share_age": alone,
        "share_age_text": said_alone,
        "caused": caused,
    }
    return Outcome(
        value,
        "",
        (),
        None,
        (),
        {"t": shown(facts["years"], 0), "p": said, "a": said_alone, "f": shown(facts["fence"], 0)},
    )
