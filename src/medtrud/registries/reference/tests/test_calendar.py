import datetime as dt

import pytest
from django.test import Client

from medtrud.kernel.actor import Actor
from medtrud.kernel.dates import add_working_days
from medtrud.kernel.errors import Refused
from medtrud.registries.reference import public
from medtrud.registries.reference.types import CALENDAR, DayKind, WorkCalendar

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 3, 1)
# An invented decree: the product ships no transfers.
DECREE = """День;Вид дня;Акт
09.01.2026;перенесённый выходной;вымышленное постановление
2026-02-21;рабочая суббота;вымышленное постановление
2026-04-30;сокращенный;ст. 95 ТК РФ
"""


def loaded(job: Actor, text: str = DECREE) -> WorkCalendar:
    public.books_load(job)
    edition = public.edition_load(
        job, book=CALENDAR, version="2026-1", content=text.encode(), name="days.csv"
    )
    public.edition_compare(job, edition=edition.uid)
    public.edition_approve(job, edition=edition.uid, since=dt.date(2026, 1, 1))
    return public.calendar_on(job, DAY)


def test_without_a_loaded_year_only_the_labour_code_is_known_and_the_reader_is_told(job: Actor) -> None:
    calendar = public.calendar_on(job, DAY)
    assert not any(calendar(dt.date(2026, 1, day)) for day in range(1, 9))
    assert calendar(dt.date(2026, 1, 9))
    assert not calendar(dt.date(2026, 3, 9))  # Sunday 8 March: the day off moves to Monday
    assert not calendar(dt.date(2026, 5, 11))  # Saturday 9 May
    assert calendar(dt.date(2026, 3, 10))
    assert calendar.said(DAY, dt.date(2027, 1, 1)) == (
        "без переносов: календарь на 2026, 2027 год не загружен"
    )
    assert "статья 112" in calendar.days_of(2026)[0].act


def test_the_book_of_the_calendar_is_there_and_has_no_invented_day(job: Actor) -> None:
    public.books_load(job)
    assert public.books_load(job) == []
    assert not public.editions(job, public.book_of(job, CALENDAR)).exists()


def test_a_loaded_year_replaces_the_rule_of_coincidence_and_is_named(job: Actor) -> None:
    calendar = loaded(job)
    assert not calendar(dt.date(2026, 1, 9))
    assert calendar(dt.date(2026, 2, 21))
    assert calendar(dt.date(2026, 4, 30))
    assert calendar.day_of(dt.date(2026, 4, 30)).kind == DayKind.SHORT  # type: ignore[union-attr]
    assert not calendar(dt.date(2026, 6, 12))  # a holiday of the law needs no row
    assert calendar(dt.date(2026, 3, 9))  # the loaded year says where its days off went
    assert not calendar(dt.date(2027, 5, 3))  # 2027 is not loaded: 1 May is a Saturday
    assert calendar.said(DAY) == "рабочие дни по производственному календарю, издание 2026-1"
    assert add_working_days(dt.date(2026, 1, 12), -1, calendar) == dt.date(2025, 12, 31)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("31.02.2026;праздник;акт", "строка 2: день «31.02.2026» не читается"),
        ("2026-03-09;отгул;акт", "вид дня «отгул» неизвестен"),
        ("2026-03-09;праздник;", "не указан акт"),
    ],
)
def test_a_bad_row_of_the_calendar_is_refused_with_its_number(job: Actor, row: str, words: str) -> None:
    with pytest.raises(Refused, match=words):
        loaded(job, f"День;Вид дня;Акт\n{row}\n")


def test_the_year_is_shown_with_what_is_missing(signed_in: Client, job: Actor) -> None:
    shown = signed_in.get("/reference/calendar/?year=2026").content.decode()
    assert "Нет данных о переносах на 2026 год" in shown
    loaded(job)
    shown = signed_in.get("/reference/calendar/?year=2026").content.decode()
    assert "Издание 2026-1" in shown
    assert "вымышленное постановление" in shown
    assert signed_in.get("/reference/calendar/?year=мусор").status_code == 200
