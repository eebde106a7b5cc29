"""Counting of ages, months and working days as Russian acts count them."""

import datetime as dt
from collections.abc import Callable

SATURDAY = 5


def age_on(born: dt.date, day: dt.date) -> int:
    """Return completed years; who was born on 29 February completes a year on 1 March of a common year."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def add_months(day: dt.date, months: int) -> dt.date:
    """Return the same date of another month, or its last day where the month is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    try:
        return day.replace(year, month + 1)
    except ValueError:
        following = dt.date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
        return following - dt.timedelta(days=1)


def weekday(day: dt.date) -> bool:
    """Tell a day of the five-day week; the production calendar with its transfers is a table of law."""
    return day.weekday() < SATURDAY


def add_working_days(day: dt.date, count: int, working: Callable[[dt.date], bool]) -> dt.date:
    """Go so many working days forward (or back, if negative); the day itself is not counted."""
    step = dt.timedelta(days=1 if count >= 0 else -1)
    for _ in range(abs(count)):
        day += step
        while not working(day):
            day += step
    return day
