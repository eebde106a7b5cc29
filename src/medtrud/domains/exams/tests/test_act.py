"""The final act: every number against an independent count, its lists, versions, measures and papers."""

import datetime as dt
import io
from typing import Any

import pytest
from django.db import connection
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from medtrud.domains.exams.actions.act import final_act_close, recommendation_mark
from medtrud.domains.exams.actions.campaign import campaign_open, incapacity_note
from medtrud.domains.exams.actions.conclusion import conclusion_give
from medtrud.domains.exams.actions.note import further_exam_note_issue
from medtrud.domains.exams.models import ActMember, ActMemberMedical, FinalAct, Recommendation
from medtrud.domains.exams.queries.act_measures import fulfilled_of, previous_act
from medtrud.domains.exams.types.results import NewConclusion, NewDiagnosis
from medtrud.domains.exams.types.states import MeasureState
from medtrud.kernel.errors import Forbidden, Refused
from medtrud.registries.organizations.public import division_open, employment_open
from medtrud.registries.organizations.types import EmploymentKind

from .desk import LAST, Commission, client_of
from .world import DAY, FOOD, NOISE

pytestmark = pytest.mark.django_db
ON = dt.date(2026, 4, 5)
WORDS = ("Снизить шум на участке 2", "Выдать наушники")


@pytest.fixture
def world(icd10: None) -> Commission:
    made = Commission()
    made.cook = made.worker("Агеева", made.place("Повар", FOOD), sex="female")
    made.clerk = made.worker("Юдин", made.place("Бухгалтер", (), "2"))
    made.ready()
    incapacity_note(
        made.hr, person=made.clear.person_id, since=dt.date(2025, 1, 1), until=None, document="МСЭ № 1"
    )
    made.conclude()
    visit = made.start(made.cook)
    made.fill(visit, NewDiagnosis("I10", first_time=True, chronic=True))
    further_exam_note_issue(made.chair, exam=visit.uid, on=DAY, examinations=["ЭКГ с нагрузкой"])
    return made


def close(world: Commission, *words: str) -> FinalAct:
    return final_act_close(world.chair, campaign=world.round.uid, as_of=LAST, on=ON, recommendations=words)


def sql(text: str, *facts: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(text, facts)
        row = cursor.fetchone()
        return row[0] if len(row) == 1 else row


def counts_of(act: FinalAct) -> dict[int, dict[str, int]]:
    return {int(item): count for item, count in act.items["counts"].items()}


def test_numbers_equal_counts_made_by_other_queries(world: Commission) -> None:
    act = close(world)
    counts = counts_of(act)
    total = {item: count["total"] for item, count in counts.items()}
    given = "FROM exams_conclusion c JOIN exams_conclusionmedical m ON m.conclusion_id = c.id WHERE c.current"
    assert total[4] == sql(
        "SELECT count(*) FROM organizations_employment WHERE employer_id = %s", world.plant.pk
    )
    assert total[7] == sql("SELECT count(*) FROM exams_rollentry WHERE removed_on IS NULL")
    assert total[8] == sql("SELECT count(*) FROM exams_conclusion WHERE current")
    assert total[16] == sql("SELECT count(*) FROM exams_conclusion WHERE current AND contraindicated <> '{}'")
    assert total[15] == sql("SELECT count(*) FROM exams_conclusion WHERE current AND contraindicated = '{}'")
    assert total[17] == sql("SELECT count(*) FROM exams_furtherexamnote")
    assert total[18] == sql(f"SELECT count(*) {given} AND m.center")
    assert total[22] == sql(f"SELECT count(*) {given} AND m.dispensary")
    assert total[23] == sql(
        "SELECT count(DISTINCT person_id) FROM exams_diagnosis WHERE nature = 'occupational_suspected'"
    )
    assert total[24] == sql(
        "SELECT count(*) FROM (SELECT DISTINCT person_id, code FROM exams_diagnosis "
        "WHERE first_time AND chronic AND nature = 'somatic' AND withdrawn_reason = '') x"
    )
    assert (total[5], total[6], counts[6]["women"]) == (4, 1, 1)
    assert (counts[4]["disabled"], counts[7]["disabled"], counts[8]["disabled"]) == (1, 1, 1)


def test_the_invariants_of_the_act_hold(world: Commission) -> None:
    act = close(world)
    counts = counts_of(act)
    total = {item: count["total"] for item, count in counts.items()}
    assert total[7] == total[8] + total[11] + total[13]
    assert total[8] == total[15] + total[16]
    for count in counts.values():
        assert all(
            count[part] is None or count[part] <= count["total"] for part in ("women", "minors", "disabled")
        )
    for item, number in ((10, 8), (12, 11), (14, 13)):
        assert act.members.filter(items__contains=[item]).count() == total[number]
    for item in (4, 5, 6, 7, 8, 11, 13, 15, 16, 23):
        assert act.members.filter(items__contains=[item]).count() == total[item], item
    medical = ActMemberMedical.objects.unscoped("test").filter(act=act)
    for item in (17, 18, 19, 20, 21, 22, 24, 25, 26):
        assert medical.filter(item=item).count() == total[item], item
    assert medical.filter(item=23).values("person").distinct().count() == total[23]


def test_the_note_puts_a_person_into_17_and_13_and_not_into_8(world: Commission) -> None:
    act = close(world)
    cook = act.members.get(employment=world.cook)
    assert {13, 14} <= set(cook.items)
    assert not {8, 10, 15, 16} & set(cook.items)
    assert (
        ActMemberMedical.objects.unscoped("test").filter(act=act, item=17).get().person_id == cook.person_id
    )


def test_two_jobs_of_one_name_are_two_lines_of_the_act(icd10: None) -> None:
    world = Commission()
    first = world.worker("Громов", world.place("Токарь", NOISE))
    world.shop = division_open(world.hr, employer=world.plant.pk, title="Цех 3")
    post, place = world.place("Токарь", NOISE)
    employment_open(
        world.hr,
        person=first.person_id,
        post=post.uid,
        workplace=place.uid,
        since=dt.date(2024, 7, 1),
        kind=EmploymentKind.SECONDARY,
    )
    world.round = world.campaign()
    act = close(world)
    assert counts_of(act)[7]["total"] == 2 == act.members.filter(items__contains=[7]).count()


def test_the_employer_gets_item_23_without_a_diagnosis_and_no_medical_list(world: Commission) -> None:
    act = close(world)
    row = ActMember.objects.visible_to(world.hr).get(act=act, items__contains=[23])
    assert (row.person_id, row.post, row.codes) == (world.ill.person_id, "Монтажник", ["4.4", "6.1"])
    employer = client_of(world.hr)
    page = f"/exams/acts/{act.uid}/"
    shown = employer.get(page).content.decode()
    assert f"{page}items/23/" in shown
    assert f"{page}items/18/" not in shown
    listed = employer.get(f"{page}items/23/").content.decode()
    assert "Серов" in listed
    for item in (17, 18, 22, 24, 25, 26):
        assert employer.get(f"{page}items/{item}/").status_code == 404
    for text in (
        listed,
        shown,
        paper(employer.get(f"{page}pdf/").content),
        cells(employer.get(f"{page}lists/").content),
    ):
        assert "H83.3" not in text
        assert "G40" not in text


def test_the_clinic_opens_every_list_and_a_stranger_none(world: Commission) -> None:
    act = close(world)
    desk, page = client_of(world.chair), f"/exams/acts/{act.uid}/"
    assert "H83.3" in desk.get(f"{page}items/23/").content.decode()
    assert "Серов" in desk.get(f"{page}items/18/").content.decode()
    for item in range(4, 27):
        wanted = 404 if item == 9 else 200
        assert desk.get(f"{page}items/{item}/").status_code == wanted, item
    stranger = world.stranger()
    for tail in ("", "items/7/", "pdf/", "preview/", "lists/"):
        assert stranger.get(page + tail).status_code == 404


def test_closing_again_keeps_the_first_version_and_the_marks_of_the_employer(world: Commission) -> None:
    first = close(world, *WORDS)
    row = Recommendation.objects.visible_to(world.hr).get(act=first, order=1)
    with pytest.raises(Refused, match="Напишите, что сделано"):
        recommendation_mark(world.hr, recommendation=row.uid, status=MeasureState.PARTLY, text=" ", on=ON)
    recommendation_mark(world.hr, recommendation=row.uid, status=MeasureState.DONE, text="кожухи", on=ON)
    with pytest.raises(Refused, match="только что изменили"):
        recommendation_mark(world.hr, recommendation=row.uid, status=MeasureState.DONE, text="", on=ON)
    second = close(world, WORDS[0], "Новая мера")
    assert (second.version, second.number) == (2, first.number)
    states = [line["state"] for line in fulfilled_of(second)]
    assert states == ["выполнена 05.04.2026: кожухи", "сведений от работодателя нет"]
    first.refresh_from_db()
    assert first.items["recommended"] == list(WORDS)


def test_item_27_tells_what_became_of_the_previous_act(world: Commission) -> None:
    first = close(world, *WORDS)
    row = Recommendation.objects.visible_to(world.hr).get(act=first, order=2)
    recommendation_mark(
        world.hr, recommendation=row.uid, status=MeasureState.REFUSED, text="нет денег", on=ON
    )
    following = campaign_open(
        world.hr,
        clinic=world.clinic.uid,
        title="Осмотр 2027",
        since=dt.date(2027, 2, 1),
        until=dt.date(2027, 3, 1),
    )
    assert previous_act(following) == first
    assert [line["state"] for line in fulfilled_of(previous_act(following))] == [
        "сведений от работодателя нет",
        "не выполнена 05.04.2026: нет денег",
    ]
    assert previous_act(world.round) is None


def test_only_the_chairman_closes_and_only_an_agreed_campaign(world: Commission) -> None:
    with pytest.raises(Forbidden):
        final_act_close(world.doctor, campaign=world.round.uid, as_of=LAST, on=ON)
    assert client_of(world.hr).get(f"/exams/acts/campaigns/{world.round.uid}/").status_code == 403


def test_the_preview_counts_proposes_and_closes(world: Commission) -> None:
    desk, page = client_of(world.chair), f"/exams/acts/campaigns/{world.round.uid}/"
    shown = desk.get(page).content.decode()
    assert "рациональном трудоустройстве" in shown
    assert "Срок акта прошёл" in shown
    recounted = desk.post(page, {"as_of": "28.02.2026", "recommendations": "Своя мера", "preview": "1"})
    assert "по состоянию на 28.02.2026" in recounted.content.decode()
    assert "Своя мера" in recounted.content.decode()
    wrong = desk.post(page, {"as_of": "31.02.2026", "recommendations": "", "close": "1"})
    assert wrong.status_code == 422
    answer = desk.post(page, {"as_of": "31.03.2026", "recommendations": "Одна\n\nДве", "close": "1"})
    act = FinalAct.objects.unscoped("test").get()
    assert answer["Location"] == f"/exams/acts/{act.uid}/"
    assert act.items["recommended"] == ["Одна", "Две"]
    again = desk.get(page).content.decode()
    assert "версия 1" in again


def test_the_act_is_compared_with_the_version_before(world: Commission) -> None:
    first = close(world, *WORDS)
    visit = world.visit(world.absent)
    world.fill(world.start(world.absent))
    conclusion_give(world.chair, exam=visit.uid, given=NewConclusion("I"), on=DAY)
    second = close(world, *WORDS)
    shown = client_of(world.chair).get(f"/exams/acts/{second.uid}/").content.decode()
    assert "было 2" in shown
    assert counts_of(first)[8]["total"] == 2
    assert counts_of(second)[8]["total"] == 3


def test_the_workbook_holds_a_sheet_for_every_list_of_the_seat(world: Commission) -> None:
    act = close(world)
    own = book_of(client_of(world.chair).get(f"/exams/acts/{act.uid}/lists/").content)
    theirs = book_of(client_of(world.hr).get(f"/exams/acts/{act.uid}/lists/").content)
    assert "Пункт 18" in own.sheet_names
    assert "Пункт 18" not in theirs.sheet_names
    assert {"Пункт 10", "Пункт 23"} <= set(theirs.sheet_names)
    assert len(own.get_sheet_by_name("Пункт 10").to_python()) == 2 + counts_of(act)[8]["total"]


def paper(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def book_of(content: bytes) -> CalamineWorkbook:
    return CalamineWorkbook.from_filelike(io.BytesIO(content))


def cells(content: bytes) -> str:
    book = book_of(content)
    sheets = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
    return " ".join(str(cell) for sheet in sheets for row in sheet for cell in row)
