"""PREVENT: total cardiovascular disease, its atherosclerotic part and heart failure in ten years."""

import math

from ...rules import model
from ...rules.rounding import people
from ...types import Book, Facts, Outcome


def terms(facts: Facts, centre: dict[str, float]) -> dict[str, float]:
    """Return the variables of the equations: distances from the centre, bent at the knots."""
    age = (facts["age"] - centre["age"]) / 10
    hdl = facts["hdl_cholesterol"] * centre["mmol"]
    bent = {}
    for name, source, step in (("sbp", "systolic_bp", 20), ("egfr", "egfr", -15), ("bmi", "bmi", 5)):
        knot, value = centre[f"{name}_knot"], facts[source]
        bent[f"{name}_low"] = (min(value, knot) - centre[f"{name}_low"]) / step
        bent[f"{name}_high"] = (max(value, knot) - centre[f"{name}_high"]) / step
    plain = {
        **bent,
        "one": 1.0,
        "age": age,
        "non_hdl": facts["total_cholesterol"] * centre["mmol"] - hdl - centre["non_hdl"],
        "hdl": (hdl - centre["hdl"]) / 0.3,
        "diabetes": float(facts["has_diabetes"]),
        "smoker": float(facts["current_smoker"]),
        "pills": float(facts["on_htn_meds"]),
        "statin": float(facts["on_cholesterol_meds"]),
    }
    mixed = {f"age*{name}": age * value for name, value in plain.items()}
    return (
        plain
        | mixed
        | {
            "pills*sbp_high": plain["pills"] * plain["sbp_high"],
            "statin*non_hdl": plain["statin"] * plain["non_hdl"],
        }
    )


def rule(facts: Facts, book: Book) -> Outcome:
    """Return the three risks, per cent."""
    x = terms(facts, book["prevent"]["centre"])
    value = {}
    for name, weights in book["prevent"][facts["sex"]].items():
        total = sum(weight * x[term] for term, weight in weights.items())
        value[name] = 100 / (1 + math.exp(-total))
    return Outcome(value, "", (), None, (), {"n": people(value["cvd"])})


MODEL = model(__file__, rule)
