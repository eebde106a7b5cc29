"""Cardiovascular risk at a visit: computed by the model of `risk`, typed by nobody (29н, пп. 12.2, 31.2)."""

from dataclasses import dataclass, field
from typing import Any

from medtrud.domains.risk.public import category_title, figure, gathered, model_of, personal
from medtrud.domains.risk.types import Personal

from ..models import ExamLine
from ..rules.forms import EntryForm
from .entry import EntryDesk

MODEL = "score_29n"
LINES = {"cv_risk_relative", "cv_risk_absolute"}
BASIS = "приказ № 29н, Порядок, пп. 12.2, 31.2; карта SCORE"


@dataclass(frozen=True)
class Scored:
    """What the model says of the risk, and the values it offers to the form."""

    text: str = ""
    values: dict[str, Any] = field(default_factory=dict)


def scored(desk: EntryDesk) -> Scored:
    """Compute the risk where a line of this visit asks for it; nothing is said where none does."""
    asked = [(line, form) for line, form in desk.lines if line.code in LINES]
    if not asked:
        return Scored()
    known = gathered(desk.actor, [desk.exam.person_id], on=desk.on).get(desk.exam.person_id, {})
    found = personal(model_of(MODEL), known, desk.on)
    if found is None:
        return Scored()
    if not found.result.computed:
        return Scored(f"Риск по шкале SCORE не рассчитан. {found.result.error}")
    values: dict[str, Any] = {}
    for line, form in asked:
        values |= _offered(line, form, found)
    said = model_of(MODEL).declared
    category = category_title(said, found.result.category)
    shown = ", ".join(filter(None, (figure(said, found.result.value), category)))
    return Scored(f"Риск по шкале SCORE: {shown}. {_inputs(found)}", values)


def _offered(line: ExamLine, form: EntryForm, found: Personal) -> dict[str, Any]:
    known = {each.code: each for each in form.fields}
    offered: dict[str, Any] = {}
    if found.result.value is not None and "score" in known:
        offered[f"l{line.order}_score"] = found.result.value["risk"]
    if "category" in known and found.result.category in known["category"].choices:
        offered[f"l{line.order}_category"] = found.result.category
    return offered


def _inputs(found: Personal) -> str:
    said = [f"{each['title'].lower()} {each['original']}" for each in found.inputs if each["on"]]
    return f"Взято: {'; '.join(said)}." if said else ""
