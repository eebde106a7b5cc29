"""Inputs against the declaration: what is missing, what is outside the range of the method."""

from collections.abc import Callable, Mapping
from typing import Any

from ..types import Declaration, Input, Missing, OutOfRange
from .rounding import clean, comma

RESERVED = {"edition", "variant", "case"}
LARGEST = 1e300  # what is not a measurement at all does not pass


def checked(
    declared: Declaration, given: Mapping[str, Any]
) -> tuple[dict[str, Any], list[str], list[OutOfRange]]:
    """Return the values that can be used, the codes of missing ones and the refusals."""
    values: dict[str, Any] = {}
    missing: list[str] = []
    refused: list[OutOfRange] = []
    for wanted in declared.inputs:
        try:
            value = value_of(wanted, given.get(wanted.code))
        except Missing as absent:
            missing += absent.names
        except OutOfRange as refusal:
            refused.append(refusal)
        else:
            if value is not None:
                values[wanted.code] = value
    return values, missing, refused


def unused(declared: Declaration, given: Mapping[str, Any]) -> list[str]:
    """Return the keys that the model does not know, those of its rows too."""
    found = set(map(str, given)) - {wanted.code for wanted in declared.inputs} - RESERVED
    for wanted in declared.inputs:
        if wanted.kind == "rows" and isinstance(rows := given.get(wanted.code), list):
            columns = {column.code for column in wanted.columns}
            found |= {
                f"{wanted.code}[{n}].{key}"
                for n, row in enumerate(rows, 1)
                if isinstance(row, Mapping)
                for key in set(map(str, row)) - columns
            }
    return sorted(found)


def value_of(wanted: Input, raw: Any, where: str = "") -> Any:
    """Return a checked value; None where an optional one is absent."""
    name = f"{where}{wanted.code}"
    if raw is None or raw == "" or (wanted.kind in LISTS and raw == []):
        if wanted.required and wanted.default is None:
            raise Missing(name)
        return wanted.default
    return READERS[wanted.kind](wanted, raw, name)


def allowed_of(wanted: Input) -> str:
    """Return the allowed values in words."""
    if wanted.allowed:
        return wanted.allowed
    if wanted.kind == "flag":
        return "0 или 1"
    if wanted.of:
        return ", ".join(wanted.of)
    parts = [
        f"от {comma(wanted.low)}" if wanted.low is not None else "",
        f"больше {comma(wanted.above)}" if wanted.above is not None else "",
        f"до {comma(wanted.high)}" if wanted.high is not None else "",
        f"меньше {comma(wanted.below)}" if wanted.below is not None else "",
    ]
    mixed = wanted.above is not None or wanted.below is not None
    said = (" и " if mixed else " ").join(filter(None, parts)) or KINDS[wanted.kind]
    if wanted.kind == "whole" and any(parts):
        said = f"целое число {said}"
    return f"{said} {wanted.unit}".strip()


def _number(wanted: Input, raw: Any, name: str) -> float:
    if isinstance(raw, bool) or not isinstance(raw, int | float) or raw != raw:  # noqa: PLR0124 - NaN
        said = allowed_of(wanted)
        raise OutOfRange(name, raw, said if "число" in said else f"число {said}", shape=True)
    if abs(raw) > LARGEST or (wanted.kind == "whole" and raw != int(raw)):
        raise OutOfRange(name, raw, allowed_of(wanted))
    value = clean(raw)
    outside = (
        wanted.low is not None and value < wanted.low,
        wanted.high is not None and value > wanted.high,
        wanted.above is not None and value <= wanted.above,
        wanted.below is not None and value >= wanted.below,
        wanted.of and _spelled(raw) not in wanted.of,
    )
    if any(outside):
        raise OutOfRange(name, raw, allowed_of(wanted))
    return int(raw) if wanted.kind == "whole" else raw


def _spelled(number: float) -> str:
    return str(int(number)) if number == int(number) else str(number)


def _flag(wanted: Input, raw: Any, name: str) -> bool:
    if raw not in (0, 1) or not isinstance(raw, bool | int | float):
        raise OutOfRange(name, raw, allowed_of(wanted))
    return bool(raw)


def _choice(wanted: Input, raw: Any, name: str) -> str:
    if not isinstance(raw, str) or raw not in wanted.of:
        raise OutOfRange(name, raw, allowed_of(wanted))
    return raw


def _text(wanted: Input, raw: Any, name: str) -> str:
    if not isinstance(raw, str):
        raise OutOfRange(name, raw, allowed_of(wanted))
    return raw


def _list(wanted: Input, raw: Any, name: str) -> list[Any]:
    if not isinstance(raw, list) or (wanted.count is not None and len(raw) != wanted.count):
        count = f"список из {wanted.count}" if wanted.count is not None else "список"
        raise OutOfRange(name, raw, count, shape=True)
    return raw


def _numbers(wanted: Input, raw: Any, name: str) -> list[float]:
    items = raw if isinstance(raw, list) else []
    if absent := [f"{name}[{n}]" for n, item in enumerate(items, 1) if item is None]:
        raise Missing(*absent)
    if wanted.count is not None and len(items) < wanted.count and isinstance(raw, list):
        raise Missing(*(f"{name}[{n}]" for n in range(len(items) + 1, wanted.count + 1)))
    return [_number(wanted, item, f"{name}[{n}]") for n, item in enumerate(_list(wanted, raw, name), 1)]


def _span(wanted: Input, raw: Any, name: str) -> list[float]:
    return _numbers(wanted, raw if isinstance(raw, list) else [raw], name)


def _rows(wanted: Input, raw: Any, name: str) -> list[dict[str, Any]]:
    found = []
    for n, row in enumerate(_list(wanted, raw, name), 1):
        if not isinstance(row, Mapping):
            keys = ", ".join(column.code for column in wanted.columns)
            raise OutOfRange(f"{name}[{n}]", row, f"объект с ключами {keys}", shape=True)
        found.append({c.code: value_of(c, row.get(c.code), f"{name}[{n}].") for c in wanted.columns})
    return found


def _pairs(wanted: Input, raw: Any, name: str) -> list[list[Any]]:
    size = len(wanted.columns)
    found = []
    for n, row in enumerate(_list(wanted, raw, name), 1):
        if not isinstance(row, list) or len(row) != size:
            titles = ", ".join(column.title for column in wanted.columns)
            raise OutOfRange(f"{name}[{n}]", row, f"список: {titles}", shape=True)
        found.append(
            [value_of(c, cell, f"{name}[{n}].") for c, cell in zip(wanted.columns, row, strict=True)]
        )
    return found


def _tuple(wanted: Input, raw: Any, name: str) -> list[Any]:
    return _pairs(wanted, [_list(wanted, raw, name)], name)[0]


LISTS = {"numbers", "span", "rows", "pairs", "tuple"}
KINDS = {
    "number": "число",
    "whole": "целое число",
    "flag": "0 или 1",
    "choice": "одно из значений",
    "text": "текст",
    "numbers": "список чисел",
    "span": "число или две границы",
    "rows": "список объектов",
    "pairs": "список списков",
    "tuple": "список",
}
READERS: dict[str, Callable[[Input, Any, str], Any]] = {
    "number": _number,
    "whole": _number,
    "flag": _flag,
    "choice": _choice,
    "text": _text,
    "numbers": _numbers,
    "span": _span,
    "rows": _rows,
    "pairs": _pairs,
    "tuple": _tuple,
}
