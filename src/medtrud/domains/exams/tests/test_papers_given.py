"""Papers of one visit in the hands of each side: referral, note with its list, conclusion."""

import io

import pytest
from django.test import Client
from pypdf import PdfReader

from medtrud.domains.exams.actions.note import further_exam_note_issue
from medtrud.domains.exams.models import Exam
from medtrud.engines.journal.public import history_of
from medtrud.kernel.actor import Role
from medtrud.kernel.errors import Refused

from .test_visit_screens import sign_in, text_of
from .world import DAY, NOISE, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(icd10: None) -> World:
    return World()


@pytest.fixture
def exam(world: World) -> Exam:
    person = world.worker("Громов", world.place("Токарь", NOISE))
    world.campaign()
    world.chair  # noqa: B018 - the commission exists
    return world.start(person)


def paper(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.content.decode()[:300]
    assert answer.headers["Content-Type"] == "application/pdf"
    return " ".join(
        "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages).split()
    )


def test_the_note_lists_what_to_examine_for_the_worker_and_not_for_the_employer(
    world: World, exam: Exam
) -> None:
    chair = sign_in(Role.COMMISSION, world.clinic.pk, world.chair.person, "chair")
    address = f"/exams/conclusions/{exam.uid}/note/"
    assert "Каждое с новой строки" in text_of(chair, address)
    empty = chair.post(address, {"examinations": "  \n "})
    assert empty.status_code == 422
    sent = chair.post(address, {"examinations": "Холтер\nУЗИ сердца", "reason": ""})
    assert sent.status_code == 302, sent.content.decode()
    worker = sign_in(Role.WORKER, 0, exam.person_id, "worker")
    assert "УЗИ сердца" in text_of(worker, f"/worker/exams/{exam.uid}/")
    printed = paper(worker, f"/exams/conclusions/{exam.uid}/further/")
    assert "Холтер" in printed
    assert "УЗИ сердца" in printed
    employer = sign_in(Role.EMPLOYER, world.plant.pk, None, "hr")
    assert employer.get(f"/exams/conclusions/{exam.uid}/further/").status_code in (403, 404)
    notice = paper(employer, f"/exams/conclusions/{exam.uid}/further-notice/")
    assert "Холтер" not in notice
    note = Exam.objects.unscoped("test").get(pk=exam.pk).further_exam_note
    assert "exams.further_exam_print" in [line.action for line in history_of(note.uid)]


def test_a_note_without_examinations_is_refused(world: World, exam: Exam) -> None:
    with pytest.raises(Refused, match="ни одного обследования"):
        further_exam_note_issue(world.chair, exam=exam.uid, on=DAY, examinations=[" "])


def test_the_worker_and_the_clinic_print_the_referral_and_it_is_journaled(world: World, exam: Exam) -> None:
    referral = exam.referral
    worker = sign_in(Role.WORKER, 0, exam.person_id, "worker")
    desk = sign_in(Role.CLINIC, world.clinic.pk, world.doctor.person, "desk")
    stranger = sign_in(Role.CLINIC, World().clinic.pk, None, "stranger")
    address = f"/exams/referrals/{referral.uid}/print/"
    assert address in text_of(worker, f"/worker/referrals/{referral.uid}/")
    assert address in text_of(desk, f"/exams/exams/{exam.uid}/")
    assert "Громов" in paper(worker, address)
    assert f"НАПРАВЛЕНИЕ № {referral.number}" in paper(desk, address)
    assert stranger.get(address).status_code == 404
    assert [line.action for line in history_of(referral.uid)].count(
        "exams.referral_print"
    ) == 3  # the stranger too


def test_the_page_of_a_referral_names_each_fact_apart_and_draws_a_code_that_fills_its_place(
    world: World, exam: Exam
) -> None:
    employer = sign_in(Role.EMPLOYER, world.plant.pk, None, "hr")
    shown = text_of(employer, f"/exams/referrals/{exam.referral.uid}/")
    assert "<div><dt>Вид осмотра</dt>" in shown
    assert 'viewBox="0 0' in shown
