"""Protective equipment and milk: from the list of who is due to the card, from the right to the month."""

import re

from playwright.sync_api import Page, expect

from .browser import look, sign_in


def test_from_who_is_due_to_the_card_and_from_the_right_to_the_month(page: Page) -> None:
    sign_in(page, "employer")
    page.goto("/safety/ppe/")
    look(page, "ppe-due")
    page.get_by_label("Все СИЗ").select_option(label="Перчатки с полимерным покрытием")
    page.get_by_role("link", name=re.compile("Не выдано")).click()
    page.locator("tbody a", has_text="Перчатки").first.click()
    page.locator("#id_quantity").fill("2")
    page.locator("#id_model").fill("Морозко")
    look(page, "ppe-issue")
    page.get_by_role("button", name="Выдать").click()
    expect(page.get_by_role("heading", name="Личная карточка учёта СИЗ")).to_be_visible()
    expect(page.get_by_text("Морозко")).to_be_visible()
    look(page, "ppe-card", full=True)
    page.goto("/safety/ppe/items/?tab=bare")
    expect(page.get_by_text("Очки защитные открытые")).to_be_visible()
    look(page, "ppe-items")
    page.goto("/safety/ppe/norms/")
    look(page, "ppe-norms")
    page.goto("/safety/ppe/demand/?months=6")
    look(page, "ppe-demand")

    page.goto("/safety/nutrition/")
    look(page, "nutrition")
    page.get_by_role("link", name=re.compile("Все во вредных условиях")).click()
    expect(page.locator("tbody .chip").first).to_be_visible()
    look(page, "nutrition-all")
    page.get_by_role("link", name="Ведомость месяца").click()
    page.get_by_role("link", name=re.compile(r"^\d\d\.\d{4}$")).last.click()
    expect(page.get_by_text("исправить").first).to_be_visible()
    look(page, "nutrition-month")
