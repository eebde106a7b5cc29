"""The commission at its screens: the list, the decision, the signature, papers."""

import io
from uuid import uuid4

import pytest
from django.test import Client
from pypdf import PdfReader

from medtrud.domains.exams.models import Conclusion, Exam, Finding
from medtrud.domains.exams.queries.checks import open_findings
from medtrud.domains.exams.types.states import Decision, ExamState
from medtrud.engines.background.public import run_pending
from medtrud.engines.journal.public import history_of

from .desk import Commission, client_of

pytestmark = pytest.mark.django_db
LIST = "/exams/conclusions/"


@pytest.fixture
def world(icd10: None) -> Commission:
    made = Commission()
    made.ready(clear=2)
    return made


@pytest.fixture
def desk(world: Commission) -> Client:
    return client_of(world.chair)


def url_of(exam: Exam, tail: str = "") -> str:
    return f"{LIST}{exam.uid}/{tail}"


def text_of(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined, no-any-return]


def test_the_list_opens_with_those_who_wait_and_filters_by_what_to_look_at(
    world: Commission, desk: Client
) -> None:
    shown = text_of(desk.get(LIST))
    assert "Серов" in shown
    assert "Панова" not in shown
    assert "подозрение</span>" in shown
    assert "Серов" not in text_of(desk.get(f"{LIST}?marks=clear"))
    assert "Громов" not in text_of(desk.get(f"{LIST}?marks=asked"))
    assert "Серов" in text_of(desk.get(f"{LIST}?campaign={world.round.pk}"))
    assert "Серов" not in text_of(desk.get(f"{LIST}?tab=concluded"))


def test_a_stranger_gets_404_and_the_employer_has_no_way_in(world: Commission) -> None:
    visit = world.visit(world.ill)
    assert world.stranger().get(url_of(visit)).status_code == 404
    employer = client_of(world.hr)
    for address in (LIST, url_of(visit), url_of(visit, "extract/")):
        assert employer.get(address).status_code == 403


def test_the_screen_shows_everything_needed_for_a_decision(world: Commission, desk: Client) -> None:
    visit = world.visit(world.ill)
    shown = text_of(desk.get(url_of(visit)))
    finding = open_findings(visit)[0]
    for words in ("G40.3", "H83.3", finding.title[:30], "приложение № 2", "Решите о", "Монтажник"):
        assert words in shown
    assert [line for line in history_of(visit.uid) if line.action == "exams.conclusion_open"]


def test_deciding_keeps_what_was_typed_and_presets_the_codes(world: Commission, desk: Client) -> None:
    visit = world.visit(world.ill)
    for finding in open_findings(visit):
        answer = desk.post(
            url_of(visit, f"findings/{finding.uid}/"), {"decision": "confirmed", "advice": "к кардиологу"}
        )
    shown = text_of(answer)
    assert "к кардиологу" in shown
    assert "checked" in shown.split('value="6.1"')[1][:120]
    assert {f.decision for f in open_findings(visit)} == {Decision.CONFIRMED}


def test_rejecting_wants_a_reason_and_says_so(world: Commission, desk: Client) -> None:
    visit = world.visit(world.ill)
    finding = open_findings(visit)[0]
    address = url_of(visit, f"findings/{finding.uid}/")
    answer = desk.post(address, {"decision": "rejected"})
    assert answer.status_code == 422
    assert "Укажите причину" in text_of(answer)
    desk.post(address, {"decision": "rejected", f"reason-{finding.uid}": "I степень"})
    assert Finding.objects.unscoped("test").get(replaces=finding).decision_reason == "I степень"


def test_live_checks_follow_the_form(world: Commission, desk: Client) -> None:
    address = url_of(world.visit(world.ill), "checks/")
    assert "центр профпатологии не отмечен" in text_of(desk.post(address, {"health_group": "II"}))
    assert "не отмечен" not in text_of(desk.post(address, {"center": "on"}))


def test_signing_goes_to_the_next_and_again_needs_a_reason(world: Commission, desk: Client) -> None:
    visit = world.visit(world.clear)
    refused = desk.post(url_of(visit), {})
    assert refused.status_code == 422
    answer = desk.post(url_of(visit), {"health_group": "I"})
    assert answer.status_code == 302
    assert answer["Location"] != url_of(visit)
    again = desk.post(url_of(visit), {"health_group": "II"})
    assert (again.status_code, "почему выдаётся новая версия" in text_of(again)) == (422, True)
    desk.post(url_of(visit), {"health_group": "II", "change_reason": "опечатка"})
    shown = text_of(desk.get(url_of(visit)))
    assert "версия 1" in shown
    assert "версия 2" in shown
    assert "опечатка" in shown


def test_the_note_makes_the_person_not_passed_and_prints_two_papers(world: Commission, desk: Client) -> None:
    visit = world.visit(world.ill)
    desk.post(url_of(visit, "note/"), {"examinations": "Холтер"})
    visit.refresh_from_db()
    assert visit.state == ExamState.NOT_PASSED
    assert desk.get(url_of(visit, "further/"))["Content-Type"] == "application/pdf"
    employer = client_of(world.hr)
    assert employer.get(url_of(visit, "further-notice/")).status_code == 200
    assert employer.get(url_of(visit, "further/")).status_code == 403


def test_many_clear_visits_are_signed_and_the_others_are_named(world: Commission, desk: Client) -> None:
    rows = Exam.objects.unscoped("test").filter(state=ExamState.READY)
    marks = {"id": [str(row.uid) for row in rows]}
    page = desk.post(f"{LIST}give/", marks)["Location"]
    run_pending()
    shown = text_of(desk.get(page))
    assert "Подписано заключений: 2. Отказано: 1." in shown
    assert "Серов" in shown
    assert "диагнозы" in shown
    assert Conclusion.objects.unscoped("test").count() == 2
    desk.post(f"{LIST}give/", marks)
    run_pending()
    assert Conclusion.objects.unscoped("test").count() == 2
    assert desk.post(f"{LIST}give/", {"id": [str(uuid4())]}).status_code == 409


def test_papers_say_what_each_reader_may_know(world: Commission, desk: Client) -> None:
    world.conclude()
    visit = world.visit(world.ill)
    row = Conclusion.objects.unscoped("test").get(exam=visit)
    employer = client_of(world.hr)
    paper = letters(employer.get(f"{LIST}{row.uid}/pdf/").content)
    assert "экземплярработодателя" in paper
    assert "g403" not in paper
    assert "эпилепс" not in paper
    assert "g403" in letters(desk.get(url_of(visit, "extract/")).content)
    assert desk.get(f"{LIST}{row.uid}/preview/").status_code == 200
    assert world.stranger().get(f"{LIST}{row.uid}/pdf/").status_code == 404


def test_many_conclusions_are_printed_into_one_file(world: Commission, desk: Client) -> None:
    world.conclude()
    rows = Exam.objects.unscoped("test").filter(state=ExamState.CONCLUDED)
    page = desk.post(f"{LIST}print/", {"id": [str(row.uid) for row in rows]})["Location"]
    run_pending()
    made = b"".join(desk.get(f"{page}file/").streaming_content)  # type: ignore[attr-defined]
    assert len(PdfReader(io.BytesIO(made)).pages) == 2


def test_the_list_costs_the_same_for_one_and_for_many(
    world: Commission, desk: Client, django_assert_max_num_queries: object
) -> None:
    desk.get(LIST)
    with django_assert_max_num_queries(24):  # type: ignore[operator]
        desk.get(LIST)


def test_the_desk_shows_what_waits(world: Commission, desk: Client) -> None:
    shown = text_of(desk.get("/commission/"))
    assert "Ждут дольше всех" in shown
    assert "Серов" in shown


def letters(pdf: bytes) -> str:
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return "".join(sign for sign in text.lower() if sign.isalnum())
