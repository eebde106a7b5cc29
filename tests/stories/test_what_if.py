"""Another level, protection, place, day of the rules compared by keys alone; health is not the employer's."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from medtrud.engines.access.public import accounts
from medtrud.kernel.actor import Actor
from medtrud.registries.organizations.public import Employment, employments_of

from .browser import look, sign_in

JOB = Actor.job("stories")
MANY = 80  # presses of Tab from one field of a page to another, the menu included


@pytest.fixture(scope="module")
def job(own_database: None, django_db_blocker) -> Iterator[Employment]:
    """Return the present job of a man with a measured career."""
    with django_db_blocker.unblock():
        person = accounts(JOB).get(login="gromov").person
        yield next(job for job in employments_of(JOB, person=person or 0) if job.until is None)


def test_a_physician_compares_by_keys_alone(page: Page, job: Employment) -> None:
    sign_in(page, "commission")
    page.goto(f"/risk/persons/{job.person.uid}/")
    by_key(page, page.get_by_role("link", name="Что, если"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Что изменить")).to_be_visible()

    typed(page, "noise", "78")
    page.keyboard.press("Enter")
    told(page, "Шум за смену", "84 дБА", "78 дБА")
    told(page, "Класс условий", "3.2", "3.2")
    told(page, "Шум: средний уровень за стаж", "дБА", "дБА", changed=True)
    told(page, "Слух, середина людей", "дБ", "дБ", changed=True)
    look(page, "what-if-level", full=True)

    again(page)
    typed(page, "reduction", "15")
    page.keyboard.press("Enter")
    told(page, "СИЗ органа слуха", "не учтены", "−15 дБ")
    told(page, "Слух, середина людей", "дБ", "дБ", changed=True)


def test_another_workplace_is_found_by_its_words_and_another_day_has_its_rules(
    page: Page, job: Employment
) -> None:
    sign_in(page, "commission")
    page.goto(f"/exams/jobs/{job.uid}/what-if/")
    typed(page, "workplace", "бухг")
    expect(page.get_by_role("option", name="Бухгалтер")).to_be_visible()
    page.keyboard.press("Enter")  # takes the place that is offered first
    expect(page.locator("#id_workplace")).to_have_value("Бухгалтер, Бухгалтерия")
    page.keyboard.press("Enter")
    told(page, "Класс условий", "3.2", "2", changed=True)
    told(page, "Периодичность", "раз в 12 мес.", "осмотр не обязателен", changed=True)
    look(page, "what-if-place", full=True)

    again(page)
    typed(page, "on", "01.03.2021")
    page.keyboard.press("Enter")
    expect(page.get_by_text("На выбранный день")).to_be_visible()
    expect(page.get_by_text("Не понадобятся")).to_have_count(0)
    look(page, "what-if-day", full=True)


def test_the_employer_compares_conditions_and_reads_no_forecast(page: Page, job: Employment) -> None:
    sign_in(page, "employer")
    page.goto(f"/exams/jobs/{job.uid}/what-if/?noise=78")
    expect(page.get_by_text("Прогнозы здоровья видят работник и врач")).to_be_visible()
    told(page, "Шум за смену", "84 дБА", "78 дБА")
    for hidden in ("Риск через", "Слух, ", "Слух хуже", "прогноз для группы людей"):
        expect(page.get_by_text(hidden)).to_have_count(0)
    look(page, "what-if-employer", full=True)


def by_key(page: Page, wanted: Locator) -> None:
    """Come to an element by Tab alone."""
    expect(wanted.first).to_be_visible()
    target = wanted.first.element_handle()
    for _ in range(MANY):
        if page.evaluate("element => element === document.activeElement", target):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no way by Tab to {wanted}")


def typed(page: Page, name: str, text: str) -> None:
    by_key(page, page.locator(f"#id_{name}"))
    page.keyboard.type(text)


def again(page: Page) -> None:
    """Go back from the comparison: the form stands right before it."""
    expect(page.locator("#found")).to_be_in_viewport()
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("link", name="Сбросить")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("изменится")).to_have_count(0)


def told(page: Page, title: str, now: str, then: str, *, changed: bool | None = None) -> None:
    """Demand both columns of a line of the comparison."""
    line = page.locator("tbody tr").filter(has_text=title).first
    expect(line.locator("td").nth(1)).to_contain_text(now)
    expect(line.locator("td").nth(2)).to_contain_text(then)
    if changed:
        expect(line.get_by_text("изменится")).to_be_visible()
