"""A safety engineer loads his staff list: file, columns, preview, commit, undo."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from medtrud.domains.hazards.tests.conftest import HEAD, man, sheet
from medtrud.engines.access.public import account_open, seat_give
from medtrud.engines.background.public import run_pending
from medtrud.engines.store.public import today
from medtrud.kernel.actor import Actor, Role
from medtrud.registries.organizations.public import organization_open
from medtrud.registries.organizations.types import Kind, Requisites

from .browser import look, sign_in

JOB = Actor.job("story")
LOGIN = "staff-importer"


@pytest.fixture(scope="module")
def engineer(own_database, django_db_blocker) -> str:
    with django_db_blocker.unblock():
        plant = organization_open(
            JOB, kind=Kind.EMPLOYER, requisites=Requisites(name="АО «Вагонное депо»"), since=today()
        )
        account = account_open(JOB, login=LOGIN, password="long-enough-Password-7")
        seat_give(JOB, account=account, role=Role.EMPLOYER, since=today(), organization=plant.pk)
    return LOGIN


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    bad = [man(900, СНИЛС="112-233-445 96"), man(901, **{"Вредные факторы": "4.44"}), man(902, Пол="ж")]
    rows = [*(man(number) for number in range(800, 812)), *bad]
    odd = [*HEAD[:-3], "С какого дня", "Пункты", "Насколько вредно"]
    made = {"good": tmp_path / "Штат на март.xlsx", "odd": tmp_path / "Список из 1С.xlsx"}
    made["good"].write_bytes(sheet(rows))
    made["odd"].write_bytes(sheet([man(850)], ["Кто", *odd[1:]]))
    return made


def test_a_list_is_loaded_looked_at_committed_and_taken_back(
    page: Page, engineer: str, files: dict[str, Path]
):
    sign_in(page, engineer)
    page.goto("/exchange/")
    look(page, "import-empty")
    page.get_by_role("link", name="Загрузить: список работников").first.click()
    look(page, "import-upload")
    page.locator("input[type=file]").set_input_files(files["good"])
    page.get_by_role("button", name="Загрузить и проверить").click()
    expect(page.get_by_text("Ждёт очереди")).to_be_visible()
    look(page, "import-work")
    run_pending()
    expect(page.get_by_text("не сходится контрольное число")).to_be_visible()
    look(page, "import-preview", full=True)
    page.get_by_role("button", name="Загрузить строки без ошибок").click()
    run_pending()
    expect(page.get_by_role("heading", name="Загружено")).to_be_visible()
    look(page, "import-result")
    page.goto("/exchange/")
    look(page, "import-list")
    page.get_by_role("link", name="Штат на март.xlsx").click()
    page.get_by_role("button", name="Отменить загрузку").click()
    page.get_by_role("dialog").get_by_role("button", name="Отменить загрузку").click()
    run_pending()
    expect(page.get_by_text("Загрузка отменена")).to_be_visible()


def test_unknown_columns_are_chosen(page: Page, engineer: str, files: dict[str, Path]):
    sign_in(page, engineer)
    page.goto("/exchange/new/staff/")
    page.locator("input[type=file]").set_input_files(files["odd"])
    page.get_by_role("button", name="Загрузить и проверить").click()
    expect(page.get_by_text("Ждёт очереди")).to_be_visible()
    run_pending()
    expect(page.get_by_text("Не узнаны обязательные столбцы")).to_be_visible()
    look(page, "import-columns", full=True)
