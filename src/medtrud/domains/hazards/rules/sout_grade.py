"""One comparison of a value with a row, and the class of a factor from its comparisons."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from medtrud.kernel.decision import Decision, Reason
from medtrud.kernel.law import Row

from ..types.sout import ClassedFactor, ClassedLine, Level
from .sout_law import Edition, because, named, shown, step_up, upto, worst

TIMES = "раз"


@dataclass(frozen=True)
class Graded:
    """What one comparison gave."""

    line: ClassedLine
    reason: Reason

    @property
    def sout_class(self) -> str:
        """Return the class of the line."""
        return self.line.sout_class


def between(low: float | None, high: float | None) -> str:
    """Say where a value stands; upper bounds are inclusive."""
    parts = [f"больше {shown(low)}"] if low is not None else []
    parts += [f"не больше {shown(high)}"] if high is not None else []
    return ", но ".join(parts)


def grade(row: Row, value: Fraction, unit: str, level: Level, what: str = "") -> Graded:
    """Compare a value with the steps of a row and say it in one sentence."""
    found, low, high = upto(row.values["steps"], value)
    title = what or row.values["title"]
    text = f"{title}: {shown(value)} {unit} — {between(low, high)}: {named(found)}"
    return Graded(lined(level, found, title, value, unit, low if high is None else high), because(row, text))


def grade_times(row: Row, value: Fraction, norm: Fraction, level: Level, what: str) -> Graded:
    """Compare how many times the value is over its limit with the steps of a row."""
    times = value / norm
    if fixed := row.values.get("fixed"):
        return grade_fixed(row, fixed, level, what)
    found, low, high = upto(row.values["steps"], times)
    measured = f"{shown(value)} при нормативе {shown(norm)} {level.unit}".strip()
    text = f"{what}: {measured} — кратность {shown(times)}, {between(low, high)} ({row.values['title']}): "
    bound = low if high is None else high
    return Graded(lined(level, found, what, times, TIMES, bound), because(row, text + named(found)))


def grade_fixed(row: Row, fixed: str, level: Level, what: str) -> Graded:
    """Give the class the row sets without measurement."""
    text = f"{what}: {row.values['title']} — без измерений {named(fixed)}"
    return Graded(lined(level, fixed, what), because(row, text))


def lined(
    level: Level,
    found: str,
    title: str,
    value: Fraction | None = None,
    unit: str = "",
    bound: float | None = None,
) -> ClassedLine:
    """Return the line of a comparison."""
    number = None if value is None else float(value)
    return ClassedLine(level.indicator, title, found, number, unit, bound, level.subject, level.place)


def answer(edition: Edition, factor: str, graded: Iterable[Graded], *more: Reason) -> Decision[ClassedFactor]:
    """Return the worst of the comparisons as the class of the factor."""
    all_of = list(graded)
    return answer_as(edition, factor, all_of, worst([each.sout_class for each in all_of]), *more)


def answer_as(
    edition: Edition, factor: str, graded: Iterable[Graded], found: str, *more: Reason
) -> Decision[ClassedFactor]:
    """Return the class of the factor with all its comparisons."""
    all_of = list(graded)
    reasons = (*(each.reason for each in all_of), *more)
    title = edition.factors()[factor].title
    lines = tuple(each.line for each in all_of)
    return Decision(ClassedFactor(factor, title, found, reasons, lines), reasons)


def combined(edition: Edition, stage: str, met: list[str]) -> Decision[str]:
    """Add up classes by the rules of one stage: the harshest of the worst and of what the rules give."""
    top = worst(met)
    best, reasons = top, list[Reason]()
    for rule in edition.rows("sout_combine").values():
        if rule.values["stage"] != stage:
            continue
        for found in _raised(rule, met, top):
            if worst([found, best]) != best:
                best = found
                reasons.append(because(rule, f"{rule.values['title']}: {named(found)}"))
    return Decision(best, tuple(reasons))


def _raised(rule: Row, met: list[str], top: str) -> list[str]:
    """Return the classes a rule gives; with "same" each class is counted for itself."""
    cells = rule.values
    if cells["same"]:
        return [step_up(each) for each in cells["counted"] if met.count(each) >= cells["least"]]
    if sum(each in cells["counted"] for each in met) < cells["least"]:
        return []
    return [step_up(top) if cells["raised"] else cells["result"]]
