"""Mentions of a line made into one line with one state and all reasons."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from medtrud.kernel.law import Row

from ..types import Line, State
from .scope import Mention

DUE, INDICATED, NO = "due", "indicated", "no"

Weighed = dict[str, tuple[int, Line]]


class Who(NamedTuple):
    """What the conditions of lines ask about the worker and the examination."""

    sex: str
    age: int
    preliminary: bool


def weighed(rows: Mapping[str, Row], mentions: Iterable[Mention], who: Who) -> Weighed:
    """Return the lines of the mentions that concern this person."""
    found: Weighed = {}
    for mention in mentions:
        judged = _judged(mention, rows[mention.code].values["title"], who)
        if judged is not None:
            known = found.get(mention.code)
            found[mention.code] = _one(known, judged) if known else judged
    return found


def joined(order: Mapping[str, int], several: Iterable[Weighed]) -> tuple[Line, ...]:
    """Объединить назначения: каждый врач и исследование один раз, со всеми основаниями (пп. 12, 31).

    Безусловное назначение сильнее условного, из двух сроков действует меньший (толкование).
    """
    found: Weighed = {}
    for lines in several:
        twice = [(code, _one(found[code], lines[code])) for code in found.keys() & lines.keys()]
        found |= lines
        found.update(twice)
    return tuple([found[code][1] for code in sorted(found, key=order.__getitem__)])


def _one(old: tuple[int, Line], new: tuple[int, Line]) -> tuple[int, Line]:
    stronger = new if new[0] > old[0] else old
    line, first, second = stronger[1], old[1].reasons, new[1].reasons
    if first[0].factor == second[0].factor:  # one code twice, with different substances
        second = tuple(why for why in second if why not in first)
    return stronger[0], Line(line[0], line[1], first + second, *line[3:])


def _judged(mention: Mention, name: str, who: Who) -> tuple[int, Line] | None:
    """Judge one mention; None means that the line does not concern this sex."""
    line = Line(mention.code, name, (mention.why,))
    if mention.condition is None:
        return 100, line
    cell = mention.condition.values
    if cell["sex"] and cell["sex"] != who.sex:
        return None
    line = line._replace(condition=cell["title"], consent=bool(cell["consent"]))
    return _weighed(line, cell, mention.exposed, who)


def _weighed(line: Line, cell: dict[str, Any], exposed: bool | None, who: Who) -> tuple[int, Line]:  # noqa: FBT001
    word = cell["preliminary"] if who.preliminary else cell["periodic"]
    outside = _outside(cell["age_from"], cell["age_to"], who.age)
    if word == NO or outside or exposed is False:
        strength, because = (0, "kind") if word == NO else (1, "age") if outside else (2, "exposure")
        return strength, line._replace(state=State.NOT_DUE, because=because)
    if exposed is None or word == INDICATED:
        state = State.UNKNOWN_EXPOSURE if exposed is None else State.ON_INDICATION
        return 20 if exposed is None else 10, line._replace(state=state)
    late = cell["later_age"] and who.age >= cell["later_age"]
    months = cell["months_later"] if late else cell["months"]
    strength = 90 - (months // 12 if months else 20 if cell["periodic"] != DUE else 0)
    return strength, line._replace(months=None if who.preliminary else months)


def _outside(first: int | None, last: int | None, age: int) -> bool:
    return (first is not None and age < first) or (last is not None and age > last)
