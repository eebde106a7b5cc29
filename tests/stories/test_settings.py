"""What people set for themselves: norms of a clinic, wordings, limits, other systems; looked at in both sizes."""

from playwright.sync_api import Page

from .browser import look, sign_in


def test_the_clinic_sets_a_norm_and_the_list_shows_it(page: Page) -> None:
    sign_in(page, "clinic")
    page.goto("/exams/norms/new/")
    look(page, "norm-new")
    indicator = page.locator("select[name=indicator]")
    indicator.select_option(
        label=next(t for t in indicator.locator("option").all_inner_texts() if "SpO" in t)
    )
    page.fill("input[name=low]", "94")
    page.fill("input[name=basis]", "паспорт прибора")
    page.click("button.main-act")
    page.wait_for_url("**/exams/norms/")
    assert page.get_by_text("≥ 94").count() == 1
    look(page, "norms")
    page.goto("/reference/calendar/")
    look(page, "calendar")


def test_the_security_desk_words_notices_and_limits_files(page: Page) -> None:
    sign_in(page, "security")
    for name in ("messages/wordings", "messages/wordings/referral_issued", "exchange/limits", "webhooks"):
        page.goto(f"/{name}/")
        look(page, name.replace("/", "-"))


def test_an_employer_subscribes_another_system(page: Page) -> None:
    sign_in(page, "employer")
    page.goto("/webhooks/new/")
    look(page, "webhook-new")
    page.fill("input[name=url]", "https://mis.example.ru/events")
    page.click("button.main-act")
    page.get_by_text("больше он не покажется").wait_for()
    look(page, "webhook-key")
    page.get_by_role("link", name="Готово").click()
    page.get_by_text("ждёт допуска").wait_for()
    look(page, "webhook")
