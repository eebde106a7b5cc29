"""Production control: the safety engineer sees what is due and exceeded, writes a protocol, reads the trend."""

from playwright.sync_api import Page, expect

from .browser import look, sign_in


def test_an_engineer_keeps_the_production_control(page: Page):
    sign_in(page, "employer")
    page.goto("/hazards/control/")
    look(page, "control-programme")
    page.get_by_role("link", name="Загрузить таблицу").click()
    expect(page.get_by_role("heading", name="Программа производственного контроля")).to_be_visible()
    look(page, "control-table")
    page.goto("/hazards/exceedances/")
    look(page, "control-exceedances")
    page.locator("td a").first.click()
    expect(page.get_by_text("Уровень действует со дня измерения", exact=False)).to_be_visible()
    look(page, "control-trend", full=True)
    page.goto("/hazards/protocols/")
    look(page, "control-protocols")
    page.locator("td a").first.click()
    expect(page.get_by_role("heading", name="Средства измерений")).to_be_visible()
    look(page, "control-protocol")
    page.goto("/hazards/protocols/record/")
    look(page, "control-record", full=True)
