"""Deadlines of the order, counted over a calendar given by the caller."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from medtrud.domains.hazards.types import code_key
from medtrud.kernel.dates import add_months, add_working_days
from medtrud.kernel.decision import Decision
from medtrud.kernel.errors import Refused

from ..types import Deadline, Facts, Why
from .law import tables_on

Calendar = Callable[[dt.date], bool]
YEAR_MONTHS = 12


def deadlines_of(event: str, start: dt.date, working: Calendar) -> list[Deadline]:
    """Сроки действий, которые отсчитываются от события (приказ № 29н, Порядок, пп. 17-49).

    «Не позднее чем за N рабочих дней до начала»: день начала не считается.
    """
    found = []
    for row in tables_on(start)["deadlines"].values():
        if row.values["start"] == event:
            day = _counted(row.values, start, working)
            why = Why(row.values["title"], row.ref, rule="deadline", note=row.values["note"] or "")
            counted = row.values["unit"] == "working_days"
            found.append(Deadline(row.code, row.values["title"], row.values["who"], day, (why,), counted))
    return found


def deadline_day(code: str, start: dt.date, working: Calendar) -> dt.date:
    """Return the last day of one deadline; its row says on which side of the start it lies."""
    return _counted(tables_on(start)["deadlines"][code].values, start, working)


def start_feasible(received: dt.date, start: dt.date, working: Calendar) -> Decision[bool]:
    """Успевают ли стороны до начала осмотров: список за 2 месяца, план за 14 рабочих дней (пп. 24, 26)."""
    rows = tables_on(start)["deadlines"]
    latest = _counted(rows["roll_to_clinic"].values, start, working)
    plan = min(
        _counted(rows["plan_after_roll"].values, received, working),
        _counted(rows["plan_before_start"].values, start, working),
    )
    reasons = (
        Why(
            f"Список нужно передать не позднее {latest:%d.%m.%Y}", rows["roll_to_clinic"].ref, rule="deadline"
        ),
        Why(
            f"План нужно составить не позднее {plan:%d.%m.%Y}", rows["plan_before_start"].ref, rule="deadline"
        ),
    )
    return Decision(received <= latest and received <= plan, reasons)


def postponed_until(facts: Facts, due: dt.date, on: dt.date) -> Decision[dt.date]:
    """Перенос осмотра в режиме повышенной готовности: до 6 месяцев, кроме работ 23-27 и 3.3, 3.4 (п. 18)."""
    row = tables_on(on)["postponement"]["emergency"]
    cell = row.values
    first, last = code_key(cell["except_from"]), code_key(cell["except_to"])
    barred = [f.code for f in facts.factors if first <= code_key(f.code)[:1] <= last]
    if facts.sout_class in cell["except_classes"]:
        barred.append(f"подкласс {facts.sout_class}")
    if barred:
        text = f"Перенос не допускается: {', '.join(barred)}. {cell['text'][:1].upper()}{cell['text'][1:]}"
        raise Refused(text + ".", basis=str(row.ref))
    until = add_months(due, cell["months"])
    return Decision(
        until, (Why(f"Перенос не далее {until:%d.%m.%Y}: {cell['text']}", row.ref, rule="postponement"),)
    )


def _counted(cell: dict[str, Any], start: dt.date, working: Calendar) -> dt.date:
    if cell["month"]:
        return dt.date(start.year + 1, cell["month"], cell["day"])
    count = cell["count"] if cell["direction"] == "after" else -cell["count"]
    match cell["unit"]:
        case "working_days":
            return add_working_days(start, count, working)
        case "days":
            return start + dt.timedelta(days=count)
        case "months":
            return add_months(start, count)
        case _:
            return add_months(start, count * YEAR_MONTHS)
