"""What examinations draw on the trajectory, and for whom."""

import pytest
from django.test import Client

from medtrud.domains.exams.actions.line import results_record
from medtrud.domains.exams.models import ExamLine
from medtrud.domains.exams.queries.life import diagnoses_drawn
from medtrud.domains.exams.types.results import NewDiagnosis, NewResult
from medtrud.engines.access.public import account_open, seat_give
from medtrud.kernel.actor import Role

from .world import DAY, JOB, NOISE, World, normal_values, seat

ORDER = ("Работа", "Осмотры", "Диагнозы", "Слух, порог, дБ")
AUDIOMETRY = "Тональная пороговая аудиометрия"
FREQUENCIES = [f"{ear}{hertz}" for ear in "rl" for hertz in (500, 1000, 2000, 4000)]
pytestmark = pytest.mark.django_db


def test_diagnoses_and_functions_are_drawn_for_those_who_may_see_them(icd10: None) -> None:
    world = World()
    turner = world.worker("Громов", world.place("Токарь", NOISE))
    world.campaign()
    exam = world.start(turner)
    line = ExamLine.objects.unscoped("test").get(exam=exam, title=AUDIOMETRY)
    heard = normal_values(AUDIOMETRY, "male", DAY) | dict.fromkeys(FREQUENCIES, "35")
    results_record(
        world.doctor, exam=exam.uid, results=[NewResult(DAY, heard, kind=line.kind, code=line.code)]
    )
    world.fill(exam, NewDiagnosis("J45.0"))
    worker = seat(Role.WORKER, person=turner.person_id)
    for actor in (world.doctor, worker):
        (lane,) = diagnoses_drawn(actor, [turner.person_id], DAY)
        assert [mark.title.split()[0] for mark in lane.marks] == ["J45.0"]
    stranger = seat(Role.WORKER, person=turner.person_id + 1)
    for actor in (world.hr, stranger):
        assert diagnoses_drawn(actor, [turner.person_id], DAY) == []
    account = account_open(JOB, login="turner", password="x", person=turner.person_id)
    seat_give(JOB, account=account, role=Role.WORKER, since=DAY)
    client = Client()
    client.force_login(account)
    text = client.get("/record/mine/").content.decode()
    places = [text.index(f">{title}</text>") for title in ORDER]
    assert places == sorted(places)
    assert "35 дБ" in text
