"""The cardiovascular risk of an invented patient: what the model offers of his own values, confirmed."""

from typing import Any

from medtrud.domains.risk.public import answer, model_of

from ..queries.score import LINES, MODEL
from .patients import Patient


def scored(patient: Patient, results: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the results with the model's answer in the lines of the risk; a line it cannot answer is left.

    So does a doctor who takes the offered values.
    """
    typed: dict[str, Any] = {}
    for result in results:
        typed |= result["values"]
    offered = _offered(patient, typed)
    for result in results:
        if result["code"] in LINES:
            result["values"] = offered
    return [result for result in results if result["values"] or result["code"] not in LINES]


def _offered(patient: Patient, typed: dict[str, Any]) -> dict[str, Any]:
    if not {"pressure", "cholesterol", "smoking"} <= set(typed):
        return {}
    found = answer(
        model_of(MODEL),
        {
            "sex": "M" if patient.sex == "male" else "F",
            "age": patient.age,
            "smoker": int(typed["smoking"] == "да"),
            "sbp": int(str(typed["pressure"]).split("/")[0]),
            "tchol": typed["cholesterol"],
            "diabetes": int(patient.has("diabetes")),
        },
    )
    values = {"score": found["value"]["risk"]} if found.get("value") else {}
    return values | ({"category": found["category"]} if found.get("category") else {})
