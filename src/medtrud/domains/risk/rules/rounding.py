"""Borders and figures: binary noise moves no class, and a half is rounded up."""

import math
from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

PLACES = 9


def clean(value: float, places: int = PLACES) -> float:
    """Return the value as it is compared with a border."""
    return round(value, places)


def shown(value: float, digits: int) -> str:
    """Return the value as it is printed: half up, with a decimal comma."""
    made = Decimal(repr(clean(value))).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    return f"{made:f}".replace(".", ",").replace("-", "−")


def comma(value: float) -> str:
    """Return the value as it was given, with a decimal comma."""
    return f"{value:.10g}".replace(".", ",")


def half_up(value: float) -> int:
    """Return the nearest whole number, a half upwards."""
    return math.floor(clean(value) + 0.5)


def upto(value: float, borders: Sequence[Sequence[Any]], places: int = PLACES) -> Any:
    """Return the class whose upper border, inclusive, is not passed; null is no border."""
    compared = clean(value, places)
    return next(name for border, name in borders if border is None or compared <= border)


def classed(value: float, steps: Iterable[Mapping[str, Any]]) -> str:
    """Return the class of a value by the steps of a row of the methodology; upper borders are inclusive."""
    return str(upto(value, [(step["upto"], step["class"]) for step in steps]))


def under(value: float, borders: Sequence[Sequence[Any]], places: int = PLACES) -> Any:
    """Return the class whose upper border, exclusive, is not reached; null is no border."""
    compared = clean(value, places)
    return next(name for border, name in borders if border is None or compared < border)


def since(value: float, borders: Mapping[str, float] | Sequence[Sequence[Any]], places: int = PLACES) -> Any:
    """Return the class with the greatest lower border, inclusive, that is reached."""
    pairs = [(low, name) for name, low in borders.items()] if isinstance(borders, Mapping) else borders
    compared = clean(value, places)
    return [name for low, name in pairs if compared >= low][-1]


def people(percent: float) -> str:
    """Return how many people of a hundred; less than one is said in words."""
    return "меньше 1" if clean(percent) < 1 else str(half_up(percent))


def times(value: int) -> str:
    """Return the word after a whole number of times: 3 раза, 7 раз, 12 раз."""
    few = value % 10 in {2, 3, 4} and value % 100 not in {12, 13, 14}
    return "раза" if few else "раз"
