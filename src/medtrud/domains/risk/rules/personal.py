"""A forecast of one person: his values by their dates, the model's own range and refusals."""

import datetime as dt
import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from medtrud.kernel.dates import add_months
from medtrud.kernel.text import years_word

from ..types import Declaration, Given, Input, Personal, Result
from .answer import NO_INTERVAL, ask, title_of
from .model import Model
from .rounding import shown

YEARS = "лет"
EXPOSURE = "hazards"  # the module whose values make a person exposed


def personal(model: Model, given: Mapping[str, Given], on: dt.date, variant: str = "") -> Personal | None:
    """Return the forecast of a person on a day; None where the model does not concern him.

    A value older than the input allows is missing; its date is named, it is not used.
    """
    declared = model.declared
    taken: dict[str, Given] = {}
    stale: dict[str, Given] = {}
    for wanted in declared.inputs:
        found = _given(declared, wanted, given)
        if found is None:
            continue
        (stale if _too_old(wanted, found, on) else taken)[wanted.code] = found
    when = declared.personal.get("when", "always")
    if when == "exposure" and not any(each.module == EXPOSURE for each in taken.values()):
        return None
    asked = {code: each.value for code, each in taken.items()} | ({"variant": variant} if variant else {})
    result = ask(model, asked)
    if when == "age" and result.refused.get("input") == "age":
        return None
    inputs = tuple(_said(wanted, taken[wanted.code]) for wanted in declared.inputs if wanted.code in taken)
    missing = tuple(_lacks(declared, code, stale) for code in result.missing)
    return Personal(result, inputs, missing, _digest(result, inputs))


def _given(declared: Declaration, wanted: Input, given: Mapping[str, Given]) -> Given | None:
    if found := given.get(wanted.observed or wanted.code):
        return found
    own = declared.personal.get("given", {})
    if wanted.code in own:
        return Given(own[wanted.code], None, wanted.title, "задано моделью", "risk")
    return None


def _too_old(wanted: Input, found: Given, on: dt.date) -> bool:
    return wanted.months is not None and found.on is not None and add_months(found.on, wanted.months) <= on


def _said(wanted: Input, found: Given) -> dict[str, Any]:
    return {
        "code": wanted.code,
        "title": wanted.title,
        "value": found.value,
        "unit": wanted.unit,
        "on": found.on.isoformat() if found.on else "",
        "original": found.original,
        "from": found.title,
        "module": found.module,
        "source": str(found.source or ""),
        "assumed": found.assumed,
    }


def _lacks(declared: Declaration, code: str, stale: Mapping[str, Given]) -> dict[str, Any]:
    wanted = next((each for each in declared.inputs if each.code == code.split("[", maxsplit=1)[0]), None)
    old = stale.get(code)
    last = f"{old.original or old.value}, {old.on:%d.%m.%Y}" if old and old.on else ""
    return {
        "code": code,
        "title": wanted.title if wanted else code,
        "where": wanted.where if wanted else "",
        "last": last,
        "months": wanted.months if wanted else None,
    }


def _digest(result: Result, inputs: tuple[Mapping[str, Any], ...]) -> str:
    head = [result.model, result.edition, result.variant, result.fingerprint, result.status]
    body = json.dumps([head, inputs], ensure_ascii=False, sort_keys=True, default=str)
    return sha256(body.encode()).hexdigest()


def figure(declared: Declaration, value: Any) -> str:
    """Return the figure of a result as it is printed: half up, with its unit."""
    output = declared.output
    if isinstance(value, dict):
        unit = value.get("unit", output.unit)
        return _printed(value.get(output.key), output.digits, unit)
    if isinstance(value, list):
        return (
            "; ".join("—" if item is None else shown(item, output.digits) for item in value)
            + f" {output.unit}"
        )
    return _printed(value, output.digits, output.unit)


def _printed(value: Any, digits: int, unit: str) -> str:
    if value is None:
        return ""
    if isinstance(value, bool | str):
        return str(value)
    said = shown(value, digits)
    return f"{said} {years_word(said) if unit == YEARS else unit}".strip()


def limits(declared: Declaration, result: Result) -> tuple[str, dict[str, Any]]:
    """Return the interval in words and as it is stored."""
    if result.interval is None:
        return declared.interval or NO_INTERVAL, {}
    low, high = (shown(each, declared.output.digits) for each in (result.interval.lo, result.interval.hi))
    stored = {"lo": result.interval.lo, "hi": result.interval.hi, "meaning": result.interval.meaning}
    return f"{low}–{high} ({result.interval.meaning})", stored


def tone_of(declared: Declaration, category: str) -> str:
    """Return the tone of a category."""
    return next((band.tone for band in declared.bands if band.code == category), "")


def worse(declared: Declaration, category: str, before: str) -> bool:
    """Tell whether a category is worse than an earlier one, by the tones of the bands."""
    order = ["", "ok", "info", "warn", "bad"]
    return order.index(tone_of(declared, category)) > order.index(tone_of(declared, before))


def category_title(declared: Declaration, category: str) -> str:
    """Return a category in words."""
    return title_of(declared, category) or ""
