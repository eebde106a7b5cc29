"""Working postures: RULA and REBA by their tables."""

from ..types import Book, Facts, Outcome
from .rounding import upto

SAID = {
    "acceptable": "допустима",
    "investigate": "нужны изменения",
    "soon": "нужны изменения скоро",
    "now": "менять сейчас",
    "negligible": "допустима",
    "low": "может требовать изменений",
    "medium": "нужны изменения",
    "high": "нужны изменения скоро",
    "very_high": "менять сейчас",
}


def rula(facts: Facts, book: Book) -> Outcome:
    """Return the grand score of RULA: tables A and B with muscle use and force, then table C."""
    table = book["rula"]
    arm = table["A"][facts["upper_arm"] - 1][facts["lower_arm"] - 1][facts["wrist"] - 1][
        facts["wrist_twist"] - 1
    ]
    arm += facts["muscle_a"] + facts["force_a"]
    trunk = table["B"][facts["neck"] - 1][facts["trunk"] - 1][facts["legs"] - 1]
    trunk += facts["muscle_b"] + facts["force_b"]
    last = table["C"]
    value = last[min(arm, len(last)) - 1][min(trunk, len(last[0])) - 1]
    part = "рука и кисть" if arm >= trunk else "шея, туловище и ноги"
    return _posture(
        value, book["levels"], part, (f"A = {arm} (рука и кисть), B = {trunk} (шея, туловище, ноги)",)
    )


def reba(facts: Facts, book: Book) -> Outcome:
    """Return the score of REBA: tables A and B with load and coupling, then table C with activity."""
    table = book["reba"]
    trunk = table["A"][facts["neck"] - 1][facts["trunk"] - 1][facts["legs"] - 1] + facts["load"]
    arm = table["B"][facts["upper_arm"] - 1][facts["lower_arm"] - 1][facts["wrist"] - 1] + facts["coupling"]
    last = table["C"]
    both = last[min(trunk, len(last)) - 1][min(arm, len(last[0])) - 1]
    value = both + facts["activity"]
    part = "шея, туловище и ноги" if trunk >= arm else "рука и кисть"
    steps = (
        f"A = {trunk} (шея, туловище, ноги), B = {arm} (рука и кисть)",
        f"C = {both}, активность +{facts['activity']}",
    )
    return _posture(value, book["levels"], part, steps)


def _posture(value: int, levels: list[list[object]], part: str, steps: tuple[str, ...]) -> Outcome:
    level = upto(value, levels)
    return Outcome(value, level, (), None, steps, {"said": SAID[level], "part": part})
