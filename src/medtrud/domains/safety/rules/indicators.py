"""Indicators of safety: frequency, heaviness, what warns before somebody is hurt."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Frequency:
    """Injuries of a period: Кч per 1000 workers, Кт days per injury, Кн their product."""

    per_thousand: float | None
    days_each: float | None
    days_per_thousand: float | None


def frequency(injuries: int, days: int, workers: float) -> Frequency:
    """Return the usual coefficients; nobody employed or nobody hurt leaves what cannot be divided empty."""
    often = injuries / workers * 1000 if workers else None
    long = days / injuries if injuries else None
    return Frequency(often, long, days / workers * 1000 if workers else None)
