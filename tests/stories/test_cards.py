"""A safety engineer takes a report of conditions in, finds the wrong class, confirms codes, writes a card."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from medtrud.domains.exams.tests.world import JOB, World
from medtrud.domains.hazards.tests.sout_xml import SIMILAR, alike, assessed, report
from medtrud.engines.access.public import account_open, seat_give
from medtrud.engines.background.public import run_pending
from medtrud.engines.store.public import today
from medtrud.kernel.actor import Role

from .browser import look, sign_in

LOGIN = "cards-story"


@pytest.fixture(scope="module")
def world(own_database: None, django_db_blocker) -> Iterator[World]:
    with django_db_blocker.unblock():
        world = World()
        world.worker("Кузнецов", world.place("Кузнец на прессе", ("4.4",)))
        account = account_open(JOB, login=LOGIN, password="x")
        since = today().replace(year=2025, day=1)
        seat_give(JOB, account=account, role=Role.EMPLOYER, since=since, organization=world.plant.pk)
        yield world


@pytest.mark.usefixtures("db")
def test_a_report_from_file_to_codes(page: Page, world: World, tmp_path: Path):
    path = tmp_path / "отчёт.suot.xml"
    text = report(
        alike("2", "5А"), SIMILAR.format(number="5А", stated="3.1"), assessed("2"),
        assessed("3", value=88.4, stated="3.1", title="Кузнец"),
        assessed("4", tool="T9", title="Обрубщик"), inn=world.plant.inn,
    )  # fmt: skip
    path.write_text(text)
    sign_in(page, LOGIN)
    page.goto("/hazards/cards/")
    page.get_by_role("link", name="Загрузить отчёт").first.click()
    look(page, "sout_upload")
    page.get_by_label("Файл .suot или .xml").set_input_files(path)
    page.get_by_role("button", name="Загрузить и сравнить").click()
    page.wait_for_url("**/reports/files/**")
    run_pending()
    expect(page.get_by_text("Различия с действующими картами")).to_be_visible(timeout=20_000)
    expect(page.get_by_text("средства измерений «T9» в списке лаборатории нет")).to_be_visible()
    look(page, "sout_differences")
    page.get_by_role("button", name="Загрузить карты").click()
    expect(page.get_by_text("идёт загрузка").first).to_be_visible()
    run_pending()
    expect(page.get_by_text("Классы рабочих мест записаны")).to_be_visible(timeout=20_000)
    page.get_by_role("link", name="Подтвердить коды приказа № 29н").click()
    look(page, "sout_codes")
    page.get_by_role("button", name="Подтвердить").click()
    expect(page.get_by_text("Коды подтверждены")).to_be_visible()

    page.goto("/hazards/cards/?tab=differs")
    look(page, "sout_cards")
    page.get_by_role("link", name="Кузнец").click()
    page.get_by_text("Почему такой класс").click()
    expect(page.get_by_text("больше 85")).to_be_visible()
    look(page, "sout_card")
    page.get_by_role("link", name="Отчёт СОУТ").first.click()
    look(page, "sout_report")


def test_a_card_by_hand_shows_its_class_while_one_types(page: Page, world: World):
    sign_in(page, LOGIN)
    page.goto("/hazards/cards/new/")
    page.get_by_label("Номер рабочего места").fill("77")
    page.get_by_label("Должность (профессия)").fill("Слесарь")
    page.locator("#id_indicator_0").select_option("noise_laeq")
    page.locator("#id_value_0").fill("88,4")
    page.locator("#id_class_0").select_option("3.1")
    expect(page.get_by_text("в карте другой")).to_be_visible()
    look(page, "sout_edit")
    page.get_by_role("button", name="Записать карту").click()
    expect(page.get_by_text("Карта записана")).to_be_visible()


def test_the_changes_of_the_contingent_are_approved(page: Page, world: World):
    sign_in(page, LOGIN)
    page.goto("/exams/contingent/changes/")
    expect(page.get_by_text("обязывают: 4.4").first).to_be_visible()
    look(page, "contingent_changes")
    page.get_by_role("button", name="Утвердить все").click()
    page.get_by_role("button", name="Утвердить", exact=True).click()
    expect(page.get_by_text("Изменений нет")).to_be_visible()
