"""A thousand one-page conclusions to stamped PDF/A, beside typst rendering the same pages bare, in one run.

Promised: a copy (pages, sheet of marks, source and signatures inside) costs at most one and a half bare pages.
"""

import datetime as dt
import time
from dataclasses import replace

import pytest
from django.db import connection

from medtrud.domains.documents.jobs import COPIES
from medtrud.domains.documents.public import documents, papers_file, requests_sign, requests_waiting
from medtrud.domains.documents.tests.houses import JOB, ON, house
from medtrud.domains.documents.types import DocumentIn, Paper
from medtrud.domains.exams.tests.samples import CONCLUSION
from medtrud.engines.background.public import job_of, job_start, run_pending
from medtrud.engines.paper.public import form_render
from medtrud.engines.signing.public import authority_open, certificate_issue
from medtrud.kernel.actor import Actor, Role
from medtrud.registries.organizations.types import Kind

pytestmark = [pytest.mark.bench, pytest.mark.django_db]
COUNT, RATIO = 1000, 1.5
AT = dt.datetime(2026, 3, 2, tzinfo=dt.UTC)
SIGNED = """
INSERT INTO signing_signature (uid, target, content_sha256, box, key, sha256, streebog, certificate_id, account_id,
    person, organization, verdict, checked_at, added_at)
SELECT gen_random_uuid(), v.uid, v.sha256, s.box, s.key, s.sha256, s.streebog, s.certificate_id, s.account_id,
    s.person, s.organization, s.verdict, s.checked_at, s.added_at
FROM documents_version v, signing_signature s WHERE v.uid <> s.target
"""


def certified(clinic):
    authority_open(JOB, algorithm="gost256", name="Центр", organization="Медтруд")
    names, place = {"surname": "Волков", "given_name": "Пётр Ильич"}, clinic.organization.pk
    certificate_issue(JOB, kind="person", names=names, account=clinic.actor.account, organization=place)
    certificate_issue(JOB, kind="seal", names={"organization": "Поликлиника № 1"}, organization=place)


def test_a_thousand_copies():
    clinic = house(Kind.CLINIC, Role.CLINIC, "3525000020")
    certified(clinic)
    forms = [replace(CONCLUSION, number=str(n)) for n in range(COUNT)]
    form_render("exams/conclusion.typ", CONCLUSION)
    begun = time.perf_counter()
    pages = [form_render("exams/conclusion.typ", form, made_at=AT) for form in forms]
    bare = (time.perf_counter() - begun) / COUNT
    papers = [
        Paper(DocumentIn(kind="order", title=f"Заключение № {n}", on=ON), page, f"Заключение {n}.pdf",
              signers=(clinic.actor.account,) if not n else ())
        for n, page in enumerate(pages)
    ]  # fmt: skip
    begun = time.perf_counter()
    papers_file(clinic.actor, papers=papers)
    print(f"\n{COUNT} бланков внесены в документы за {time.perf_counter() - begun:.1f} с")
    requests_sign(clinic.actor, requests=[row.uid for row in requests_waiting(clinic.actor)])
    with connection.cursor() as cursor:
        cursor.execute(SIGNED)
        assert cursor.rowcount == COUNT - 1
        cursor.execute("ANALYZE")
    job = job_start(
        clinic.actor,
        job=COPIES,
        title="Копии",
        documents=list(documents(clinic.actor).values_list("uid", flat=True)),
    )
    begun = time.perf_counter()
    run_pending()
    stamped = (time.perf_counter() - begun) / COUNT
    made = job_of(Actor.job("bench"), job.uid)
    assert made.result["text"] == f"Копий в архиве: {COUNT}."
    size = made.result["file"]["size"] / COUNT / 1024
    print(f"страница без подписей {bare * 1000:.1f} мс; копия {stamped * 1000:.1f} мс, {size:.0f} КБ")
    print(f"копия дороже страницы в {stamped / bare:.2f} раза (обещано не больше {RATIO})")
    assert stamped / bare <= RATIO
