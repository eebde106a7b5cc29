"""Working days: the holidays of the Labour Code and the loaded years of the production calendar; pure."""

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from medtrud.kernel.law import load_table
from medtrud.kernel.text import sort_key

from ..types import CALENDAR_COLUMNS, DayKind, Holiday, SpecialDay, Table, WorkCalendar

LAW = Path(__file__).parents[1] / "law"
KINDS = {sort_key(kind.title_ru): kind for kind in DayKind}
FORMS = ("%Y-%m-%d", "%d.%m.%Y")


@cache
def holidays() -> tuple[Holiday, ...]:
    """Нерабочие праздничные дни (ТК РФ, ст. 112, ч. 1): все версии строк, с днями их действия."""
    return tuple(
        Holiday(
            row.values["month"], row.values["day"], row.values["title"], row.values["shifts"],
            row.since, row.until, str(row.ref),
        )
        for row in load_table(LAW / "holidays").rows
    )  # fmt: skip


def calendar_from(rows: Iterable[Mapping[str, str]], edition: str) -> WorkCalendar:
    """Build the calendar of the rows of one edition; without rows only the Labour Code is left.

    ТК РФ, ст. 112, ч. 2: при совпадении выходного и нерабочего праздничного дней выходной день переносится
    на следующий после праздничного рабочий день, кроме праздников января; переносы года устанавливает
    Правительство (ч. 5). Загруженный год читается как полный: правило ч. 2 к нему не добавляется.
    """
    days = [day for row in rows if (day := _day_of(row)) is not None]
    return WorkCalendar(holidays(), {day.on: day for day in days}, edition)


def calendar_problems(table: Table) -> list[str]:
    """Say in Russian what is wrong with the rows of a production calendar; nothing when it can be used."""
    found = []
    for number, row in enumerate(table.rows, 2):
        day, kind, act = (row.get(column, "") for column in CALENDAR_COLUMNS)
        if date_of(day) is None:
            found.append(f"строка {number}: день «{day}» не читается, нужно ГГГГ-ММ-ДД или ДД.ММ.ГГГГ")
        elif sort_key(kind) not in KINDS:
            found.append(
                f"строка {number}: вид дня «{kind}» неизвестен, нужно одно из: "
                f"{', '.join(each.title_ru for each in DayKind)}"
            )
        elif not act:
            found.append(f"строка {number}: не указан акт, которым день установлен")
    return found


def date_of(text: str) -> dt.date | None:
    """Read a day as a person or a program writes it."""
    for form in FORMS:
        try:
            return dt.datetime.strptime(text.strip(), form).date()  # noqa: DTZ007 - a date
        except ValueError:
            continue
    return None


def _day_of(row: Mapping[str, str]) -> SpecialDay | None:
    day, kind, act = (row.get(column, "") for column in CALENDAR_COLUMNS)
    on, known = date_of(day), KINDS.get(sort_key(kind))
    return SpecialDay(on, known, act) if on and known else None
