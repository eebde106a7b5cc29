"""Deadlines of an assessment: the next one, the acquaintance of workers, the declaration."""

import datetime as dt
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from medtrud.kernel.dates import add_months
from medtrud.kernel.law import LawTable, LegalRef, load_table

LAW = Path(__file__).parents[1] / "law" / "sout_terms"
MONTHS = 12


@cache
def _table() -> LawTable:
    return load_table(LAW)


def term(code: str, on: dt.date) -> tuple[int, str, LegalRef]:
    """Return the count, the unit and the place in the law of a deadline on a day."""
    row = _table().on(on)[code]
    return row.values["count"], row.values["unit"], row.ref


def reassess_by(approved_on: dt.date) -> dt.date:
    """Ч. 4 ст. 8 закона № 426-ФЗ: «проводится на рабочем месте не реже чем один раз в пять лет»."""
    years, _, _ = term("reassessment", approved_on)
    return add_months(approved_on, years * MONTHS)


def reassessed_before(on: dt.date) -> dt.date:
    """Return the day: cards approved on it or earlier are due on the given day."""
    years, _, _ = term("reassessment", on)
    return add_months(on, -years * MONTHS)


def declared_until(approved_on: dt.date) -> dt.date:
    """Ч. 4 ст. 11: «декларация действительна в течение пяти лет»."""
    years, _, _ = term("declaration", approved_on)
    return add_months(approved_on, years * MONTHS)


def acquainted_before(on: dt.date) -> dt.date:
    """Return the day: terms that began before it are over on the given day, unless somebody was away."""
    days, _, _ = term("acquaintance", on)
    return on - dt.timedelta(days=days)


def acquaint_by(approved_on: dt.date, away: Iterable[tuple[dt.date, dt.date]] = ()) -> dt.date:
    """Ч. 5 ст. 15: «в срок не позднее чем тридцать календарных дней со дня утверждения отчёта».

    В указанный срок не включаются периоды временной нетрудоспособности, отпуска или командировки,
    межвахтового отдыха: away holds them as (first day, first day no longer).
    """
    days, _, _ = term("acquaintance", approved_on)
    absent = {
        since + dt.timedelta(days=number) for since, until in away for number in range((until - since).days)
    }
    day, left = approved_on, days
    while left:
        day += dt.timedelta(days=1)
        left -= day not in absent
    return day
