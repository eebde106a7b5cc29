"""A visit on the screens: the registrar begins it, doctors finish it by keys, nothing typed is lost."""

import datetime as dt
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from medtrud.domains.exams.actions.campaign import campaign_agree, campaign_approve, campaign_open, roll_build
from medtrud.domains.exams.actions.exam import exam_plan, exam_start
from medtrud.domains.exams.actions.referral import referrals_issue
from medtrud.domains.exams.models import Exam, LineResult
from medtrud.domains.exams.tests.world import JOB, World
from medtrud.engines.access.public import account_open, seat_give
from medtrud.engines.store.public import today
from medtrud.kernel.actor import Role
from medtrud.registries.organizations.public import employment_open
from medtrud.registries.people.public import person_register

from .browser import look, press, sign_in

PEOPLE = (
    ("Громов", "Андрей", "Николаевич", dt.date(1978, 3, 14)),
    ("Зимин", "Пётр", "Ильич", dt.date(1981, 7, 2)),
    ("Лаптев", "Игорь", "Викторович", dt.date(1969, 11, 23)),
    ("Орехов", "Сергей", "Павлович", dt.date(1975, 1, 30)),
    ("Седов", "Денис", "Олегович", dt.date(1994, 5, 9)),
    ("Тихонов", "Максим", "Андреевич", dt.date(1988, 12, 12)),
    ("Уваров", "Константин", "Львович", dt.date(1972, 8, 6)),
    ("Чернов", "Роман", "Евгеньевич", dt.date(1999, 2, 17)),
)
DOCTOR = "visit-doctor"


class Scene(World):
    """A plant whose list is agreed; some have begun their visits, some come today."""

    def __init__(self) -> None:
        super().__init__()
        where = self.place("Токарь", ("4.4", "1.3"))
        high = self.place("Монтажник", ("6.1", "4.4", "4.3.1"), "3.2")
        for number, (last, first, middle, born) in enumerate(PEOPLE):
            post, place = high if number % 3 else where
            person = person_register(
                JOB, last_name=last, first_name=first, middle_name=middle, birth_date=born, sex="male"
            )
            employment_open(
                self.hr,
                person=person.pk,
                post=post.uid,
                workplace=place.uid,
                since=dt.date(2020, 6, 1),
            )
        on = today()
        row = campaign_open(
            self.hr, clinic=self.clinic.uid, title="Осмотр года", since=on, until=on + dt.timedelta(days=60)
        )
        roll_build(self.hr, campaign=row.uid, on=on)
        campaign_approve(self.hr, campaign=row.uid, on=on)
        campaign_agree(self.registrar, campaign=row.uid, on=on)
        referrals_issue(self.hr, campaign=row.uid, on=on)
        self.row = row
        rows = Exam.objects.unscoped("story").filter(clinic=self.clinic).order_by("person__name_rank")
        self.exams = list(rows)
        for exam in self.exams[1:4]:
            exam_start(self.registrar, exam=exam.uid, on=on)
        for exam in (self.exams[0], *self.exams[5:]):
            exam_plan(self.registrar, exam=exam.uid, on=on)
        account = account_open(JOB, login=DOCTOR, password="x", person=self.doctor.person)
        seat_give(
            JOB, account=account, role=Role.CLINIC, since=dt.date(2025, 1, 1), organization=self.clinic.pk
        )


@pytest.fixture(scope="module")
def scene(own_database, django_db_blocker) -> Iterator[Scene]:
    with django_db_blocker.unblock():
        yield Scene()


@pytest.fixture(autouse=True)
def _signed_in(page: Page, scene: Scene) -> None:
    sign_in(page, DOCTOR)


def test_the_registrar_begins_a_visit_and_sees_why_each_line_is_there(page: Page, scene: Scene):
    page.goto("/clinic/")
    look(page, "visit-desk")
    page.goto("/exams/exams/?tab=today")
    look(page, "visit-list")
    page.get_by_role("link", name=PEOPLE[0][0]).click()
    look(page, "visit-planned")
    page.get_by_role("button", name="Начать осмотр").click()
    expect(page.locator(".toast")).to_contain_text("Осмотр начат")
    page.get_by_text("Почему").first.click()
    expect(page.locator("details.why[open]").first).to_contain_text("29н")
    look(page, "visit-exam")
    page.get_by_role("link", name="Отменить").first.click()
    look(page, "visit-cancel")


def test_a_normal_examination_takes_less_than_ten_keys(page: Page, scene: Scene):
    page.goto("/exams/queue/?tab=therapist")
    look(page, "visit-queue")
    keys = 0

    def key(name: str) -> None:
        nonlocal keys
        keys += 1
        page.keyboard.press(name)

    page.locator("tbody tr").first.focus()
    key("Enter")
    page.wait_for_url("**/entry/**")
    first = page.url
    look(page, "visit-entry")
    key("Alt+Shift+KeyN")
    expect(page.get_by_label("Жалобы")).to_have_value("не предъявляет")
    key("2")
    look(page, "visit-entry-normal")
    key("Control+Enter")
    page.wait_for_url(lambda url: url != first)
    expect(page.locator(".toast")).to_contain_text("внесено")
    assert "/entry/" in page.url  # the next person of the queue
    assert keys < 10
    assert LineResult.objects.unscoped("story").filter(line__title="врач-терапевт", normal=True).exists()


def test_what_is_typed_survives_a_reload(page: Page, scene: Scene):
    page.goto(f"/exams/exams/{scene.exams[2].uid}/entry/?by=prelab")
    pressure = page.get_by_label("Артериальное давление")
    pressure.fill("13085")
    expect(page.locator("#saved")).to_contain_text("Черновик сохранён")
    page.reload()
    expect(page.get_by_label("Артериальное давление")).to_have_value("13085")


def test_what_is_typed_without_a_connection_is_sent_later(page: Page, scene: Scene):
    address = f"/exams/exams/{scene.exams[2].uid}/entry/?by=surgeon"
    page.goto(address)
    page.context.set_offline(True)
    page.get_by_label("Сила кисти, правая").fill("42")
    page.keyboard.press("Enter")
    expect(page.locator("#saved")).to_contain_text("Сохранено на этом устройстве")
    page.context.set_offline(False)
    expect(page.locator("#saved")).to_contain_text("Черновик сохранён")
    page.reload()
    expect(page.get_by_label("Сила кисти, правая")).to_have_value("42")


def test_a_wrong_value_comes_back_with_its_cause(page: Page, scene: Scene):
    page.goto(f"/exams/exams/{scene.exams[3].uid}/entry/?by=prelab")
    page.get_by_label("Артериальное давление").fill("80/120")
    page.get_by_label("Рост").fill("176")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".faults")).to_contain_text("верхнее 80 не больше нижнего 120")
    expect(page.get_by_label("Рост")).to_have_value("176")
    look(page, "visit-entry-wrong")
    page.get_by_label("Артериальное давление").fill("150/95")
    expect(page.locator(".field.beyond")).to_have_count(1)


def test_a_diagnosis_is_found_by_words_and_a_second_one_fits(page: Page, scene: Scene):
    page.goto(f"/exams/exams/{scene.exams[3].uid}/entry/?by=otorhinolaryngologist")
    page.locator("#id_dx0_code").fill("шумовые")
    page.locator("x-combo [role=option]").first.click()
    expect(page.locator("#id_dx0_code")).to_have_value("H83.3")
    expect(page.locator("#m-dx0_code")).to_contain_text("Шумовые эффекты")
    page.get_by_text("Ещё диагноз").first.click()
    expect(page.locator("#id_dx1_code")).to_be_visible()
    page.locator(".segments").get_by_label("затруднено").check()
    expect(page.locator(".field.beyond")).to_contain_text("Нос")
    expect(page.locator("#filled")).to_contain_text("1 из 18")
    look(page, "visit-entry-diagnosis", full=True)


def test_the_laboratory_enters_row_by_row(page: Page, scene: Scene):
    page.goto("/exams/bench/?test=АД")
    look(page, "visit-bench")
    page.goto("/exams/bench/?test=общий анализ крови")
    look(page, "visit-bench-wide")
    page.goto("/exams/bench/?test=АД")
    rows = page.locator("tbody tr")
    waiting = rows.count()
    page.locator("tbody input").first.focus()
    page.keyboard.type("12080")
    page.keyboard.press("Enter")
    page.keyboard.type("72")
    page.keyboard.press("Enter")
    page.keyboard.type("13085")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".toast")).to_contain_text("Внесено: 2")
    expect(rows).to_have_count(waiting - 2)


def test_the_agreement_and_the_days_are_planned(page: Page, scene: Scene):
    page.goto("/exams/agreement/")
    look(page, "visit-campaigns")
    page.goto(f"/exams/agreement/{scene.row.uid}/")
    look(page, "visit-agreement")
    page.goto(f"/exams/agreement/{scene.row.uid}/plan/")
    look(page, "visit-plan")
    page.goto("/exams/r/")
    look(page, "visit-arrival")
    press(page, "KeyJ", "о")
