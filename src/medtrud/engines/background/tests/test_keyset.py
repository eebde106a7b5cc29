"""Pages by key: every row once, in both directions, with empty values and falling columns."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from medtrud.engines.background.models import Job
from medtrud.engines.store.public import keyset
from medtrud.kernel.errors import NotFound

pytestmark = pytest.mark.django_db
ORDERS = [["-id"], ["tries"], ["-tries"], ["started_at"], ["-started_at", "title"], ["title", "-tries"]]


@pytest.fixture
def rows() -> Any:
    moment = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
    for number in range(23):
        Job(
            code="x",
            title=f"работа {number % 4}",
            tries=number % 3,
            created_at=moment,
            started_at=None if number % 3 else moment + dt.timedelta(microseconds=number),
        ).save()
    return Job.objects.unscoped("test")


def expected(rows: Any, order: Sequence[str]) -> list[int]:
    last = "-pk" if all(name.startswith("-") for name in order) else "pk"
    return [row.pk for row in rows.order_by(*order, last)]


@pytest.mark.parametrize("order", ORDERS, ids=" ".join)
def test_pages_forth_and_back_give_every_row_once(rows: Any, order: list[str]) -> None:
    forth: list[list[int]] = []
    back: list[list[int]] = []
    after = ""
    while True:
        page = keyset(rows, order=order, after=after, size=5)
        forth.append([row.pk for row in page.rows])
        if not page.next:
            break
        after = page.next
    assert [key for keys in forth for key in keys] == expected(rows, order)
    while True:
        back.append([row.pk for row in page.rows])
        if not page.prev:
            break
        page = keyset(rows, order=order, after=page.prev, size=5)
    assert back[::-1] == forth


def test_a_deep_page_is_read_from_the_index(rows: Any) -> None:
    page = keyset(rows, order=["-id"], size=5)
    with CaptureQueriesContext(connection) as queries:
        keyset(rows, order=["-id"], after=page.next, size=5)
    (query,) = queries.captured_queries
    assert '("background_job"."id", "background_job"."id") < (' in query["sql"]
    assert "OFFSET" not in query["sql"]


@pytest.mark.parametrize("cursor", ["x", "W10", "eyJhIjogMX0", "W2ZhbHNlLCAiYSIsICJiIl0", "%00"])
def test_a_cursor_that_somebody_has_changed_opens_nothing(rows: Any, cursor: str) -> None:
    with pytest.raises(NotFound, match="Откройте список с начала"):
        keyset(rows, order=["-id"], after=cursor)


def test_an_empty_list_has_no_neighbours(rows: Any) -> None:
    page = keyset(rows.filter(pk__in=[]), order=["-id"])
    assert (page.rows, page.next, page.prev) == ([], "", "")
