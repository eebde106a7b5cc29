"""The models as a catalogue shows them, with their own worked cases run."""

import math
from dataclasses import dataclass
from functools import cache
from typing import Any

from medtrud.kernel.law import strict_yaml
from medtrud.kernel.text import begun_small

from ..kinds import models
from ..rules import Model, ask, listed
from ..rules.personal import category_title, figure
from ..rules.rounding import comma
from ..types import Declaration
from .texts import LEVELS, SYSTEMS

EPSILON = 1e-9
DIGITS = 4
OTHER = {"edition": "издание", "variant": "вариант", "hours": "часы", "level": "уровень"}


@dataclass(frozen=True)
class CaseRun:
    """A worked case of a model, and whether the model reproduces it."""

    name: str
    inputs: dict[str, Any]
    expected: str
    passed: bool


@cache
def catalogue() -> list[tuple[str, list[dict[str, Any]]]]:
    """Return the lines of the catalogue by organ system."""
    found: dict[str, list[dict[str, Any]]] = {title: [] for title in SYSTEMS.values()}
    for model in models().values():
        runs = cases_of(model)
        line = listed(model) | {
            "level_title": LEVELS[model.declared.level],
            "passed": sum(run.passed for run in runs),
            "cases": len(runs),
            "marks": "".join(sorted({m for s in model.declared.references for m in s.mark if m != " "})),
        }
        found[SYSTEMS[model.declared.system]].append(line)
    return [(title, lines) for title, lines in found.items() if lines]


@cache
def _runs(code: str) -> tuple[CaseRun, ...]:
    model = models()[code]
    path = model.folder / "cases.yaml"
    if not path.exists():
        return ()
    return tuple(_run(model, case) for case in strict_yaml(path))


def cases_of(model: Model) -> tuple[CaseRun, ...]:
    """Return the own cases of a model with what it answers now."""
    return _runs(model.code)


def _run(model: Model, case: dict[str, Any]) -> CaseRun:
    result = ask(model, case["inputs"])
    if "refused" in case:
        passed = str(result.refused.get("input", "")).split("[")[0] == case["refused"]
        return CaseRun(case["name"], case["inputs"], f"отказ: {_titles(model, [case['refused']])}", passed)
    if "missing" in case:
        passed = list(result.missing) == case["missing"]
        return CaseRun(case["name"], case["inputs"], f"не хватает: {_titles(model, case['missing'])}", passed)
    passed = result.computed and _agrees(case["expect"], result.value, case.get("tolerance", 0))
    return CaseRun(case["name"], case["inputs"], _expected(model, case), passed)


def _titles(model: Model, asked: list[str]) -> str:
    """Name inputs as the page names them; a part of an input by its place, counted from one."""
    titles = {wanted.code: begun_small(wanted.title) for wanted in model.declared.inputs} | OTHER
    found = []
    for each in asked:
        code, _, rest = each.partition("[")
        place, _, part = rest.partition("]")
        found.append(titles.get(code, code) + (f", {int(place) + 1}-е значение" if place else ""))
        if part.lstrip(".") in titles:
            found[-1] += f": {titles[part.lstrip('.')]}"
    return ", ".join(found)


def _expected(model: Model, case: dict[str, Any]) -> str:
    """Say what a case expects: the figure with its unit, the category in words."""
    said, wanted = model.declared, case["expect"]
    if isinstance(wanted, dict) and wanted.get(said.output.key) is None:
        parts = [f"{key}: {in_words(said, value)}" for key, value in wanted.items()]
    else:
        parts = [figure(said, wanted)] if wanted is not None else []
    category = case.get("category") or (wanted.get("band") if isinstance(wanted, dict) else "")
    return "; ".join(filter(None, (*parts, category_title(said, category or ""))))


def in_words(said: Declaration, value: Any) -> str:
    """Write one value of an answer: a decimal comma, yes and no, a category by its title."""
    match value:
        case None:
            return "—"
        case bool():
            return "да" if value else "нет"
        case int() | float():
            return comma(round(value, DIGITS))
        case list():
            return "; ".join(in_words(said, each) for each in value)
        case _:
            return category_title(said, str(value))


def _agrees(wanted: Any, got: Any, tolerance: float) -> bool:
    if isinstance(wanted, dict):
        return isinstance(got, dict) and all(_agrees(v, got.get(k), tolerance) for k, v in wanted.items())
    if isinstance(wanted, list):
        return isinstance(got, list) and all(
            _agrees(a, b, tolerance) for a, b in zip(wanted, got, strict=False)
        )
    if isinstance(wanted, int | float) and not isinstance(wanted, bool):
        numbers = isinstance(got, int | float) and not isinstance(got, bool)
        return numbers and math.isclose(wanted, got, rel_tol=0, abs_tol=tolerance + EPSILON)
    return bool(wanted == got)
