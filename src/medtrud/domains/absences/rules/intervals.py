"""Limits of rates: exact for counts, by resampling persons for days."""

from collections import Counter
from collections.abc import Iterable

import numpy as np
from scipy.special import betaincinv, gammaincinv

HALF = 0.025  # the part left out on each side of 95 % limits
REPEATS = 2000
SEED = 1089  # the same data give the same limits


def poisson_limits(count: int) -> tuple[float, float]:
    """Return the exact 95 % limits of a count: χ²(.025; 2k)/2, 0 at k = 0, and χ²(.975; 2k+2)/2.

    A quantile of χ² with 2k degrees, halved, is the inverse of the regularised gamma function of k.
    """
    low = float(gammaincinv(count, HALF)) if count else 0.0
    return low, float(gammaincinv(count + 1, 1 - HALF))


def rate_limits(count: int, workers: float) -> tuple[float, float] | None:
    """Return the limits of a count per 100 workers."""
    if workers <= 0:
        return None
    low, high = poisson_limits(count)
    return low / workers * 100, high / workers * 100


def ratio_limits(count: int, workers: float, other: int, others: float) -> tuple[float, float] | None:
    """Return the exact limits of the ratio of two rates: of a share of all the events of both periods."""
    if not (count and other and workers > 0 and others > 0):
        return None
    low = float(betaincinv(count, other + 1, HALF))
    high = float(betaincinv(count + 1, other, 1 - HALF))
    scale = others / workers
    return low / (1 - low) * scale, high / (1 - high) * scale


def days_limits(persons: Iterable[tuple[int, int]], length: int) -> tuple[float, float] | None:
    """Return the limits of days per 100 workers by resampling persons, not days.

    A person is (days ill, days employed). People with equal pairs are one class; drawing n of n people
    with replacement draws the classes by the multinomial law, so a hundred thousand cost as little as ten.
    """
    pairs = sorted(Counter(persons).items())
    people = sum(count for _, count in pairs)
    if people < 2 or not any(ill for (ill, _), _ in pairs):  # noqa: PLR2004 - one person varies with nobody
        return None
    values = np.array([pair for pair, _ in pairs], dtype=float)
    shares = np.array([count for _, count in pairs], dtype=float) / people
    drawn = np.random.default_rng(SEED).multinomial(people, shares, size=REPEATS)
    ill, employed = drawn @ values[:, 0], drawn @ values[:, 1]
    rates = ill / np.maximum(employed, 1) * length * 100
    low, high = np.quantile(rates, (HALF, 1 - HALF))
    return float(low), float(high)
