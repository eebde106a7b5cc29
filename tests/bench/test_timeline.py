"""A worker's timeline of 2 000 events in a table of 202 000: queries and database time of its pages.

Beside them stands one bare select of the same fifty rows. The number of queries must not depend on the length
of the life; the time of the database is promised to stay under 50 ms.
"""

import datetime as dt
import time
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from medtrud.engines.access.public import account_open, seat_give
from medtrud.kernel.actor import Actor, Role
from medtrud.registries.people.public import person_register, person_share

pytestmark = [pytest.mark.bench, pytest.mark.django_db]
JOB = Actor.job("bench")
CLINIC, OTHERS, EACH, FEW, MANY, LIMIT = 501, 100, 2000, 20, 2000, 50
EVENTS = """
INSERT INTO record_entry (uid, person_id, kind, "on", title, data, module, source, written_at)
SELECT gen_random_uuid(), person, (ARRAY['exam', 'conclusion', 'referral', 'note'])[1 + n %% 4],
    DATE '2026-11-01' - n * 7, 'Событие ' || n, '{}', 'exams', gen_random_uuid(), now()
FROM unnest(%s::bigint[]) AS person, generate_series(%s, %s) AS n
"""
BARE = """
SELECT uid, "on", kind, title FROM record_entry WHERE person_id = %s ORDER BY "on" DESC, id DESC LIMIT 50
"""


@contextmanager
def stopwatch(spent):
    def timed(execute, sql, params, many, context):
        begun = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            spent.append(time.perf_counter() - begun)

    with connection.execute_wrapper(timed):
        yield


def visit(client, address):
    """Return the number of queries and the best database time of three visits, in milliseconds."""
    best, queries = [], 0
    for _ in range(3):
        spent = []
        with stopwatch(spent), CaptureQueriesContext(connection) as captured:
            answer = client.get(address)
        assert answer.status_code == 200, address
        best.append(sum(spent) * 1000)
        queries = len(captured)
    return queries, min(best)


def someone(number):
    return person_register(
        JOB,
        last_name=f"Громов{number}",
        first_name="Пётр",
        middle_name="Ильич",
        birth_date=dt.date(1970, 1, 1) + dt.timedelta(days=number),
        sex="male",
    )


def events(persons, first, last):
    with connection.cursor() as cursor:
        cursor.execute(EVENTS, [persons, first, last])


def doctor():
    account = account_open(JOB, login="doctor", password="bench-bench-1")
    seat_give(JOB, account=account, role=Role.CLINIC, since=dt.date(2025, 1, 1), organization=CLINIC)
    client = Client()
    client.force_login(account)
    return client


def onward(client, address):
    text = client.get(address).content.decode()
    return address + text.split('id="more" href="')[1].split('"')[0].replace("&amp;", "&")


def test_the_timeline():
    person, others = someone(0), [someone(number) for number in range(1, OTHERS + 1)]
    person_share(JOB, persons=[person.pk, *(card.pk for card in others)], organization=CLINIC)
    client, address = doctor(), f"/record/{person.uid}/"
    events([person.pk], 1, FEW)
    client.get(address)
    few = visit(client, address)[0]
    events([person.pk], FEW + 1, MANY)
    events([card.pk for card in others], 1, EACH)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE record_entry")
    spent = []
    with stopwatch(spent), connection.cursor() as cursor:
        cursor.execute(BARE, [person.pk])
        cursor.fetchall()
    bare = spent[0] * 1000
    print(f"\nсобытий: {OTHERS * EACH + MANY:,}; голый запрос 50 строк {bare:.1f} мс")
    pages = {
        "первая страница": (address, few),
        "один вид событий": (f"{address}?kind=conclusion", few),
        "следующая страница": (onward(client, address), None),
        "API": (f"/api/v1/record/{person.uid}", None),
    }
    for name, (url, expected) in pages.items():
        queries, took = visit(client, url)
        print(f"  {name:24}{queries:3} запросов  база {took:6.1f} мс  x{took / bare:.1f}")
        assert expected in (None, queries), f"{name}: число запросов растёт с числом событий"
        assert took < LIMIT, f"{name}: {took:.0f} мс"
