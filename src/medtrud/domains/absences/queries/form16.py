"""The report in the manner of form 16-ВН."""

import datetime as dt

from medtrud.kernel.actor import Actor

from ..rules.form16 import Line, lines_of
from .analysis import base_of
from .cuts import people_of


def form_16vn(actor: Actor, *, employer: int, since: dt.date, until: dt.date) -> tuple[list[Line], int]:
    """Return the rows of the form for those who read diagnoses, and how many cases have no diagnosis."""
    base = base_of(actor, employer=employer, since=since, until=until)
    if not base.medical:
        return [], 0
    cases, _ = base.counted
    unknown = sum(not case.icd and case.kind in {"illness", "injury"} for case in cases)
    return lines_of(cases, people_of(base.jobs), base.span.last), unknown
