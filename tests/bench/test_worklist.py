"""The worklists of a clinic and of its commission with two hundred thousand exams: queries and database time of a page.

Beside each page stands one bare select of the same fifty rows. The number of queries must not depend on the
number of rows; the time of the database is promised to stay under 50 ms. Most visits are over, as after years
of work: two thousand wait for their day, are on the way, wait for the commission.
"""

import time
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from medtrud.domains.exams.models import Exam
from medtrud.domains.exams.tests.conftest import BOOK
from medtrud.domains.exams.tests.world import LONG_AGO, NOISE, World
from medtrud.domains.exams.types.results import NewDiagnosis
from medtrud.engines.access.public import account_open, seat_give
from medtrud.kernel.actor import Actor, Role
from medtrud.registries.reference.public import book_add, edition_approve, edition_compare, edition_load

pytestmark = [pytest.mark.bench, pytest.mark.django_db]

PEOPLE, FEW, VISITS = 200, 2, 1000  # every person comes again and again: 200 000 exams
LIMIT = 50  # milliseconds of the database for a page
NARROWED = 500  # and for one narrowed by what stands in medical rows: not promised, but kept within reason
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
    "комиссия: выданные с диаг.": "/exams/conclusions/?tab=concluded&marks=diagnosed",
    "комиссия: выданные без откл.": "/exams/conclusions/?tab=concluded&marks=clear",
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
MEDICAL = {  # table: which copies get a row, and what of it points to the visit; e is the visit
    "exams_examline": ("e.id %% 3 = 0", {}),
    "exams_lineresult": (
        "e.id %% 3 = 0",
        {"line_id": "(SELECT id FROM exams_examline WHERE exam_id = e.id)"},
    ),
    "exams_diagnosis": ("e.id %% 4 = 0", {"line_id": "NULL", "replaces_id": "NULL"}),
    "exams_finding": (
        "e.id %% 12 = 0",
        {"diagnosis_id": "(SELECT id FROM exams_diagnosis WHERE exam_id = e.id)", "replaces_id": "NULL"},
    ),
}
COPY_EXAMS = """
INSERT INTO exams_exam (uid, referral_id, employer_id, clinic_id, person_id, employment_id, kind, programme_id,
    state, planned_on, arrived_on, not_passed_reason, lines_due, lines_done)
SELECT gen_random_uuid(), id, employer_id, clinic_id, person_id, employment_id, kind, programme_id,
    coalesce((ARRAY['planned', 'started', 'ready'])[1 + id % 100], 'concluded'),
    issued_on + 7, CASE WHEN id % 100 > 0 THEN issued_on + 7 + (id % 3)::int END, '', 20, 10
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
    """Return the number of queries and the best database time of five visits, in milliseconds."""
    best, queries = [], 0
    for _ in range(5):
        spent = []
        with stopwatch(spent), CaptureQueriesContext(connection) as captured:
            answer = client.get(address)
        assert answer.status_code == 200, address
        best.append(sum(spent) * 1000)
        queries = len(captured)
    return queries, min(best)


def at_the_desk(world, role):
    job = Actor.job("bench")
    account = account_open(job, login=role, password="bench-bench-1")
    seat_give(job, account=account, role=role, since=LONG_AGO, organization=world.clinic.pk)
    client = Client()
    client.force_login(account)
    return client


def copy(first, last):
    """Copy every visit so many times, and the medical rows of the examined one into a share of them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM exams_exam")
        before = cursor.fetchone()[0]
        cursor.execute(COPY_REFERRALS, [first, last])
        cursor.execute(COPY_EXAMS)
        for table, (which, changes) in MEDICAL.items():
            copy_medical(cursor, table, which, changes, before)
        cursor.execute("ANALYZE")


def copy_medical(cursor, table, which, changes, before):
    cursor.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND is_generated = 'NEVER' "
        "AND column_name <> 'id'",
        [table],
    )
    own = {"uid": "gen_random_uuid()", "exam_id": "e.id", "person_id": "e.person_id", **changes}
    names = [name for (name,) in cursor.fetchall()]
    values = ", ".join(own.get(name, f'one."{name}"') for name in names)
    columns = ", ".join(f'"{name}"' for name in names)
    cursor.execute(
        f"INSERT INTO {table} ({columns}) SELECT {values} FROM exams_exam e, "
        f"(SELECT * FROM {table} ORDER BY id LIMIT 1) one WHERE e.id > %s AND {which}",
        [before],
    )


def one_examined(world, where):
    """Examine one person through the actions: a diagnosis, an open question, a result to be copied."""
    job = Actor.job("bench")
    book_add(job, code="mkb10", title="МКБ-10")
    edition = edition_load(job, book="mkb10", version="2.24", content=BOOK.encode(), name="mkb10.csv")
    edition_compare(job, edition=edition.uid)
    edition_approve(job, edition=edition.uid, since=LONG_AGO)
    turner = world.worker("Громов", where)
    world.campaign()
    exam = world.start(turner)
    world.fill(exam, NewDiagnosis("J45.0", first_time=True, chronic=True))


def test_the_worklists():
    world = World()
    where = world.place("Токарь", NOISE)
    for number in range(PEOPLE - 1):
        world.worker(f"Громов{number % 7}", where)
    one_examined(world, where)
    desks = ((at_the_desk(world, Role.CLINIC), CLINIC), (at_the_desk(world, Role.COMMISSION), COMMISSION))
    copy(1, FEW)
    few = {name: visit(client, address)[0] for client, pages in desks for name, address in pages.items()}
    copy(FEW + 1, VISITS)
    rows = Exam.objects.unscoped("bench").filter(clinic=world.clinic).order_by("-planned_on", "-id")
    spent = []
    with stopwatch(spent):
        list(rows[:50])
    bare = spent[0] * 1000
    print(f"\nосмотров: {Exam.objects.unscoped('bench').count():,}; голый запрос 50 строк {bare:.1f} мс")
    slow = {}
    for client, pages in desks:
        for name, address in pages.items():
            queries, took = visit(client, address)
            print(f"  {name:30}{queries:3} запросов  база {took:6.1f} мс  x{took / bare:.1f}")
            assert queries <= few[name] + 1, f"{name}: число запросов растёт со строками"
            if took >= (NARROWED if "marks=" in address else LIMIT):
                slow[name] = round(took)
    assert not slow, f"дольше {LIMIT} мс: {slow}"
