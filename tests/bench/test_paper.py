"""What printing costs: a hundred referrals one by one against one file; the data of a whole campaign."""

import time
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from medtrud.domains.exams.models import Referral
from medtrud.domains.exams.queries.employer_papers import referral_forms
from medtrud.domains.exams.tests.samples import FORMS, REFERRAL
from medtrud.domains.exams.tests.world import NOISE, World
from medtrud.engines.paper.public import form_render, forms_render_many, qr_svg

pytestmark = pytest.mark.bench
COUNT = 100
PEOPLE, COPIES = 40, 30  # 1 200 referrals
LIMIT, QUERIES = 4.0, 10  # seconds for their data, and queries however many they are
COPY = """
INSERT INTO exams_referral (uid, number, year, employer_id, clinic_id, person_id, employment_id, workplace_id,
    kind, basis, issued_on, division, post, factors, codes, sout_class, programme_id, state, cancelled_reason)
SELECT gen_random_uuid(), number * 1000 + n, year, employer_id, clinic_id, person_id, employment_id,
    workplace_id, kind, basis, issued_on, division, post, factors, codes, sout_class, programme_id, 'used', ''
FROM exams_referral, generate_series(2, %s) AS n WHERE state = 'issued'
"""


def test_printing():
    shop = [
        replace(REFERRAL, number=str(n), qr=qr_svg(f"https://medtrud.example/exams/visit/{n}"))
        for n in range(COUNT)
    ]
    form_render("exams/referral.typ", REFERRAL)
    started = time.perf_counter()
    single = sum(len(form_render("exams/referral.typ", one)) for one in shop)
    by_one = time.perf_counter() - started
    started = time.perf_counter()
    joined = len(forms_render_many("exams/referral.typ", shop))
    in_bulk = time.perf_counter() - started
    print(f"\n{COUNT} направлений по одному  {by_one:6.2f} с  {single / COUNT / 1024:4.0f} КБ каждое", end="")
    print(
        f"\n{COUNT} направлений в один файл {in_bulk:6.2f} с  {joined / COUNT / 1024:4.0f} КБ на каждое",
        end="",
    )
    print(f"\nв один файл быстрее в {by_one / in_bulk:.1f} раза", end="")
    for name, data in FORMS.items():
        started = time.perf_counter()
        form_render(f"exams/{name}.typ", data)
        print(f"\n{name:24}{(time.perf_counter() - started) * 1000:6.0f} мс", end="")


@pytest.mark.django_db
def test_the_data_of_a_campaign():
    world = World()
    where = world.place("Токарь", NOISE)
    for number in range(PEOPLE):
        world.worker(f"Громов{number}", where)
    world.campaign()
    with connection.cursor() as cursor:
        cursor.execute(COPY, [COPIES])
    rows = list(Referral.objects.visible_to(world.hr).select_related("clinic").order_by("number"))
    assert len(rows) == PEOPLE * COPIES
    with CaptureQueriesContext(connection) as captured:
        started = time.perf_counter()
        forms = referral_forms(world.hr, rows)
        took = time.perf_counter() - started
    started = time.perf_counter()
    for row in rows:
        qr_svg(f"https://medtrud.example/exams/r/{row.uid}/")
    codes = time.perf_counter() - started
    print(f"\nданные {len(forms)} направлений {took:.1f} с, из них коды QR {codes:.1f} с", end="")
    print(f", запросов {len(captured)} (не больше {LIMIT:.0f} с и {QUERIES})", end="")
    assert len({form.qr for form in forms}) == len(rows)
    assert len(captured) <= QUERIES
    assert took < LIMIT
