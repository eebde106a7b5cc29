"""Rates and their limits: exact for counts, Wilson for shares, Katz for relative risk."""

import math
from collections.abc import Sequence
from statistics import NormalDist
from typing import Any

from scipy.special import gammaincinv

from ..types import Book, Facts, Interval, Outcome, OutOfRange
from .rounding import clean, shown, since, under, upto

LOW, HIGH = 0.025, 0.975
Z = NormalDist().inv_cdf(HIGH)
EXACT = "95 %, точные границы Пуассона"


def exact(count: float) -> tuple[float, float]:
    """Return the exact limits of a count of rare events."""
    low = float(gammaincinv(count, LOW)) if count else 0.0
    return low, float(gammaincinv(count + 1, HIGH))


def poisson(facts: Facts, book: Book) -> Outcome:
    """Return the limits of a count."""
    low, high = exact(facts["k"])
    return Outcome({"lo": low, "hi": high}, "", (), Interval(low, high, EXACT))


def rate(facts: Facts, book: Book) -> Outcome:
    """Return cases per 100 workers with exact limits."""
    low, high = (100 * limit / facts["workers"] for limit in exact(facts["cases"]))
    found = 100 * facts["cases"] / facts["workers"]
    return Outcome({"rate": found, "lo": low, "hi": high}, "", (), Interval(low, high, EXACT))


def wilson(facts: Facts, book: Book) -> Outcome:
    """Return the limits of a share."""
    x, n = facts["x"], facts["n"]
    if x > n:
        raise OutOfRange("x", x, f"не больше n ({n})")
    p, over = x / n, Z**2 / n
    middle, half = p + over / 2, Z * math.sqrt(p * (1 - p) / n + over / (4 * n))
    low, high = max((middle - half) / (1 + over), 0.0), min((middle + half) / (1 + over), 1.0)
    low, high = (0.0 if x == 0 else low), (1.0 if x == n else high)
    return Outcome({"lo": low, "hi": high, "share": p}, "", (), Interval(low, high, "95 %, Уилсон"))


def smr(facts: Facts, book: Book) -> Outcome:
    """Return observed over expected with exact limits."""
    same_length(facts, "exp_rates", "pop")
    expected = sum(r * n for r, n in zip(facts["exp_rates"], facts["pop"], strict=True))
    if expected <= 0:
        raise OutOfRange("exp_rates", facts["exp_rates"], "ожидаемое число случаев больше 0")
    low, high = (limit / expected for limit in exact(facts["observed"]))
    value = {"smr": facts["observed"] / expected, "lo": low, "hi": high, "expected": expected}
    return Outcome(value, "", (), Interval(low, high, EXACT), (f"ожидается {shown(expected, 2)} случая",))


def direct(facts: Facts, book: Book) -> Outcome:
    """Return the directly standardised rate with gamma limits of Fay and Feuer."""
    same_length(facts, "cases", "pop", "std")
    total = sum(facts["std"])
    weights = [share / total / n for share, n in zip(facts["std"], facts["pop"], strict=True)]
    found = sum(w * c for w, c in zip(weights, facts["cases"], strict=True))
    spread = sum(w**2 * c for w, c in zip(weights, facts["cases"], strict=True))
    widest = max(weights)
    low = float(gammaincinv(found**2 / spread, LOW)) * spread / found if found else 0.0
    more, wider = found + widest, spread + widest**2
    high = float(gammaincinv(more**2 / wider, HIGH)) * wider / more
    value = {"rate": found, "lo": low, "hi": high}
    return Outcome(value, "", (), Interval(low, high, "95 %, гамма-границы Фэя и Фойера"))


def same_length(facts: Facts, *names: str) -> None:
    """Refuse lists of different length."""
    first = len(facts[names[0]])
    for name in names[1:]:
        if len(facts[name]) != first:
            raise OutOfRange(name, len(facts[name]), f"столько же значений, сколько в {names[0]}: {first}")


def relative_risk(facts: Facts, book: Book) -> Outcome:
    """Return the relative risk with the limits of Katz."""
    for part, whole in (("a", "n1"), ("c", "n0")):
        if facts[part] == 0:
            raise OutOfRange(part, 0, "больше 0: при нуле случаев границы не считаются")
        if facts[part] > facts[whole]:
            raise OutOfRange(part, facts[part], f"не больше {whole} ({facts[whole]})")
    a, n1, c, n0 = (facts[name] for name in ("a", "n1", "c", "n0"))
    found = (a / n1) / (c / n0)
    half = Z * math.sqrt(1 / a - 1 / n1 + 1 / c - 1 / n0)
    low, high = found * math.exp(-half), found * math.exp(half)
    category = "raised" if clean(low) > 1 else "lowered" if clean(high) < 1 else "unproven"
    return Outcome({"rr": found, "lo": low, "hi": high}, category, (), Interval(low, high, "95 %, Katz"))


def etiologic(facts: Facts, book: Book) -> Outcome:
    """Return the etiologic fraction; the degree is read by the relative risk, not by the fraction."""
    found = facts["rr"]
    fraction = (found - 1) / found * 100 if clean(found) > 1 else 0.0
    band = upto(found, book["degrees"]["upper"])
    origin = upto(found, book["degrees"]["origin"])
    return Outcome({"ef": fraction, "band": band, "origin": origin}, band)


def ipz(facts: Facts, book: Book) -> Outcome:
    """Return the index of occupational diseases with its class."""
    found = sum(1 / (kr * kt) for kr, kt in facts["pairs"])
    table = book["classes"]
    name = (
        under(found, table["under"]) if clean(found) < table["under"][-2][0] else upto(found, table["upto"])
    )
    steps = tuple(f"1/({kr}·{kt})" for kr, kt in facts["pairs"])
    return Outcome({"ipz": found, "cls": name}, name, (), None, steps)


def risk_rank(facts: Facts, book: Book) -> Outcome:
    """Return the rank of the risk by the share of workers with the disease."""
    low, high = book["ranks"]["between"]
    share = clean(facts["percent"])
    return Outcome(1 if share > high else 2 if share >= low else 3)


def sick_leave(facts: Facts, book: Book) -> Outcome:
    """Return cases and days per 100 workers and the mean duration; days have no Poisson limits."""
    cases, days, workers = facts["cases"], facts["days"], facts["workers"]
    flags = ("дни без первичных случаев: средней длительности нет",) if days and not cases else ()
    low, high = (100 * limit / workers for limit in exact(cases))
    per_cases, per_days = 100 * cases / workers, 100 * days / workers
    value: dict[str, Any] = {
        "cases_per_100": per_cases,
        "days_per_100": per_days,
        "mean_duration": days / cases if cases else None,
        "cases_lo": low,
        "cases_hi": high,
    }
    table = book["notkin"]
    value["level_cases"], value["level_days"] = (
        since(per_cases, table["cases"]),
        since(per_days, table["days"]),
    )
    limits = Interval(low, high, f"случаев на 100: {EXACT}")
    return Outcome(value, value["level_cases"], flags, limits)


def energy(pairs: Sequence[Sequence[float]]) -> float:
    """Return the energy mean of levels over years."""
    years = sum(each for _, each in pairs)
    return 10 * math.log10(sum(t * 10 ** (0.1 * level) for level, t in pairs) / years)
