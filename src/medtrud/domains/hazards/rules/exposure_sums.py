"""What the stretches of one factor add up to; sums of people may be added, averages may not."""

from collections.abc import Iterable
from dataclasses import dataclass

from ..types.dose import Measure, Stretch, Sums, dose_norms
from ..types.exposure import classes, harmful_classes
from .exposure_stretches import class_index


@dataclass(frozen=True)
class Rates:
    """What one counted day of a stretch adds; complete: the dose needs nothing more."""

    harmful: bool
    complete: bool = True
    dose: float = 0.0
    other: float = 0.0
    dose_protected: float = 0.0
    other_protected: float = 0.0


def sums(measure: Measure, stretches: Iterable[Stretch]) -> Sums:
    """Add the stretches of one person and factor up."""
    by_class = [0] * (len(classes()) + 1)
    whole = {"days": 0, "measured": 0, "off": 0, "parallel": 0, "harmful": 0}
    doses = [0.0] * 4
    for each in stretches:
        rates = rates_of(measure, each)
        whole["days"] += each.days
        whole["off"] += each.off
        whole["parallel"] += each.parallel
        whole["harmful"] += each.days * rates.harmful
        whole["measured"] += each.days * rates.complete
        per_day = (rates.dose, rates.other, rates.dose_protected, rates.other_protected)
        doses = [dose + each.days * rate for dose, rate in zip(doses, per_day, strict=True)]
        by_class[class_index(each.sout_class)] += each.days  # -1, unknown: the last one
    return Sums(**whole, **_named(doses), by_class=tuple(by_class))  # type: ignore[arg-type]


def _named(doses: list[float]) -> dict[str, float]:
    return dict(zip(("dose", "other", "dose_protected", "other_protected"), doses, strict=True))


def rates_of(measure: Measure, each: Stretch) -> Rates:
    """Return what one day of a stretch adds."""
    harmful = is_harmful(measure, each)
    if each.value is None:
        return Rates(harmful, complete=False)
    protected = protected_value(measure, each.value, each.reduction)
    norms = dose_norms()
    if measure is Measure.NOISE:
        return Rates(
            harmful, dose=energy(each.value), other=equal_days(each.value),
            dose_protected=energy(protected), other_protected=equal_days(protected),
        )  # fmt: skip
    if measure in {Measure.LOCAL, Measure.WHOLE}:
        return Rates(harmful, dose=each.value**2, dose_protected=protected**2)
    if measure is Measure.DUST:
        if not (each.air and each.shifts and each.norm):
            return Rates(harmful, complete=False)
        breathed = each.air * each.shifts / norms["year_days"].value  # m³ a calendar day
        control = each.norm * breathed
        return Rates(
            harmful, dose=each.value * breathed, other=control,
            dose_protected=protected * breathed, other_protected=control,
        )  # fmt: skip
    return Rates(harmful)


def is_harmful(measure: Measure, each: Stretch) -> bool:
    """Tell whether the days count as harmful: by the class; without a class, by the level above its norm."""
    if each.place < 0 or each.sout_class in harmful_classes():
        return True
    if each.sout_class or each.value is None:
        return False
    limit = each.norm
    if limit is None and measure is Measure.NOISE:
        limit = dose_norms()["noise_limit"].value
    return limit is not None and measure is not Measure.CLASSES and each.value > limit


def protected_value(measure: Measure, value: float, reduction: float) -> float:
    """Return what reaches a worker who wears his protection: dB are taken off, the others are divided."""
    if not reduction:
        return value
    return value - reduction if measure is Measure.NOISE else value / reduction


def energy(level: float) -> float:
    """Return the relative energy of a level."""
    return float(10.0 ** (0.1 * level))


def equal_days(level: float) -> float:
    """Return how many days at the limit carry the energy of one day at a level."""
    norms = dose_norms()
    return float(2.0 ** ((level - norms["noise_limit"].value) / norms["noise_exchange"].value))
