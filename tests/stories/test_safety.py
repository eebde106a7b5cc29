"""A safety engineer: a late measure, an injury explained by its sick leave, the trend; all on the screens."""

from playwright.sync_api import Page, expect

from .browser import look, sign_in


def test_from_an_incident_to_a_measure_and_the_trend(page: Page) -> None:
    sign_in(page, "employer")
    page.goto("/safety/measures/?tab=late")
    look(page, "safety-measures")
    page.goto("/safety/measures/?tab=done")
    page.get_by_role("link", name="Кабина наблюдения у пилы").click()
    expect(page.get_by_text("снизился на 11,5 дБА")).to_be_visible()
    look(page, "safety-measure")

    page.goto("/safety/incidents/?tab=micro")
    look(page, "safety-incidents")
    page.locator("tbody a").first.click()
    page.get_by_role("link", name="Мероприятие", exact=True).click()
    page.locator("#id_title").fill("Перчатки от порезов у разборки пачек")
    page.locator("#id_control").select_option("ppe")
    page.locator("#id_due_on").fill("31.12.2030")
    look(page, "safety-measure-add")
    page.get_by_role("button", name="Запланировать").click()
    expect(page.get_by_text("По происшествию")).to_be_visible()
    page.get_by_role("link", name="№ МТ-").click()
    expect(page.get_by_role("link", name="Перчатки от порезов у разборки пачек")).to_be_visible()
    look(page, "safety-incident")

    page.goto("/safety/indicators/")
    expect(page.get_by_text("Опасных ситуаций на 100")).to_be_visible()
    expect(page.locator("x-chart")).to_have_attribute("data-state", "drawn")
    look(page, "safety-indicators")
