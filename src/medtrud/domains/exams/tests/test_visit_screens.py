"""Screens of a visit: reception, queue, entry form, table of the laboratory, agreement."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from medtrud.domains.exams.actions.campaign import campaign_approve, campaign_open, roll_build
from medtrud.domains.exams.actions.exam import exam_start
from medtrud.domains.exams.actions.referral import referral_issue, referrals_issue
from medtrud.domains.exams.models import Campaign, Exam, ExamLine, LineDraft, LineResult
from medtrud.domains.exams.types.states import CampaignState, ExamKindCode, ExamState, LineState
from medtrud.domains.exams.web.sheet import upper
from medtrud.engines.access.public import account_open, seat_give
from medtrud.engines.store.public import today
from medtrud.kernel.actor import Role

from .world import DAY, JOB, NOISE, World

pytestmark = pytest.mark.django_db
SEATED = dt.date(2025, 1, 1)


@pytest.fixture
def world(icd10: None) -> World:
    return World()


def sign_in(role: Role, organization: int, person: int | None = None, login: str = "") -> Client:
    account = account_open(JOB, login=login or f"{role}-{organization}", password="x", person=person)
    seat_give(JOB, account=account, role=role, since=SEATED, organization=organization)
    client = Client()
    client.force_login(account)
    return client


@pytest.fixture
def desk(world: World) -> Client:
    """A doctor with every specialty, who also sits at the registrar's desk."""
    return sign_in(Role.CLINIC, world.clinic.pk, world.doctor.person)


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.content.decode()[:500]
    return answer.content.decode()


def planned(world: World, *names: str) -> list[Exam]:
    where = world.place("Токарь", NOISE)
    people = [world.worker(name, where) for name in names]
    world.campaign()
    return [world.exam_of(person) for person in people]


def begun(world: World, *names: str) -> list[Exam]:

    return [exam_start(world.registrar, exam=row.uid, on=today()) for row in planned(world, *names)]


def lines(exam: Exam, **where: object) -> list[ExamLine]:
    return list(ExamLine.objects.unscoped("test").filter(exam=exam, **where).order_by("order"))


def field(line: ExamLine, code: str) -> str:
    return f"l{line.order}_{code}"


def test_the_registrar_begins_an_exam_found_by_the_code_of_the_paper(world: World, desk: Client) -> None:
    (exam,) = planned(world, "Громов")
    shown = text_of(desk, "/exams/exams/")
    assert "Громов Пётр Ильич" in shown
    assert "Шум" in shown
    scanned = desk.get("/exams/r/", {"code": f"https://x.example/exams/r/{exam.referral.uid}/"}, follow=True)
    assert "Объём осмотра ещё не рассчитан" in scanned.content.decode()
    number = desk.get("/exams/r/", {"code": f"№ {exam.referral.number}"}, follow=True)
    assert "Громов" in number.content.decode()
    desk.post(f"/exams/exams/{exam.uid}/start/", {"on": f"{today():%d.%m.%Y}"})
    exam.refresh_from_db()
    assert exam.state == ExamState.STARTED
    shown = text_of(desk, f"/exams/exams/{exam.uid}/")
    assert "врач-терапевт" in shown
    assert "Почему" in shown
    assert "приказ" in shown.lower()


def test_the_list_is_narrowed_by_state_name_and_employer(world: World, desk: Client) -> None:
    planned(world, "Громов", "Зимин")
    assert "Громов" not in text_of(desk, "/exams/exams/?q=Зимин")
    assert "Зимин" in text_of(desk, "/exams/exams/?q=Зимин&tab=undated")
    assert "Зимин" not in text_of(desk, "/exams/exams/?tab=started")
    assert "Зимин" in text_of(desk, f"/exams/exams/?employer={world.plant.uid}")


def test_many_visits_get_one_day(world: World, desk: Client) -> None:
    rows = planned(world, "Громов", "Зимин")
    marked = desk.post("/exams/exams/plan/", {"id": [str(row.uid) for row in rows]})
    hidden = re.search(r'name="exams" value="([^"]+)"', marked.content.decode())
    assert hidden
    bad = desk.post("/exams/exams/plan/", {"exams": hidden[1], "on": "31.02.2026"})
    assert bad.status_code == 422
    desk.post("/exams/exams/plan/", {"exams": hidden[1], "on": f"{today():%d.%m.%Y}"})
    assert set(Exam.objects.unscoped("test").values_list("planned_on", flat=True)) == {today()}
    assert "Громов" in text_of(desk, "/exams/exams/?tab=today")


def test_the_doctor_enters_his_lines_and_goes_to_the_next_person(world: World, desk: Client) -> None:
    first, second = begun(world, "Громов", "Зимин")
    assert "Зимин" in text_of(desk, "/exams/queue/?tab=ophthalmologist")
    address = f"/exams/exams/{first.uid}/entry/?by=otorhinolaryngologist"
    ears = lines(first, specialty="otorhinolaryngologist", state=LineState.DUE)
    shown = text_of(desk, address)
    assert all(upper(line.title) in shown for line in ears)
    assert "Противопоказания" in shown
    doctor = next(line for line in ears if line.kind == "specialist")
    typed = {
        field(doctor, "nose"): "дыхание свободное",
        "performed_on": f"{today():%d.%m.%Y}",
        "dx0_code": "h83.3",
        "dx0_first": "on",
        "dx0_nature": "occupational_suspected",
        "text": "шумовые эффекты",
    }
    answer = desk.post(address, typed)
    assert answer.status_code == 302, re.findall(r'class="error">([^<]+)', answer.content.decode())
    assert answer.headers["Location"] == f"/exams/exams/{second.uid}/entry/?by=otorhinolaryngologist"
    result = LineResult.objects.unscoped("test").get(line=doctor)
    assert (result.text, result.normal) == ("шумовые эффекты", False)
    page = text_of(desk, f"/exams/exams/{first.uid}/")
    assert "H83.3" in page
    assert "впервые" in page


def test_a_wrong_value_returns_the_form_as_it_was(world: World, desk: Client) -> None:
    (exam,) = begun(world, "Громов")
    address = f"/exams/exams/{exam.uid}/entry/?by=prelab"
    (pressure,) = lines(exam, title="АД")
    typed = {field(pressure, "pressure"): "80/120", field(pressure, "pulse"): "72", "dx0_code": "Ю99"}
    answer = desk.post(address, typed | {"performed_on": f"{today():%d.%m.%Y}"})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "верхнее 80 не больше нижнего 120" in shown
    assert "Кода «Ю99» нет в МКБ-10" in shown
    assert 'value="80/120"' in shown
    assert 'value="72"' in shown
    assert not LineResult.objects.unscoped("test").exists()
    part = desk.post(address, typed, headers={"HX-Request": "true"})
    assert part.status_code == 422
    assert "<html" not in part.content.decode()
    assert "Ещё диагноз" in part.content.decode()


def test_an_empty_form_is_refused_and_an_untouched_section_stays_open(world: World, desk: Client) -> None:
    (exam,) = begun(world, "Громов")
    address = f"/exams/exams/{exam.uid}/entry/?by=prelab"
    day = {"performed_on": f"{today():%d.%m.%Y}"}
    empty = desk.post(address, day)
    assert empty.status_code == 422
    assert "Ни один раздел не заполнен" in empty.content.decode()
    (pressure,) = lines(exam, title="АД")
    desk.post(address, day | {field(pressure, "pressure"): "12080"})
    states = {line.title: line.state for line in lines(exam, specialty="prelab")}
    assert states.pop("АД") == LineState.DONE
    assert set(states.values()) == {LineState.DUE}


def test_a_draft_survives_and_an_old_one_shows_both_values(world: World, desk: Client) -> None:
    (exam,) = begun(world, "Громов")
    address = f"/exams/exams/{exam.uid}/entry/"
    (pressure,) = lines(exam, title="АД")
    name = field(pressure, "pressure")
    saved = desk.post(f"{address}draft/?by=prelab", {"revision": "0", name: "13085"})
    assert saved.status_code == 200
    assert 'name="revision" id="revision" value="1"' in saved.content.decode()
    assert 'value="13085"' in text_of(desk, f"{address}?by=prelab")
    late = desk.post(f"{address}draft/?by=prelab", {"revision": "0", name: "14090"})
    assert late.status_code == 409
    assert "13085" in late.content.decode()
    assert "14090" in late.content.decode()
    assert LineDraft.objects.unscoped("test").get().values == {name: "13085"}
    named = desk.post(f"{address}draft/?by=prelab", {"revision": "1", name: "13085", "dx0_code": "H83.3"})
    assert "Шумовые эффекты внутреннего уха" in named.content.decode()
    assert "Шумовые эффекты внутреннего уха" in text_of(desk, f"{address}?by=prelab")


def test_a_page_that_lost_an_answer_does_not_stand_against_itself(world: World, desk: Client) -> None:
    (exam,) = begun(world, "Громов")
    address = f"/exams/exams/{exam.uid}/entry/"
    (pressure,) = lines(exam, title="АД")
    window = re.search(r'name="window" value="([^"]+)"', desk.get(f"{address}?by=prelab").content.decode())
    assert window
    typed = {"revision": "0", "window": window[1]}
    for text in ("130/80", "140/90"):
        saved = desk.post(f"{address}draft/?by=prelab", typed | {field(pressure, "pressure"): text})
        assert saved.status_code == 200
    assert list(LineDraft.objects.unscoped("test").get().values.values()) == ["140/90"]
    strange = desk.post(f"{address}draft/?by=prelab", {"revision": "0", "window": "чужое"})
    assert strange.status_code == 409


def test_a_correction_is_a_new_version_beside_the_old_one(world: World, desk: Client) -> None:
    (exam,) = begun(world, "Громов")
    (pressure,) = lines(exam, title="АД")
    day = {"performed_on": f"{today():%d.%m.%Y}"}
    desk.post(f"/exams/exams/{exam.uid}/entry/?by=prelab", day | {field(pressure, "pressure"): "15095"})
    shown = text_of(desk, f"/exams/lines/{pressure.uid}/correct/")
    assert 'value="150/95"' in shown
    assert "Записано раньше" in shown
    desk.post(f"/exams/lines/{pressure.uid}/correct/", day | {field(pressure, "pressure"): "13085"})
    versions = LineResult.objects.unscoped("test").filter(line=pressure).order_by("version")
    assert [row.values["pressure"] for row in versions] == ["150/95", "130/85"]
    assert "Версия 1, заменена" in text_of(desk, f"/exams/exams/{exam.uid}/")


def test_the_scope_is_changed_with_a_reason(world: World, desk: Client) -> None:
    (exam,) = begun(world, "Громов")
    (pressure,) = lines(exam, title="АД")
    assert desk.post(f"/exams/lines/{pressure.uid}/cancel/", {"reason": ""}).status_code == 422
    desk.post(f"/exams/lines/{pressure.uid}/cancel/", {"reason": "измерено утром в стационаре"})
    pressure.refresh_from_db()
    assert pressure.state == LineState.CANCELLED
    desk.post(f"/exams/lines/{pressure.uid}/require/", {"reason": "нужно повторить"})
    pressure.refresh_from_db()
    assert pressure.state == LineState.DUE
    shown = text_of(desk, f"/exams/exams/{exam.uid}/lines/add/")
    key = re.search(r'value="(specialist:[^"]+)"', shown)
    assert key
    desk.post(f"/exams/exams/{exam.uid}/lines/add/", {"line": key[1], "reason": "жалобы"})
    assert ExamLine.objects.unscoped("test").get(exam=exam, changed_reason="жалобы").state == LineState.DUE


def test_a_visit_ends_without_a_conclusion_and_comes_back(world: World, desk: Client) -> None:
    (exam,) = planned(world, "Громов")
    day = f"{today():%d.%m.%Y}"
    assert desk.post(f"/exams/exams/{exam.uid}/not-passed/", {"reason": "", "on": day}).status_code == 422
    desk.post(f"/exams/exams/{exam.uid}/not-passed/", {"reason": "не явился", "on": day})
    assert "не явился" in text_of(desk, f"/exams/exams/{exam.uid}/")
    desk.post(f"/exams/exams/{exam.uid}/resume/")
    exam.refresh_from_db()
    assert exam.state == ExamState.PLANNED


def test_the_laboratory_fills_a_table_row_by_row(world: World, desk: Client) -> None:
    rows = begun(world, "Громов", "Зимин", "Орехов")
    test = [line for row in rows for line in lines(row, title="АД")]
    shown = text_of(desk, "/exams/bench/?test=АД")
    assert all(f"r{line.pk}-pressure" in shown for line in test)
    typed = {f"r{test[0].pk}-pressure": "12080", f"r{test[1].pk}-pressure": "80/120"}
    answer = desk.post("/exams/bench/?test=АД", typed)
    assert answer.status_code == 422
    assert "верхнее 80 не больше нижнего 120" in answer.content.decode()
    assert LineResult.objects.unscoped("test").get().line == test[0]
    done = desk.post("/exams/bench/?test=АД", {f"r{test[1].pk}-pressure": "12080"})
    assert done.status_code == 302
    assert LineResult.objects.unscoped("test").count() == 2


def test_the_clinic_agrees_the_list_and_plans_days(world: World, desk: Client) -> None:

    world.worker("Громов", world.place("Токарь", NOISE))
    row = campaign_open(
        world.hr, clinic=world.clinic.uid, title="Осмотр 2026", since=DAY, until=dt.date(2026, 4, 1)
    )
    roll_build(world.hr, campaign=row.uid, on=DAY)
    campaign_approve(world.hr, campaign=row.uid, on=DAY)
    assert "Осмотр 2026" in text_of(desk, "/exams/agreement/?tab=wait")
    assert "Громов Пётр" in text_of(desk, f"/exams/agreement/{row.uid}/")
    desk.post(f"/exams/agreement/{row.uid}/agree/")
    assert Campaign.objects.unscoped("test").get().state == CampaignState.AGREED
    referrals_issue(world.hr, campaign=row.uid, on=DAY)
    shown = text_of(desk, f"/exams/agreement/{row.uid}/plan/")
    assert "Цех 2 — 1" in shown
    desk.post(f"/exams/agreement/{row.uid}/plan/", {"division": "*", "on": "02.03.2026"})
    assert Exam.objects.unscoped("test").get().planned_on == dt.date(2026, 3, 2)
    assert "0 из 1" in text_of(desk, "/exams/agreement/?tab=agreed")


def test_the_route_sheet_is_printed(world: World, desk: Client) -> None:
    (exam,) = begun(world, "Громов")
    answer = desk.get(f"/exams/exams/{exam.uid}/route/")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


def test_strangers_find_nothing_and_the_employer_no_screen(world: World, desk: Client) -> None:
    (exam,) = begun(world, "Громов")
    line = lines(exam)[0]
    other = World()
    stranger = sign_in(Role.CLINIC, other.clinic.pk, other.doctor.person, "stranger")
    employer = sign_in(Role.EMPLOYER, world.plant.pk, None, "employer")
    for address in (
        f"/exams/exams/{exam.uid}/",
        f"/exams/exams/{exam.uid}/entry/",
        f"/exams/exams/{exam.uid}/route/",
        f"/exams/lines/{line.uid}/cancel/",
        f"/exams/r/{exam.referral.uid}/",
    ):
        assert stranger.get(address).status_code == 404, address
        assert employer.get(address).status_code == 403, address
    assert "Громов" not in text_of(stranger, "/exams/exams/")


@pytest.mark.parametrize("address", ["/exams/exams/", "/exams/queue/", "/exams/bench/?test=АД", "/clinic/"])
def test_a_longer_list_costs_no_more_queries(world: World, desk: Client, address: str) -> None:

    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            text_of(desk, address)
        return len(seen)

    begun(world, "Громов")
    cost()
    one = cost()
    where = world.place("Слесарь", NOISE)
    for name in ("Зимин", "Орехов", "Лапин"):
        person = world.worker(name, where)
        issued = referral_issue(
            world.hr,
            employment=person.uid,
            clinic=world.clinic.uid,
            kind=ExamKindCode.PRELIMINARY,
            on=today(),
        )

        exam_start(world.registrar, exam=world.exam_of(person).uid, on=today())
        assert issued.number
    assert cost() == one


def test_earlier_values_stand_beside_the_fields_and_count_as_past(world: World, desk: Client) -> None:
    (exam,) = begun(world, "Громов")
    (pressure,) = lines(exam, title="АД")
    day = {"performed_on": f"{today():%d.%m.%Y}"}
    desk.post(f"/exams/exams/{exam.uid}/entry/?by=prelab", day | {field(pressure, "pressure"): "15095"})
    shown = text_of(desk, f"/exams/exams/{exam.uid}/entry/?by=therapist")
    assert "Артериальное давление 150/95 мм рт. ст. — выше нормы" in shown
    issued = referral_issue(
        world.hr,
        employment=exam.employment.uid,
        clinic=world.clinic.uid,
        kind=ExamKindCode.EXTRAORDINARY,
        on=today(),
        basis="после болезни",
    )
    second = exam_start(world.registrar, exam=issued.exam.uid, on=today())
    (again,) = lines(second, title="АД")
    desk.post(f"/exams/lines/{again.uid}/require/", {"reason": "повторить"})
    shown = text_of(desk, f"/exams/exams/{second.uid}/entry/?by=prelab")
    assert f"в прошлый раз: 150/95, {today():%d.%m.%Y}" in shown
    assert "Периодический осмотр" in text_of(desk, f"/exams/exams/{second.uid}/")


def test_a_day_that_has_not_come_is_refused(world: World, desk: Client) -> None:
    (exam,) = begun(world, "Громов")
    (pressure,) = lines(exam, title="АД")
    later = today() + dt.timedelta(days=1)
    answer = desk.post(
        f"/exams/exams/{exam.uid}/entry/?by=prelab",
        {field(pressure, "pressure"): "12080", "performed_on": f"{later:%d.%m.%Y}"},
    )
    assert answer.status_code == 422
    assert "ещё не наступила" in answer.content.decode()


def test_who_has_no_accreditation_has_an_empty_queue_that_says_why(world: World) -> None:
    (exam,) = begun(world, "Громов")
    nurse = sign_in(Role.CLINIC, world.clinic.pk, world.staff("Сомова", ()).person_id, "nurse")
    assert "нет специальности с действующей аккредитацией" in text_of(nurse, "/exams/queue/")
    answer = nurse.get(f"/exams/exams/{exam.uid}/entry/", follow=True)
    assert "Внести результаты" not in answer.content.decode()


def test_the_end_of_the_queue_leads_to_the_empty_list(world: World, desk: Client) -> None:
    (exam,) = begun(world, "Громов")
    (pressure,) = lines(exam, title="АД")
    for line in lines(exam, specialty="prelab"):
        if line != pressure:
            desk.post(f"/exams/lines/{line.uid}/cancel/", {"reason": "не требуется"})
    answer = desk.post(
        f"/exams/exams/{exam.uid}/entry/?by=prelab",
        {field(pressure, "pressure"): "12080", "performed_on": f"{today():%d.%m.%Y}"},
    )
    assert answer.headers["Location"] == "/exams/queue/?tab=prelab"


def test_the_palette_finds_a_visit_by_name(world: World, desk: Client) -> None:
    (exam,) = planned(world, "Громов")
    found = desk.get("/ui/palette/", {"q": "Громов"}).json()
    assert f"/exams/exams/{exam.uid}/" in [row["url"] for row in found]
