"""Trees of the exchange file as the values the methodology compares."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any

from ..types.sout import FactorMeasured, Level
from ..types.sout_file import Tree, text_of

LEVEL = frozenset(each.name for each in fields(Level))
NUMBERS = frozenset({"value", "norm", "hours", "share", "band"})


def measured_of(
    factor: str, trees: list[Tree], given: Sequence[Mapping[str, Any]] = ()
) -> FactorMeasured | None:
    """Return the values of a factor, or None: the card holds none the methodology compares.

    Without trees (a card typed by hand or by another system) the given values are those of the methodology.
    """
    read = READERS.get(factor)
    if trees:
        levels = tuple(level for tree in trees for level in read(tree)) if read else ()
    else:
        levels = tuple(level_of(each) for each in given)
    return FactorMeasured(factor, levels) if levels else None


def level_of(given: Mapping[str, Any]) -> Level:
    """Read one value as a form or another system gives it."""
    known = {name: given[name] for name in LEVEL if given.get(name) not in (None, "")}
    for name in NUMBERS & known.keys():
        known[name] = _number(known[name])
    for name in ("features", "sums", "marks"):
        if name in known:
            known[name] = tuple(known[name])
    return Level(**{"indicator": "", **known})


def _number(value: object) -> float | None:
    text = text_of(value).strip()
    try:
        return float(text) if text else None
    except ValueError:
        return None


def _unit(value: object, default: str = "") -> str:
    return str(value.get("@Unit", "")) or default if isinstance(value, dict) else default


def _noise(tree: Tree) -> Iterator[Level]:
    """Шум: эквивалентный уровень; +5 дБА за импульсный шум не добавляется: схема не говорит, учтён ли он."""
    value = tree.get("Value")
    yield Level(indicator="noise_laeq", value=_number(value), unit=_unit(value, "дБА"), marks=("included",))


def _infrasound(tree: Tree) -> Iterator[Level]:
    yield Level(indicator="infrasound_total", value=_number(tree.get("Value")), unit="дБ Лин")


def _whole(tree: Tree) -> Iterator[Level]:
    for tag, indicator in (("ValueX", "vib_x"), ("ValueY", "vib_y"), ("ValueZ", "vib_z")):
        if tag in tree:
            yield Level(indicator=indicator, value=_number(tree[tag]), unit=_unit(tree[tag], "дБ"))


def _local(tree: Tree) -> Iterator[Level]:
    for tag in ("ValueX", "ValueY", "ValueZ"):
        if tag in tree:
            yield Level(
                indicator="vib_local", value=_number(tree[tag]), unit=_unit(tree[tag], "дБ"), place=tag[-1]
            )


READERS: dict[str, Callable[[Tree], Iterator[Level]]] = {
    "noise": _noise,
    "infrasound": _infrasound,
    "vibration_whole": _whole,
    "vibration_local": _local,
}
