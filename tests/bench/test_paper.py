"""What printing costs: a hundred referrals one by one against one file."""

import time
from dataclasses import replace

import pytest

from medtrud.domains.exams.tests.samples import FORMS, REFERRAL
from medtrud.engines.paper.public import form_render, forms_render_many, qr_svg

pytestmark = pytest.mark.bench
COUNT = 100


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
