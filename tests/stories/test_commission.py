"""The commission on the screens: a question is decided, conclusions are signed, the act is closed twice."""

import datetime as dt
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from medtrud.domains.exams.actions.campaign import campaign_agree, campaign_approve, campaign_open, roll_build
from medtrud.domains.exams.actions.exam import exam_start
from medtrud.domains.exams.actions.line import result_record
from medtrud.domains.exams.actions.referral import referrals_issue
from medtrud.domains.exams.models import Conclusion, Exam, ExamLine, FinalAct
from medtrud.domains.exams.tests.world import JOB, World
from medtrud.domains.exams.types.results import NewDiagnosis, NewResult
from medtrud.engines.access.public import account_open, seat_give
from medtrud.engines.background.public import run_pending
from medtrud.engines.store.public import today
from medtrud.kernel.actor import Actor
from medtrud.registries.organizations.public import employment_open
from medtrud.registries.people.public import name_of, person_register

from .browser import look, press, sign_in

PEOPLE = (
    ("Абрамов", "Андрей", "Николаевич", dt.date(1978, 3, 14), "male"),
    ("Борисова", "Елена", "Игоревна", dt.date(1981, 7, 2), "female"),
    ("Власов", "Игорь", "Викторович", dt.date(1969, 11, 23), "male"),
    ("Гаврилов", "Сергей", "Павлович", dt.date(1975, 1, 30), "male"),
    ("Дёмина", "Ольга", "Олеговна", dt.date(1994, 5, 9), "female"),
    ("Ершов", "Максим", "Андреевич", dt.date(1988, 12, 12), "male"),
    ("Жуков", "Константин", "Львович", dt.date(1972, 8, 6), "male"),
)
CHAIR, HR = "story-chair", "story-hr"
ILL, PRESSURE, ABSENT = 0, 2, 6  # places in the order of the named list


class Scene(World):
    """A campaign that ended yesterday: everybody but one has been examined, two are ill."""

    def __init__(self) -> None:
        super().__init__()
        noise = self.place("Токарь 5 разряда", ("4.4", "3.1.8.1"), "3.2")
        height = self.place("Монтажник стальных конструкций", ("6.1", "4.4", "4.3.1"), "3.2")
        first = today() - dt.timedelta(days=45)
        for number, (last, name, middle, born, sex) in enumerate(PEOPLE):
            post, place = noise if number % 2 else height
            person = person_register(
                JOB, last_name=last, first_name=name, middle_name=middle, birth_date=born, sex=sex
            )
            employment_open(
                self.hr,
                person=person.pk,
                post=post.uid,
                workplace=place.uid,
                since=dt.date(2019, 6, 1),
            )
        row = campaign_open(self.hr, clinic=self.clinic.uid, title="Осмотр года", since=first, until=today())
        roll_build(self.hr, campaign=row.uid, on=first)
        campaign_approve(self.hr, campaign=row.uid, on=first)
        campaign_agree(self.registrar, campaign=row.uid, on=first)
        referrals_issue(self.hr, campaign=row.uid, on=first)
        self.row = row
        rows = Exam.objects.unscoped("story").filter(clinic=self.clinic).order_by("pk")
        self.exams = list(rows)
        for number, exam in enumerate(self.exams):
            if number != ABSENT:
                self.examine(number, exam, first + dt.timedelta(days=number + 1))
        sit(CHAIR, self.chair)
        sit(HR, self.hr)

    def examine(self, number: int, exam: Exam, on: dt.date) -> None:
        """Fill a visit in."""
        exam = exam_start(self.registrar, exam=exam.uid, on=on)
        found = ()
        if number == ILL:
            found = (
                NewDiagnosis("G40.3", detail="приступы редкие", first_time=True, chronic=True),
                NewDiagnosis("H83.3", nature="occupational_suspected"),
            )
        self.fill(exam, *found, on=on)
        if number == PRESSURE:
            line = ExamLine.objects.unscoped("story").get(exam=exam, title="АД")
            result_record(self.doctor, line=line.uid, result=NewResult(on, {"pressure": "158/96"}))


def scene_name(scene: Scene, number: int) -> str:
    """Return the name of who stands at a place of the list."""
    return name_of(JOB, scene.exams[number].person_id).full


def sit(login: str, actor: Actor) -> None:
    """Give the actor an account."""
    account = account_open(JOB, login=login, password="x", person=actor.person)
    since = dt.date(2025, 1, 1)
    seat_give(JOB, account=account, role=actor.role, since=since, organization=actor.organization)


@pytest.fixture(scope="module")
def scene(own_database, django_db_blocker) -> Iterator[Scene]:
    with django_db_blocker.unblock():
        yield Scene()


def test_the_chairman_decides_signs_closes_the_act_and_closes_it_again(page: Page, scene: Scene):
    sign_in(page, CHAIR)
    page.goto("/commission/")
    look(page, "commission-desk")
    page.goto("/exams/conclusions/")
    look(page, "commission-list")
    _bulk(page)
    _decide(page, scene)
    _sign(page, scene)
    act = _close(page, scene)
    _read(page, act)
    _again(page, scene)


def _bulk(page: Page) -> None:
    """Everybody marked; those with deviations are named, the others are signed."""
    page.get_by_label("Отметить все на странице").check()
    page.get_by_role("button", name="Противопоказаний нет").click()
    page.locator("dialog[open]").get_by_role("button", name="Противопоказаний нет").click()
    page.wait_for_url("**/given/**")
    run_pending()
    expect(page.get_by_text("Отказано: 2")).to_be_visible()
    look(page, "commission-given")


def _decide(page: Page, scene: Scene) -> None:
    page.get_by_role("link", name=scene_name(scene, ILL)).click()
    look(page, "commission-conclusion")
    page.reload()  # what the checker of accessibility wrote into the page must not be swapped with it
    page.get_by_label("Рекомендации работнику").fill("Наблюдение невролога")
    while page.get_by_text("Не решено").count():
        page.get_by_role("button", name="Подтвердить").first.click()
        page.wait_for_timeout(400)
    expect(page.get_by_label("Рекомендации работнику")).to_have_value("Наблюдение невролога")
    expect(page.locator("input[name=contraindicated]:checked").first).to_be_attached()
    expect(page.locator("#checks")).to_contain_text("можно подписывать")
    look(page, "commission-decided")


def _sign(page: Page, scene: Scene) -> None:
    page.locator("label:has(input[value='IIIа'])").click()
    press(page, "Enter", "Enter", ctrlKey=True)
    expect(page.locator("h1")).to_contain_text(scene_name(scene, PRESSURE))
    expect(page.locator(".toast")).to_contain_text("подписано")
    look(page, "commission-pressure")
    page.locator("label:has(input[value='II'])").click()
    press(page, "Enter", "Enter", ctrlKey=True)
    expect(page.locator(".toast")).to_contain_text("никто не ждёт")
    look(page, "commission-versions")
    assert Conclusion.objects.unscoped("story").filter(current=True).count() >= len(PEOPLE) - 1


def _close(page: Page, scene: Scene) -> str:
    page.goto("/exams/acts/campaigns/")
    look(page, "commission-campaigns")
    page.get_by_role("link", name="Осмотр года").first.click()
    look(page, "commission-campaign")
    page.get_by_role("button", name="Закрыть акт").click()
    page.locator("dialog[open]").get_by_role("button", name="Закрыть акт").click()
    page.wait_for_url(lambda url: "/acts/" in url and "campaigns" not in url)
    expect(page.locator(".toast")).to_contain_text("закрыт")
    look(page, "commission-act")
    return page.url


def _read(page: Page, act: str) -> None:
    """Every number of the act opens as many people as it says."""
    for item in (4, 5, 7, 8, 13, 15, 16, 18, 23, 24):
        page.goto(act)
        link = page.locator(f"#item-{item} b a")
        number = link.inner_text().split("\n")[0].split(" ")[0].split(" —")[0]
        link.click()
        expect(page.locator("tbody tr")).to_have_count(int(number.strip()))
    look(page, "commission-members")
    page.goto(act + "preview/")
    look(page, "commission-act-paper")


def _again(page: Page, scene: Scene) -> None:
    page.goto(f"/exams/acts/campaigns/{scene.row.uid}/")
    page.get_by_role("button", name="Закрыть новую версию").click()
    page.locator("dialog[open]").get_by_role("button", name="Закрыть акт").click()
    page.wait_for_url(lambda url: "/acts/" in url and "campaigns" not in url)
    versions = FinalAct.objects.unscoped("story").filter(campaign=scene.row)
    assert sorted(row.version for row in versions) == [1, 2]
    page.get_by_role("link", name="Версия 1").click()
    expect(page.locator(".head")).to_contain_text("версия 1")


def test_the_employer_reads_the_act_and_marks_a_recommendation(page: Page, scene: Scene):
    sign_in(page, HR)
    page.goto("/exams/acts/")
    look(page, "employer-acts")
    page.get_by_role("link", name="№").first.click()
    expect(page.locator("#item-18 b a")).to_have_count(0)
    page.locator("#item-23 b a").click()
    expect(page.locator("tbody")).to_contain_text(scene_name(scene, ILL))
    expect(page.locator("body")).not_to_contain_text("H83")
    look(page, "employer-item-23")
    page.go_back()
    page.get_by_role("link", name="Отметить исполнение").first.click()
    page.get_by_text("Выполнена частично").click()
    page.get_by_label("Что сделано").fill("переведён один работник")
    look(page, "employer-mark")
    page.get_by_role("button", name="Записать").click()
    expect(page.locator("#item-28")).to_contain_text("ереведён один работник")
