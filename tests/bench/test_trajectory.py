"""The trajectory of forty years: 12 jobs, 2 000 events, 100 sick leaves, beside a beginner's.

Promised: the number of queries does not depend on the length of the life. Printed too: the time of the page
and of a closer look, beside one bare select of the same marks.
"""

import time

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from medtrud.domains.record.public import measurements_declare
from medtrud.engines.access.public import account_open, seat_give
from medtrud.kernel.actor import Role
from medtrud.registries.people.public import Person
from tests.career import BEGUN, JOB, career, hearing, worker

pytestmark = [pytest.mark.bench, pytest.mark.django_db]
JOBS, EVENTS, LEAVES = 12, 2000, 100
BARE = """
SELECT uid, "on", kind, title, data FROM record_entry
WHERE person_id = %s AND kind IN ('exam', 'conclusion') ORDER BY "on" DESC, id DESC
"""


def own(person: Person) -> Client:
    account = account_open(JOB, login=f"career-{person.pk}", password="bench-bench-1", person=person.pk)
    seat_give(JOB, account=account, role=Role.WORKER, since=BEGUN)
    client = Client()
    client.force_login(account)
    return client


def visit(client: Client, address: str, **headers: str) -> tuple[int, float, int]:
    """Return the queries, the best time in milliseconds and the size of three visits."""
    best, queries, size = [], 0, 0
    for _ in range(3):
        begun = time.perf_counter()
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(address, headers=headers)
        best.append((time.perf_counter() - begun) * 1000)
        assert answer.status_code == 200
        queries, size = len(captured), len(answer.content)
    return queries, min(best), size


def test_the_trajectory_of_forty_years_asks_as_many_queries_as_that_of_one():
    novice, veteran = worker("Новиков"), worker("Старцев")
    career(novice, jobs=1, events=20, leaves=1)
    career(veteran, jobs=JOBS, events=EVENTS, leaves=LEAVES)
    for person in (novice, veteran):
        measurements_declare(hearing(person))
    few, many = own(novice), own(veteran)
    few.get("/record/mine/")
    short, whole = visit(few, "/record/mine/"), visit(many, "/record/mine/")
    closer = visit(many, "/record/mine/?from=2020&to=2024", **{"HX-Request": "true"})
    begun = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute(BARE, [veteran.pk])
        rows = len(cursor.fetchall())
    bare = (time.perf_counter() - begun) * 1000
    print(f"\nголый запрос {rows} отметок {bare:.1f} мс")
    for name, (queries, took, size) in {"год": short, "40 лет": whole, "ближе, 4 года": closer}.items():
        print(f"  {name:16}{queries:3} запросов  {took:7.1f} мс  x{took / bare:.0f}  {size / 1024:.0f} кБ")
    assert short[0] == whole[0], "число запросов растёт с длиной жизни"
    assert closer[0] <= whole[0]
