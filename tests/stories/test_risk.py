"""The commission opens a forecast and what-if, the worker reads it in plain words, the employer sees numbers."""

import datetime as dt

import pytest
from playwright.sync_api import Page, expect

from medtrud.domains.exams.actions.line import results_record
from medtrud.domains.exams.models import ExamLine
from medtrud.domains.exams.tests.world import DAY, HEIGHT, JOB, NOISE, World, normal_values
from medtrud.domains.exams.types.results import NewResult
from medtrud.domains.risk.public import forecasts_make_many
from medtrud.engines.access.public import account_open, seat_give
from medtrud.engines.store.public import today
from medtrud.kernel.actor import Role

from .browser import look, sign_in

SAID = {
    "АД": {"pressure": "165/95"},
    "общий холестерин": {"cholesterol": "6,8"},
    "анкетирование": {"smoking": "да"},
    "антропометрия (ИМТ)": {"height": "178", "weight": "96", "waist": "104"},
}


@pytest.fixture(scope="module")
def world(own_database) -> World:
    """One smoker with high pressure in noise, measured at his examination."""
    world = World()
    job = world.worker("Рисков", world.place("Токарь", NOISE), born=dt.date(1969, 1, 1))
    world.quiet = world.place("Монтажник", HEIGHT)[1]
    world.job = job
    world.campaign()
    exam = world.start(job)
    lines = {line.title: line for line in ExamLine.objects.unscoped("story").filter(exam=exam)}
    results = [
        NewResult(
            DAY, normal_values(title, "male", DAY) | given, kind=lines[title].kind, code=lines[title].code
        )
        for title, given in SAID.items()
    ]
    results_record(world.doctor, exam=exam.uid, results=results)
    forecasts_make_many(JOB, persons=[job.person_id], on=today())
    for login, role, organization, person in (
        ("risk-chair", Role.COMMISSION, world.clinic.pk, None),
        ("risk-worker", Role.WORKER, None, job.person_id),
        ("risk-employer", Role.EMPLOYER, world.plant.pk, None),
    ):
        account = account_open(JOB, login=login, password="x", person=person)
        seat_give(JOB, account=account, role=role, since=dt.date(2025, 1, 1), organization=organization)
    return world


def test_a_forecast_opens_everything_behind_its_figure(page: Page, world: World) -> None:
    sign_in(page, "risk-chair")
    page.goto("/risk/")
    page.get_by_role("link", name="Рисков").first.click()
    item = page.locator("details.risk-item").first
    item.locator("summary").click()
    expect(item.get_by_text("165/95 мм рт. ст.")).to_be_visible()
    expect(item.get_by_text("источником не дан", exact=True)).to_be_visible()
    look(page, "risk-forecasts")
    page.get_by_role("link", name="Что, если").click()
    page.get_by_label("Другое рабочее место").focus()
    page.keyboard.type(world.quiet.title[:4].lower())
    expect(page.get_by_role("option", name=world.quiet.title)).to_be_visible()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.locator("#found")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("link", name="Сбросить")).to_be_focused()
    expect(page.get_by_text("Добавятся")).to_be_visible()
    look(page, "risk-what-if")
    page.goto("/risk/models/bmi/?weight=96&height_m=1,78")
    expect(page.get_by_text("30,3 кг/м²").first).to_be_visible()
    look(page, "risk-model")
    page.goto("/risk/models/")
    look(page, "risk-models")


def test_the_worker_and_the_employer_see_each_his_own(page: Page, world: World) -> None:
    sign_in(page, "risk-worker")
    page.goto("/risk/mine/")
    expect(page.get_by_text("Из 100 человек вашего возраста и пола").first).to_be_visible()
    look(page, "risk-own")
    sign_in(page, "risk-employer")
    page.goto("/risk/groups/?cut=post")
    expect(page.get_by_text("Рисков")).to_have_count(0)
    expect(page.get_by_text("не показывается").first).to_be_visible()
    look(page, "risk-groups")
