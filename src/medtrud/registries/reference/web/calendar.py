"""The production calendar of a year: what is loaded, what the Labour Code says without it."""

import datetime as dt

from django.http import HttpResponse
from django.urls import path

from medtrud.engines.store.public import today
from medtrud.engines.ui.public import Request, needs, page
from medtrud.kernel.dates import add_months

from ..queries import calendar_on
from ..types import CALENDAR, DayKind, WorkCalendar

MONTHS = (
    "январь", "февраль", "март", "апрель", "май", "июнь",
    "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
)  # fmt: skip
FIRST, LAST = 2013, 2100  # the norm of the Labour Code as it stands, and a bound for typed years


@needs("reference.book_list")
def calendar(request: Request) -> HttpResponse:
    """Show the working days of a year and from which data they are known."""
    on = today()
    known, year = calendar_on(request.actor, on), _year(request.GET.get("year", ""), on)
    days, months = known.days_of(year), _months(known, year)
    return page(
        request, "reference/calendar.html", title=f"Производственный календарь на {year} год",
        year=year, calendar=known, loaded=year in known.years, book=CALENDAR,
        missing=f"Нет данных о переносах на {year} год",
        months=months, total=sum(working for _, _, working in months), days=days,
        off=sum(day.kind.off for day in days),
        saturdays=sum(day.kind == DayKind.WORKING_SATURDAY for day in days),
        short=sum(day.kind == DayKind.SHORT for day in days),
    )  # fmt: skip


def _year(text: str, on: dt.date) -> int:
    return int(text) if text.isdecimal() and FIRST <= int(text) <= LAST else on.year


def _months(known: WorkCalendar, year: int) -> list[tuple[str, int, int]]:
    found = []
    for number, title in enumerate(MONTHS, 1):
        first = dt.date(year, number, 1)
        length = (add_months(first, 1) - first).days
        days = [first + dt.timedelta(days=count) for count in range(length)]
        found.append((title, length, sum(known(day) for day in days)))
    return found


urlpatterns = [path("calendar/", calendar, name="calendar")]
