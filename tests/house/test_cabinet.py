"""The cabinet of a worker: what he reads of his visits, and that nobody else reads it there."""

import datetime as dt
from itertools import count

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from medtrud.domains.exams.public import (
    Exam,
    ExamLine,
    Referral,
    conclusion_give,
    exam_start,
    finding_decide,
    referral_issue,
    result_record,
)
from medtrud.domains.exams.queries.checks import open_findings
from medtrud.domains.exams.tests.conftest import icd10
from medtrud.domains.exams.tests.world import DAY, HEIGHT, JOB, NOISE, World
from medtrud.domains.exams.types.results import NewConclusion, NewDiagnosis, NewResult
from medtrud.domains.exams.types.states import Decision, ExamKindCode
from medtrud.domains.record.public import timeline_for
from medtrud.engines.access.public import account_open, seat_give
from medtrud.engines.background.public import run_pending
from medtrud.kernel.actor import Role
from medtrud.registries.organizations.public import Employment, organization_open
from medtrud.registries.organizations.types import Kind, Requisites
from medtrud.registries.people.public import person_share

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("icd10")]
__all__ = ["icd10"]  # the books of the visits
_logins = count(1)


def client_of(role: Role, organization: int | None = None, person: int | None = None) -> Client:
    account = account_open(JOB, login=f"{role}-{next(_logins)}", password="x", person=person)
    seat_give(JOB, account=account, role=role, since=dt.date(2025, 1, 1), organization=organization)
    client = Client()
    client.force_login(account)
    return client


@pytest.fixture
def world(icd10: None) -> World:
    return World()


@pytest.fixture
def turner(world: World) -> Employment:
    row = world.worker("Громов", world.place("Токарь", NOISE))
    world.campaign()
    run_pending()
    return row


@pytest.fixture
def cabinet(turner: Employment) -> Client:
    return client_of(Role.WORKER, person=turner.person_id)


def concluded(world: World, turner: Employment, *diagnoses: NewDiagnosis, given: NewConclusion) -> Exam:
    return conclude(world, world.start(turner), *diagnoses, given=given)


def conclude(
    world: World, exam: Exam, *diagnoses: NewDiagnosis, given: NewConclusion, on: dt.date = DAY
) -> Exam:
    world.fill(exam, *diagnoses, on=on)
    barred = Decision.CONFIRMED if given.contraindicated else Decision.REJECTED
    for finding in open_findings(exam):
        finding_decide(world.chair, finding=finding.uid, decision=barred, reason="по протоколу")
    conclusion_give(world.chair, exam=exam.uid, given=given, on=on)
    run_pending()
    return exam


def test_before_the_visit_the_referral_stands_first(cabinet: Client) -> None:
    text = cabinet.get("/worker/").content.decode()
    assert "вам выдано направление" in text
    assert "Поликлиника № 1" in text
    assert "Показать QR-код направления" in text
    assert "СНИЛС" in text, "what to bring along stands beside the day"


def test_the_referral_says_in_plain_words_why_and_where_in_the_law(world: World, cabinet: Client) -> None:
    referral = Referral.objects.unscoped("test").get()
    text = cabinet.get(f"/worker/referrals/{referral.uid}/").content.decode()
    assert "Вас направляют к неврологу, потому что" in text
    assert "29н" in text
    assert "<svg" in text
    assert "засчитываются" in text


def test_the_visit_counts_rooms_and_then_shows_results_in_words(
    world: World, turner: Employment, cabinet: Client
) -> None:
    exam = world.start(turner)
    text = cabinet.get("/worker/").content.decode()
    assert "Осталось пройти: " in text
    assert "врач-терапевт" in text
    world.fill(exam)
    text = cabinet.get(f"/worker/exams/{exam.uid}/").content.decode()
    assert "Без отклонений" in text
    assert "Все врачи и исследования пройдены" in text
    assert "120/80" in text


def test_the_conclusion_stands_with_number_group_needs_and_own_diagnoses(
    world: World, turner: Employment, cabinet: Client
) -> None:
    given = NewConclusion("II", dispensary=True, advice="Беречь слух")
    exam = concluded(world, turner, NewDiagnosis("I10", first_time=True, chronic=True), given=given)
    text = cabinet.get(f"/worker/exams/{exam.uid}/").content.decode()
    for words in (
        "Группа здоровья II",
        "Беречь слух",
        "диспансерном наблюдении",
        "Эссенциальная гипертензия",
    ):
        assert words.casefold() in text.casefold(), words
    assert "Действует по 02.02.2027" in text


def test_a_contraindication_is_told_with_the_name_of_the_work(world: World) -> None:
    rigger = world.worker("Серов", world.place("Монтажник", HEIGHT))
    world.campaign()
    exam = concluded(
        world, rigger, NewDiagnosis("G40.3", chronic=True), given=NewConclusion("IIIа", ("6.1", "4.4"))
    )
    client = client_of(Role.WORKER, person=rigger.person_id)
    assert "Есть противопоказания" in client.get("/worker/").content.decode()
    assert "6.1" in client.get(f"/worker/exams/{exam.uid}/").content.decode()


def test_a_worker_sees_only_himself_and_others_have_no_cabinet(world: World, turner: Employment) -> None:
    exam = concluded(world, turner, NewDiagnosis("I10"), given=NewConclusion("I"))
    referral = exam.referral
    other = world.worker("Зимин", world.place("Слесарь", NOISE))
    colleague = client_of(Role.WORKER, person=other.person_id)
    addresses = (f"/worker/exams/{exam.uid}/", f"/worker/referrals/{referral.uid}/")
    for address in addresses:
        assert colleague.get(address).status_code == 404
    for own in ("/worker/", "/worker/exams/", "/worker/work/", "/worker/access/", "/record/mine/"):
        text = colleague.get(own).content.decode()
        assert "Громов" not in text
        assert "гипертензия" not in text
    strangers = (client_of(Role.EMPLOYER, world.plant.pk), client_of(Role.CLINIC, world.clinic.pk))
    for address in (*addresses, "/worker/", "/worker/exams/", "/worker/work/", "/worker/access/"):
        assert {client.get(address).status_code for client in strangers} <= {403, 404}


def test_entries_of_the_record_lead_to_the_pages_of_the_cabinet(
    world: World, turner: Employment, cabinet: Client
) -> None:
    exam = concluded(world, turner, given=NewConclusion("I"))
    text = cabinet.get("/record/mine/").content.decode()
    entries = {part.split('"')[0] for part in text.split('href="/record/entries/')[1:]}
    goals = {cabinet.get(f"/record/entries/{entry}").headers.get("Location") for entry in entries}
    assert goals == {
        "/worker/work/",
        f"/worker/exams/{exam.uid}/",
        f"/worker/referrals/{exam.referral.uid}/",
    }


def test_the_clinic_comes_from_the_record_to_its_visit_and_a_foreign_clinic_does_not(
    world: World, turner: Employment
) -> None:
    exam = concluded(world, turner, given=NewConclusion("I"))
    entry = timeline_for(JOB, turner.person_id).filter(kind="exam").get()
    own = client_of(Role.CLINIC, world.clinic.pk)
    assert own.get(f"/record/entries/{entry.uid}/").headers["Location"] == f"/exams/exams/{exam.uid}/"
    foreign = organization_open(
        JOB, kind=Kind.CLINIC, requisites=Requisites(name="Поликлиника № 9"), since=DAY, region="35"
    )
    person_share(JOB, persons=[turner.person_id], organization=foreign.pk)
    answer = client_of(Role.CLINIC, foreign.pk).get(f"/record/entries/{entry.uid}/")
    assert (answer.status_code, "осмотр начат" in answer.content.decode()) == (200, True)


def test_the_work_names_factors_and_the_class(cabinet: Client) -> None:
    text = cabinet.get("/worker/work/").content.decode()
    for words in ("Токарь", "4.4", "3.1", "Шум"):
        assert words.casefold() in text.casefold(), words


def test_who_opened_the_record_is_named_with_the_organisation(
    world: World, turner: Employment, cabinet: Client
) -> None:
    assert "никто не открывал" in cabinet.get("/worker/access/").content.decode()
    person = cabinet.get("/worker/card/").headers["Location"].split("/")[2]
    doctor = client_of(Role.CLINIC, world.clinic.pk, person=world.doctor.person)
    assert doctor.get(f"/record/{person}/").status_code == 200
    cabinet.get("/record/mine/")
    text = cabinet.get("/worker/access/").content.decode()
    assert "Открыта карта работника" in text
    assert "Лукина" in text
    assert "Поликлиника № 1" in text


def test_the_pages_ask_the_same_number_of_queries_however_many_visits(
    world: World, turner: Employment, cabinet: Client
) -> None:
    exam = concluded(world, turner, given=NewConclusion("I"))
    addresses = ("/worker/", "/worker/exams/", f"/worker/exams/{exam.uid}/", "/worker/work/")
    for address in addresses:
        cabinet.get(address)
    few = [_queries(cabinet, address) for address in addresses]
    for month in (4, 5, 6):
        again(world, turner, dt.date(2026, month, 2))
    assert [_queries(cabinet, address) for address in addresses] == few


def again(world: World, turner: Employment, on: dt.date) -> None:
    """Go through one more visit on recommendations."""
    issued = referral_issue(
        world.hr,
        employment=turner.uid,
        clinic=world.clinic.uid,
        kind=ExamKindCode.EXTRAORDINARY,
        on=on,
        basis="по медицинским рекомендациям",
    )
    exam = exam_start(world.registrar, exam=issued.exam.uid, on=on)
    conclude(world, exam, given=NewConclusion("I"), on=on)


def test_a_result_stands_beside_the_norm_and_the_value_of_the_last_time(
    world: World, turner: Employment, cabinet: Client
) -> None:
    concluded(world, turner, given=NewConclusion("I"))
    later = dt.date(2027, 2, 20)
    issued = referral_issue(
        world.hr,
        employment=turner.uid,
        clinic=world.clinic.uid,
        kind=ExamKindCode.EXTRAORDINARY,
        on=later,
        basis="по медицинским рекомендациям",
    )
    second = exam_start(world.registrar, exam=issued.exam.uid, on=later)
    line = ExamLine.objects.unscoped("test").get(exam=second, title="АД")
    result_record(world.doctor, line=line.uid, result=NewResult(later, {"pressure": "150/95"}))
    text = cabinet.get(f"/worker/exams/{second.uid}/").content.decode()
    assert "На что обратить внимание" in text
    for words in ("150/95", "выше нормы", "≤ 139", "120/80", "02.02.2026"):
        assert words in text, words


def _queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_an_account_without_a_person_is_told_what_to_do() -> None:
    answer = client_of(Role.WORKER).get("/worker/")
    assert answer.status_code == 404
    assert "не привязана карта работника" in answer.content.decode()
