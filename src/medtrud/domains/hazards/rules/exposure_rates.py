"""What one day of a segment adds, for many segments at once: the twin of `exposure_sums.rates_of`."""

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from ..types.dose import Measure, dose_norms
from ..types.exposure import harmful_classes
from .exposure_stretches import class_index

Array = NDArray[Any]


class Measured(Protocol):
    """What the rates of segments are made of."""

    place: Array
    sout_class: Array
    value: Array
    norm: Array
    air: Array
    shifts: Array
    reduction: Array


@dataclass
class SegmentRates:
    """One number a day for each segment."""

    complete: Array
    harmful: Array
    dose: Array
    other: Array
    dose_protected: Array
    other_protected: Array


def rates_of_segments(measure: Measure, each: Measured) -> SegmentRates:
    """Return what one counted day of each segment adds."""
    value, worn = each.value, each.reduction
    complete = ~np.isnan(value)
    with np.errstate(divide="ignore", invalid="ignore"):
        taken = value - worn if measure is Measure.NOISE else value / worn
    protected = np.where(worn > 0, taken, value)
    if measure is Measure.DUST:
        complete = complete & (each.air > 0) & (each.shifts > 0) & (each.norm > 0)
    dose, other = _doses(measure, each, value)
    dose_protected, other_protected = _doses(measure, each, protected)
    parts = (np.where(complete, part, 0.0) for part in (dose, other, dose_protected, other_protected))
    return SegmentRates(complete, _harmful(measure, each), *parts)


def _doses(measure: Measure, each: Measured, value: Array) -> tuple[Array, Array]:
    norms = dose_norms()
    if measure is Measure.NOISE:
        above = (value - norms["noise_limit"].value) / norms["noise_exchange"].value
        return 10.0 ** (0.1 * value), 2.0**above
    if measure in {Measure.LOCAL, Measure.WHOLE}:
        return value**2, np.zeros_like(value)
    if measure is Measure.DUST:
        breathed = each.air * each.shifts / norms["year_days"].value
        return value * breathed, each.norm * breathed
    return np.zeros_like(value), np.zeros_like(value)


def _harmful(measure: Measure, each: Measured) -> Array:
    codes = [class_index(code) for code in harmful_classes()]
    by_class = np.isin(each.sout_class, codes) | (each.place < 0)
    if measure is Measure.CLASSES:
        return by_class
    limit = each.norm
    if measure is Measure.NOISE:
        limit = np.where(np.isnan(limit), dose_norms()["noise_limit"].value, limit)
    return by_class | ((each.sout_class < 0) & (each.value > limit))  # a comparison with nothing is no
