"""Forty years on one sheet: looked at whole, closer by keys, by pointer, on a phone, in the dark of print."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from medtrud.domains.record.public import measurements_declare
from medtrud.engines.access.public import account_open, seat_give
from medtrud.kernel.actor import Role
from tests.career import BEGUN, JOB, career, hearing, worker

from .browser import look, sign_in

LOGIN = "trajectory-story"


@pytest.fixture(scope="module")
def veteran(own_database: None, django_db_blocker) -> Iterator[None]:
    with django_db_blocker.unblock():
        person = worker("Старцев")
        career(person, jobs=6, events=400, leaves=20)
        measurements_declare(hearing(person))
        account = account_open(JOB, login=LOGIN, password="x", person=person.pk)
        seat_give(JOB, account=account, role=Role.WORKER, since=BEGUN)
        yield


def test_a_life_is_looked_at_whole_and_closer(page: Page, veteran: None):
    sign_in(page, LOGIN)
    page.goto("/record/mine/")
    look(page, "trajectory")
    years = page.locator(".zoom .span")
    expect(years).to_have_text("1986–2026")

    page.locator("[data-trajectory]").focus()
    page.keyboard.press("+")
    expect(years).to_have_text("1997–2016")
    page.keyboard.press("+")
    expect(years).to_have_text("2002–2011")
    page.keyboard.press("ArrowRight")
    expect(years).to_have_text("2007–2016")
    look(page, "trajectory-closer")
    page.locator("[data-trajectory]").focus()
    page.keyboard.press("0")
    expect(years).to_have_text("1986–2026")

    box = page.locator("svg.wide-sheet").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + 8)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.7, box["y"] + 8)
    page.mouse.up()
    expect(years).not_to_have_text("1986–2026")
    page.get_by_role("link", name="Вся жизнь").click()
    expect(years).to_have_text("1986–2026")

    page.emulate_media(media="print")
    expect(page.locator("svg.wide-sheet .stretch").first).to_be_visible()
    expect(page.get_by_role("link", name="Вся жизнь")).to_be_hidden()
