"""The models as a catalogue shows them, with their own worked cases run."""

import math
from dataclasses import dataclass
from functools import cache
from typing import Any

from medtrud.kernel.law import strict_yaml

from ..kinds import models
from ..rules import Model, ask, listed
from .texts import LEVELS, SYSTEMS

EPSILON = 1e-9


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
        return CaseRun(case["name"], case["inputs"], f"отказ: {case['refused']}", passed)
    if "missing" in case:
        passed = list(result.missing) == case["missing"]
        return CaseRun(case["name"], case["inputs"], f"не хватает: {', '.join(case['missing'])}", passed)
    passed = result.computed and _agrees(case["expect"], result.value, case.get("tolerance", 0))
    said = case.get("category") if case["expect"] is None else case["expect"]
    return CaseRun(case["name"], case["inputs"], str(said), passed)


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
