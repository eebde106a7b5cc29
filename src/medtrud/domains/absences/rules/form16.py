"""The report in the manner of form 16-ВН: rows and ages are data; the layout says whether it was compared."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from medtrud.kernel.dates import age_on

from ..types import Kind
from ..types.codes import tables
from ..types.figures import Case

SEXES = (("male", "м"), ("female", "ж"))


@dataclass(frozen=True)
class Line:
    """One row of the form for one sex."""

    code: str
    title: str
    sex: str
    days: int
    cases: int
    ages: tuple[int, ...]


def ages_on(on: dt.date) -> list[tuple[str, int]]:
    """Return the age groups of the form with their lower ends."""
    rows = tables()["form_16vn_ages"].on(on).values()
    return sorted(((row.values["title"], row.values["low"]) for row in rows), key=lambda group: group[1])


def lines_of(cases: Sequence[Case], people: Mapping[int, tuple[str, dt.date]], on: dt.date) -> list[Line]:
    """Return the rows of the form with cases: men and women apart, cases by age on the day they began."""
    lows = [low for _, low in ages_on(on)]
    found = []
    for code, row in tables()["form_16vn"].on(on).items():
        mine = [case for case in cases if _belongs(case, row.values["by"], row.values["codes"])]
        for sex, letter in SEXES:
            chosen = [case for case in mine if people[case.person][0] == sex]
            counts = [0] * len(lows)
            for case in chosen:
                counts[_band(age_on(people[case.person][1], case.since), lows)] += 1
            days = sum(case.days for case in chosen)
            found.append(Line(code, row.values["title"], letter, days, len(chosen), tuple(counts)))
    return found


def _band(age: int, lows: Sequence[int]) -> int:
    return max(n for n, low in enumerate(lows) if age >= low)


def _belongs(case: Case, by: str, codes: Iterable[str]) -> bool:
    match by:
        case "icd":
            return case.kind in {Kind.ILLNESS, Kind.INJURY} and case.reason != "08" and case.icd in codes
        case "maternity":
            return case.kind == Kind.MATERNITY
        case _:
            return case.reason in codes
