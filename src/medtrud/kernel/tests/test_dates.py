import datetime as dt

import pytest

from medtrud.kernel.dates import add_months, add_working_days, age_on, weekday


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        ("1985-03-02", "2026-03-01", 40),
        ("1985-03-01", "2026-03-01", 41),
        ("2008-02-29", "2026-02-28", 17),
        ("2008-02-29", "2026-03-01", 18),
        ("2008-02-29", "2028-02-29", 20),
    ],
)
def test_age_is_completed_years(born: str, day: str, age: int) -> None:
    assert age_on(dt.date.fromisoformat(born), dt.date.fromisoformat(day)) == age


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2025-12-31", 2, "2026-02-28"),
        ("2025-10-31", 1, "2025-11-30"),
        ("2026-01-31", -2, "2025-11-30"),
        ("2026-03-01", 24, "2028-03-01"),
    ],
)
def test_months_keep_the_date_or_take_the_last_day(day: str, months: int, then: str) -> None:
    assert add_months(dt.date.fromisoformat(day), months) == dt.date.fromisoformat(then)


def test_working_days_skip_what_the_calendar_closes_and_go_both_ways() -> None:
    friday, holiday = dt.date(2026, 3, 6), dt.date(2026, 3, 9)

    def working(day: dt.date) -> bool:
        return weekday(day) and day != holiday

    assert add_working_days(friday, 1, weekday) == dt.date(2026, 3, 9)
    assert add_working_days(friday, 1, working) == dt.date(2026, 3, 10)
    assert add_working_days(friday, 5, working) == dt.date(2026, 3, 16)
    assert add_working_days(dt.date(2026, 3, 10), -2, working) == dt.date(2026, 3, 5)
