"""Measured values of a card of conditions (СОУТ) as shift levels from which exposure is counted."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..types.dose import Measure, dose_kind
from ..types.sout import FactorMeasured
from ..types.sout import Level as CardLevel
from .exposure_words import number
from .levels import from_decibels, unit_key

CODES = {"noise": "4.4", "vibration_local": "4.3.1", "vibration_whole": "4.3.2"}
WHOLE_WEIGHT = {"vib_x": 1.4, "vib_y": 1.4, "vib_z": 1.0}


@dataclass(frozen=True)
class CardValue:
    """A shift level a card gives."""

    code: str
    value: float
    unit: str
    norm: float | None
    step: str
    substance: str = ""
    category: str = ""


def card_values(measured: FactorMeasured, dust: Mapping[str, str]) -> Iterator[CardValue]:
    """Yield the levels of a factor of a card; dust: substance -> the code a person has confirmed.

    Noise is taken as it stands. Local vibration: the vector sum of the axes (ISO 5349-1). Whole-body
    vibration: the largest of 1,4·x, 1,4·y, z (2002/44/EC). Levels in dB become m/s². Dust without a confirmed
    code of the annex gives nothing until somebody confirms it.
    """
    levels = [each for each in measured.levels if each.value is not None]
    if measured.factor == "noise":
        for each in levels[:1]:
            value = each.value or 0.0
            yield CardValue("4.4", value, "дБА", None, f"карта: {number(value, 1)} дБА")
    elif measured.factor in CODES and levels:
        yield _vibration(measured.factor, levels)
    elif measured.factor == "dust":
        yield from _dust(levels, dust)


def _vibration(factor: str, levels: Sequence[CardLevel]) -> CardValue:
    said = ", ".join(f"{number(each.value or 0.0, 2)} {each.unit}" for each in levels)
    if factor == "vibration_local":
        value = math.sqrt(sum(_metres(each) ** 2 for each in levels))
        rule = "векторная сумма осей"
    else:
        value = max(WHOLE_WEIGHT.get(each.indicator, 1.0) * _metres(each) for each in levels)
        rule = "наибольшее из 1,4·x, 1,4·y, z"
    return CardValue(CODES[factor], value, "м/с²", None, f"карта: {said}; {rule} = {number(value, 3)} м/с²")


def _metres(level: CardLevel) -> float:
    value = level.value or 0.0
    return from_decibels(value) if unit_key(level.unit) in {"дб", "db", ""} else value


def _dust(levels: Sequence[CardLevel], codes: Mapping[str, str]) -> Iterator[CardValue]:
    for each in levels:
        code = codes.get(each.subject) or (codes.get("") if len(codes) == 1 else None)
        if each.indicator == "dust_ss" and code and dose_kind(code).measure is Measure.DUST:
            value = each.value or 0.0
            step = f"карта: среднесменная {number(value, 2)} мг/м³"
            yield CardValue(code, value, "мг/м³", each.norm, step, each.subject, each.category or "")
