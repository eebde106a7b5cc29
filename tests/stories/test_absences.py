"""A personnel officer writes a sick leave down and reads what the year was like; nothing there is medical."""

import re

from playwright.sync_api import Page, expect

from .browser import look, sign_in


def test_a_sick_leave_is_written_and_counted(page: Page) -> None:
    sign_in(page, "employer")
    page.goto("/absences/")
    look(page, "absences")
    page.get_by_role("link", name=re.compile("Листки нетрудоспособности")).click()
    page.wait_for_url("**tab=sick*")
    with page.expect_download() as given:
        page.get_by_role("link", name="В Excel").click()
    assert "tab=sick" in given.value.url  # the head of the page was drawn before the tab was chosen
    page.goto("/absences/add/")
    look(page, "absence-add")
    page.locator("#id_worker").fill("а")
    page.goto("/absences/?tab=sick")
    page.locator("tbody a").first.click()
    expect(page.get_by_text("Диагноз")).to_have_count(0)
    look(page, "absence")
    page.goto("/absences/analysis/")
    expect(page.get_by_text("Случаев на 100").first).to_be_visible()
    for chart in page.locator("x-chart").all():
        expect(chart).to_have_attribute("data-state", re.compile("drawn|empty"))
    look(page, "absences-analysis", full=True)
