"""The employer's job on the screens: a campaign, its list, why, approval, referrals, admission."""

import datetime as dt
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from medtrud.domains.exams.actions.campaign import campaign_agree
from medtrud.domains.exams.models import Campaign
from medtrud.domains.exams.tests.world import JOB, World
from medtrud.engines.access.public import account_open, seat_give
from medtrud.engines.background.public import run_pending
from medtrud.engines.store.public import today
from medtrud.kernel.actor import Role
from medtrud.registries.organizations.public import employment_open
from medtrud.registries.people.public import person_register

from .browser import look, sign_in

LOGIN = "employer-story"
PEOPLE = (
    ("Белякова", "Ирина", "Олеговна", dt.date(1984, 6, 11), "female"),
    ("Вершинин", "Павел", "Сергеевич", dt.date(1969, 2, 27), "male"),
    ("Гордеев", "Никита", "Павлович", dt.date(2006, 9, 4), "male"),
    ("Дьяконова", "Мария", "Игоревна", dt.date(1991, 12, 19), "female"),
    ("Егоров", "Тимофей", "Андреевич", dt.date(1977, 4, 8), "male"),
    ("Журавлёв", "Степан", "Ильич", dt.date(1982, 10, 30), "male"),
)


@pytest.fixture(scope="module")
def world(own_database: None, django_db_blocker) -> Iterator[World]:
    with django_db_blocker.unblock():
        world = World()
        where = world.place("Токарь-универсал", ("4.4", "1.3"))
        high = world.place("Монтажник стальных конструкций", ("6.1", "4.4", "4.3.1"), "3.2")
        for number, (last, first, middle, born, sex) in enumerate(PEOPLE):
            post, place = high if number % 3 else where
            card = person_register(
                JOB, last_name=last, first_name=first, middle_name=middle, birth_date=born, sex=sex
            )
            employment_open(
                world.hr, person=card.pk, post=post.uid, workplace=place.uid, since=dt.date(2020, 6, 1)
            )
        run_pending()
        account = account_open(JOB, login=LOGIN, password="x")
        seat_give(
            JOB, account=account, role=Role.EMPLOYER, since=dt.date(2025, 1, 1), organization=world.plant.pk
        )
        yield world


def test_from_a_new_campaign_to_a_printed_referral(page: Page, world: World):
    sign_in(page, LOGIN)
    page.goto("/employer/")
    expect(page.get_by_role("heading", name="Сегодня не допущены")).to_be_visible()
    look(page, "employer-desk")

    page.get_by_role("link", name="Новая кампания").first.click()
    since = today() + dt.timedelta(days=90)
    page.get_by_label("Название").fill("Осмотр года")
    page.get_by_label("Медицинская организация").select_option(index=1)
    page.get_by_label("Первый день осмотров").fill(f"{since:%d.%m.%Y}")
    page.get_by_label("Последний день осмотров").fill(f"{since + dt.timedelta(days=20):%d.%m.%Y}")
    look(page, "employer-campaign-new")
    page.get_by_role("button", name="Открыть кампанию").click()
    page.get_by_role("button", name="Сформировать список").click()
    run_pending()
    page.wait_for_timeout(1500)
    row = Campaign.objects.visible_to(world.hr).get()
    page.goto(f"/exams/campaigns/{row.uid}/")
    look(page, "employer-campaign")

    page.get_by_role("link", name="Открыть список").click()
    expect(page.get_by_text("Белякова Ирина Олеговна")).to_be_visible()
    look(page, "employer-roll")
    page.get_by_role("link", name="Белякова Ирина Олеговна").click()
    expect(page.get_by_text("врач-оториноларинголог").first).to_be_visible()
    look(page, "employer-why")

    approved(page, world, row)


def approved(page: Page, world: World, row: Campaign) -> None:
    page.goto(f"/exams/campaigns/{row.uid}/")
    page.get_by_role("button", name="Утвердить список").click()
    page.get_by_role("button", name="Утвердить", exact=True).click()
    expect(page.get_by_role("heading", name="Список у клиники")).to_be_visible()
    campaign_agree(world.registrar, campaign=row.uid, on=today())
    page.reload()
    page.get_by_role("button", name="Выдать направления").click()
    page.get_by_role("button", name="Выдать", exact=True).click()
    page.wait_for_url("**/background/**")
    run_pending()
    page.goto("/exams/referrals/")
    look(page, "employer-referrals")
    page.get_by_role("link", name="Егоров Тимофей Андреевич").click()
    look(page, "employer-referral")
    page.get_by_role("button", name="Вручено").click()
    expect(page.get_by_text("Вручение записано")).to_be_visible()
    printed = page.request.get(page.get_by_role("link", name="Печать").get_attribute("href"))
    assert printed.body().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("admission", "/exams/admission/"),
        ("contingent", "/exams/contingent/"),
        ("visits", "/exams/visits/"),
        ("copies", "/exams/copies/"),
        ("applicant", "/exams/referrals/applicant/"),
        ("incapacity", "/exams/incapacity/"),
        ("campaigns", "/exams/campaigns/"),
    ],
)
def test_every_list_of_the_employer_is_whole(page: Page, world: World, name: str, address: str):
    sign_in(page, LOGIN)
    page.goto(address)
    look(page, f"employer-{name}")
