"""A safety engineer and a new substance: request, work without permission, decision, training."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from medtrud.domains.exams.tests.world import JOB, World
from medtrud.engines.access.public import account_open, seat_give
from medtrud.engines.store.public import today
from medtrud.kernel.actor import Role
from medtrud.registries.organizations.public import employment_open
from medtrud.registries.people.public import person_register

from .browser import look, sign_in

LOGIN = "substances-story"


@pytest.fixture(scope="module")
def world(own_database: None, django_db_blocker) -> Iterator[World]:
    with django_db_blocker.unblock():
        world = World()
        post, place = world.place("Аппаратчик холодильной станции", ("1.1", "4.4"))
        card = person_register(
            JOB,
            last_name="Ермолаев",
            first_name="Павел",
            middle_name="Ильич",
            birth_date=today().replace(year=1988, day=1),
            sex="male",
        )
        employment_open(
            world.hr,
            person=card.pk,
            post=post.uid,
            workplace=place.uid,
            since=today().replace(year=2020, day=1),
        )
        account = account_open(JOB, login=LOGIN, password="x")
        since = today().replace(year=2025, day=1)
        seat_give(JOB, account=account, role=Role.EMPLOYER, since=since, organization=world.plant.pk)
        yield world


def test_a_substance_from_request_to_permission(page: Page, world: World):
    sign_in(page, LOGIN)
    page.goto("/hazards/substances/")
    page.get_by_role("link", name="Запросить вещество").first.click()
    page.get_by_label("Название").fill("Аммиак")
    page.get_by_label("Номер CAS").fill("7664-41-8")
    page.get_by_label("Какое обучение пройти").fill("Работа с едкими веществами")
    page.get_by_label("Для какой работы").fill("Холодильная станция")
    page.get_by_role("button", name="Отправить на решение").click()
    expect(page.get_by_text("не сходится контрольная цифра").first).to_be_visible()
    page.get_by_label("Номер CAS").fill("7664-41-7")
    page.get_by_role("button", name="Отправить на решение").click()
    expect(page.get_by_text("Стоит в перечне: раздражающего действия")).to_be_visible()

    page.get_by_role("link", name="Где применяется").first.click()
    page.locator("#id_workplace").select_option(index=1)
    page.get_by_role("button", name="Записать").click()
    expect(page.get_by_text("С веществом работают, а разрешения нет")).to_be_visible()
    look(page, "substances-flagged", full=True)
    page.goto("/hazards/substances/flags/")
    expect(page.get_by_text("Ермолаев Павел Ильич")).to_be_visible()
    look(page, "substances-flags")
    decided_and_trained(page)


def decided_and_trained(page: Page) -> None:
    page.get_by_role("link", name="Принять решение").click()
    page.locator("label", has_text="разрешить").click()
    page.get_by_label("Почему").fill("Замены хладагенту нет, вентиляция проверена")
    look(page, "substances-decision")
    page.get_by_role("button", name="Записать решение").click()
    expect(page.get_by_text("разрешено", exact=True).first).to_be_visible()
    page.get_by_role("link", name="Отметить обучение").first.click()
    page.get_by_role("button", name="Записать обучение").click()
    expect(page.get_by_text("Обучение записано, работников: 1")).to_be_visible()
    page.goto("/hazards/substances/")
    expect(page.get_by_role("link", name="Аммиак")).to_be_visible()
    look(page, "substances-list")
