"""The worklists of a clinic and of its commission with two hundred thousand exams: queries and database time of a page.

Beside each page stands one bare select of the same fifty rows. The number of queries must not depend on the
number of rows; the time of the database is promised to stay under 50 ms.
"""

import time
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from medtrud.domains.exams.models import Exam
from medtrud.domains.exams.tests.world import LONG_AGO, NOISE, World
from medtrud.engines.access.public import account_open, seat_give
from medtrud.kernel.actor import Actor, Role

pytestmark = [pytest.mark.bench, pytest.mark.django_db]

PEOPLE, FEW, VISITS = 200, 2, 1000  # every person comes again and again: 200 000 exams
CLINIC = {
    "список целиком": "/exams/exams/",
    "вкладка «Завершён»": "/exams/exams/?tab=concluded",
    "поиск по фамилии": "/exams/exams/?q=Громов",
    "другой порядок": "/exams/exams/?order=-planned",
}
COMMISSION = {
    "комиссия: рабочий стол": "/commission/",
    "комиссия: готовые": "/exams/conclusions/",
    "комиссия: идут": "/exams/conclusions/?tab=started",
    "комиссия: выданные": "/exams/conclusions/?tab=concluded",
    "комиссия: без отклонений": "/exams/conclusions/?marks=clear",
    "комиссия: с диагнозами": "/exams/conclusions/?marks=diagnosed",
    "комиссия: поиск": "/exams/conclusions/?q=Громов",
    "комиссия: по работнику": "/exams/conclusions/?order=name",
    "комиссия: с конца": "/exams/conclusions/?order=-on",
}
COPY_REFERRALS = """
INSERT INTO exams_referral (uid, number, year, employer_id, clinic_id, person_id, employment_id, workplace_id,
    kind, basis, issued_on, division, post, factors, codes, sout_class, programme_id, state, cancelled_reason)
SELECT gen_random_uuid(), number * 1000000 + n, year, employer_id, clinic_id, person_id, employment_id,
    workplace_id, kind, basis, issued_on - n %% 700, division, post, factors, codes, sout_class, programme_id,
    'used', ''
FROM exams_referral, generate_series(%s, %s) AS n WHERE state = 'issued'
"""
COPY_EXAMS = """
INSERT INTO exams_exam (uid, referral_id, employer_id, clinic_id, person_id, employment_id, kind, programme_id,
    state, planned_on, not_passed_reason, lines_due, lines_done)
SELECT gen_random_uuid(), id, employer_id, clinic_id, person_id, employment_id, kind, programme_id,
    (ARRAY['planned', 'started', 'ready', 'concluded', 'concluded', 'concluded'])[1 + id % 6],
    issued_on + 7, '', 20, 10
FROM exams_referral WHERE state = 'used'
    AND NOT EXISTS (SELECT FROM exams_exam WHERE referral_id = exams_referral.id)
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


def registrar(world):
    job = Actor.job("bench")
    account = account_open(job, login="registrar", password="bench-bench-1")
    seat_give(job, account=account, role=Role.CLINIC, since=LONG_AGO, organization=world.clinic.pk)
    client = Client()
    client.force_login(account)
    return client


def copy(first, last):
    with connection.cursor() as cursor:
        cursor.execute(COPY_REFERRALS, [first, last])
        cursor.execute(COPY_EXAMS)
        cursor.execute("ANALYZE exams_exam; ANALYZE exams_referral")


def test_the_worklist():
    world = World()
    where = world.place("Токарь", NOISE)
    for number in range(PEOPLE):
        world.worker(f"Громов{number % 7}", where)
    world.campaign()
    client = registrar(world)
    copy(1, FEW)
    few = {name: visit(client, address)[0] for name, address in PAGES.items()}
    copy(FEW + 1, VISITS)
    rows = Exam.objects.unscoped("bench").filter(clinic=world.clinic).order_by("-planned_on", "-id")
    spent = []
    with stopwatch(spent):
        list(rows[:50])
    bare = spent[0] * 1000
    print(f"\nосмотров: {Exam.objects.unscoped('bench').count():,}; голый запрос 50 строк {bare:.1f} мс")
    for name, address in PAGES.items():
        queries, took = visit(client, address)
        print(f"  {name:24}{queries:3} запросов  база {took:6.1f} мс  x{took / bare:.1f}")
        assert queries == few[name], f"{name}: число запросов растёт со строками"
        assert took < 50, f"{name}: {took:.0f} мс"
