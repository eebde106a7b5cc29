"""A letter goes along a route of five steps that was designed on the screen: side by side, late, by a substitute."""

import datetime as dt

import pytest

from medtrud.domains.documents.models import PassageStep
from medtrud.engines.access.models import Account, Seat
from medtrud.engines.access.public import account_open, seat_give
from medtrud.engines.store.public import today
from medtrud.kernel.actor import Actor, Role

from .browser import look, sign_in

JOB = Actor.job("story")
STEPS = (
    (1, "register", "secretary", "1"),
    (2, "review", "lawyer", "3"),
    (2, "approve", "safety", "3"),
    (3, "resolve", "head", "2"),
    (4, "acquaint", "safety", ""),
)


@pytest.fixture
def staff():
    """Seat five colleagues beside the employer of the demo."""
    account = Account.objects.unscoped("story").get(login="employer")
    house = Seat.objects.unscoped("story").filter(account=account, role=Role.EMPLOYER).first().organization
    found = {}
    for login in ("secretary", "lawyer", "safety", "head", "deputy"):
        made = account_open(JOB, login=login, password="Тихая-вода-7")
        seat_give(JOB, account=made, role=Role.EMPLOYER, since=dt.date(2024, 1, 9), organization=house)
        found[login] = str(made.pk)
    return found


def answer(page, login, text=""):
    """Answer the only step that waits for somebody."""
    sign_in(page, login)
    page.goto("/documents/steps/")
    page.locator("tbody a").first.click()
    page.locator("[name=answer]").first.wait_for()
    if page.locator("select[name=answer]").count():
        page.select_option("select[name=answer]", "yes")
    else:
        page.locator("[name=answer][value=yes]").check(force=True)
    page.fill("[name=text]", text)
    page.get_by_role("button", name="Ответить").click()
    page.get_by_text("Ответ записан").first.wait_for()


def choose(page, name, value):
    """Choose a value of a field, drawn as a list or as marks."""
    if page.locator(f"select[name={name}]").count():
        page.select_option(f"select[name={name}]", value)
    else:
        page.locator(f"[name={name}][value={value}]").check(force=True)


def designed(page, staff):
    """Design the route, step by step, and put it to work."""
    page.goto("/documents/routes/new/")
    page.fill("[name=title]", "Входящие письма")
    choose(page, "kind", "letter_in")
    page.get_by_role("button", name="Завести маршрут").click()
    for order, deed, who, days in STEPS:
        page.locator("[name=order]").first.wait_for()
        page.fill("[name=order]", str(order))
        choose(page, "deed", deed)
        choose(page, "account", staff[who])
        page.fill("[name=days]", days)
        page.get_by_role("button", name="Добавить шаг").click()
        page.get_by_text("Шаг добавлен").first.wait_for()
    look(page, "route-design")
    page.get_by_role("button", name="Ввести в действие").click()
    page.locator("dialog[open]").get_by_role("button", name="Ввести").click()
    page.get_by_text("Маршрут введён в действие").first.wait_for()


def entered(page):
    """Enter a letter and send it along the route; return its address."""
    page.goto("/documents/new/")
    choose(page, "kind", "letter_in")
    page.fill("[name=title]", "О сроках периодического осмотра")
    page.fill("[name=party_name]", "ООО «Ромашка»")
    page.fill("[name=came_on]", f"{today():%d.%m.%Y}")
    page.set_input_files(
        "[name=file]", {"name": "письмо.txt", "mimeType": "text/plain", "buffer": "текст".encode()}
    )
    page.get_by_role("button", name="Завести документ").click()
    page.get_by_text("Документ заведён").first.wait_for()
    address = page.url
    page.get_by_role("link", name="По маршруту").click()
    page.locator("[name=route]").first.wait_for()
    if page.locator("select[name=route]").count():
        page.select_option("select[name=route]", label="Входящие письма")
    else:
        page.locator("[name=route]").first.check(force=True)
    page.get_by_role("button", name="Отправить").click()
    page.get_by_text("Документ отправлен по маршруту").first.wait_for()
    return address


def substituted(page, staff):
    """Let the deputy answer for the head."""
    page.goto("/documents/substitutions/new/")
    choose(page, "account", staff["head"])
    choose(page, "substitute", staff["deputy"])
    page.fill("[name=since]", f"{today():%d.%m.%Y}")
    page.fill("[name=until]", f"{today() + dt.timedelta(days=10):%d.%m.%Y}")
    page.locator("button[data-done]").click()
    page.wait_for_url("**/substitutions/")


def test_a_route_of_five_steps_is_designed_and_run(page, staff):
    sign_in(page, "employer")
    designed(page, staff)
    substituted(page, staff)
    address = entered(page)
    sign_in(page, "secretary")
    page.goto("/documents/steps/")
    page.locator("tbody a").first.click()
    look(page, "route-step")
    page.get_by_role("link", name="Зарегистрировать").click()
    page.get_by_role("button", name="Выдать номер").click()
    page.get_by_text("Зарегистрирован:").first.wait_for()
    answer(page, "secretary")
    answer(page, "safety", "замечаний нет")
    waits = PassageStep.objects.unscoped("three days have passed")
    waits.filter(state="asked").update(due=today() - dt.timedelta(days=3))
    sign_in(page, "lawyer")
    page.goto("/documents/steps/?tab=late")
    page.get_by_text("просрочено").first.wait_for()
    look(page, "route-late")
    answer(page, "lawyer")
    answer(page, "deputy", "Подготовить списки к понедельнику")
    answer(page, "safety")
    sign_in(page, "employer")
    page.goto(address)
    page.get_by_text("пройден").first.wait_for()
    for said in ("вместо: head", "Подготовить списки к понедельнику", "замечаний нет"):
        assert page.get_by_text(said).first.is_visible()
    look(page, "route-done", full=True)
    page.goto("/documents/")
    look(page, "documents-list")


def test_a_paper_copy_and_a_sheet_of_acquaintance(page):
    sign_in(page, "employer")
    page.goto("/documents/new/")
    choose(page, "kind", "memo")
    page.fill("[name=title]", "О проветривании")
    page.set_input_files("[name=file]", {"name": "a.txt", "mimeType": "text/plain", "buffer": b"text"})
    page.get_by_role("button", name="Завести документ").click()
    page.get_by_text("Документ заведён").first.wait_for()
    page.goto("/documents/paper-copies/")
    look(page, "paper-copies")
    page.goto("/documents/acquaintance/")
    look(page, "acquaintance")
    sign_in(page, "worker")
    page.goto("/documents/acquaintance/mine/")
    look(page, "acquaintance-mine")
