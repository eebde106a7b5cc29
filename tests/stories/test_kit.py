"""The kit shows every part; what is wrong here is wrong on every screen."""

import re

import brotli
import pytest
from playwright.sync_api import Page, expect

from .browser import look, press, sign_in


@pytest.fixture(autouse=True)
def _signed_in(page: Page) -> None:
    sign_in(page, "security")


def test_every_part_looks_right_at_both_sizes(page: Page):
    for name in ("kit", "kit/list", "kit/form", "kit/entry"):
        page.goto(f"/ui/{name}/")
        look(page, name.replace("/", "-"))


def test_every_part_has_a_version_for_the_visually_impaired(page: Page):
    page.goto("/ui/kit/")
    page.locator(".side .foot").click()
    page.locator("#me").get_by_text("для слабовидящих").click()
    expect(page.locator("html")).to_have_attribute("data-vision", "high")
    for name in ("kit", "kit/list", "kit/entry"):
        page.goto(f"/ui/{name}/")
        look(page, f"{name.replace('/', '-')}-high")


def test_a_list_is_worked_by_keys_of_the_russian_layout(page: Page):
    page.goto("/ui/kit/list/")
    for _ in range(3):
        press(page, "KeyJ", "о")
    expect(page.locator("tbody tr").nth(2)).to_be_focused()
    press(page, "KeyX", "ч")
    press(page, "KeyK", "л")
    press(page, "KeyX", "ч")
    expect(page.locator(".bulk [data-count]")).to_have_text("2")
    look(page, "kit-list-marked")
    page.get_by_role("button", name="Отметить", exact=True).click()
    expect(page.locator(".toast")).to_have_text("Отмечено: 2 строки.")


def test_a_range_is_marked_with_shift_and_dropped_with_escape(page: Page):
    page.goto("/ui/kit/list/")
    boxes = page.locator("tbody .box input")
    boxes.nth(1).click()
    boxes.nth(4).click(modifiers=["Shift"])
    expect(page.locator(".bulk [data-count]")).to_have_text("4")
    page.locator("tbody tr").first.focus()
    page.keyboard.press("Escape")
    expect(page.locator(".bulk")).to_be_hidden()


def test_a_filter_keeps_the_focus_and_the_way_back(page: Page):
    page.goto("/ui/kit/list/")
    page.keyboard.press("/")
    field = page.get_by_role("searchbox")
    expect(field).to_be_focused()
    field.press_sequentially("account", delay=20)
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(field).to_be_focused()
    expect(field).to_have_value("account")
    assert "q=account" in page.url
    page.go_back()
    expect(page.locator("tbody tr")).to_have_count(10)


def test_sorting_and_paging_replace_the_table_only(page: Page):
    page.goto("/ui/kit/list/")
    page.evaluate("window.stays = true")
    page.get_by_role("link", name="Номер").click()
    expect(page.locator("th[aria-sort=ascending]")).to_contain_text("Номер")
    press(page, "BracketRight", "ъ")
    expect(page.locator(".pager")).to_contain_text("11–20")
    assert page.evaluate("window.stays")


def test_the_palette_opens_a_section(page: Page):
    page.goto("/ui/kit/list/")
    page.keyboard.press("Control+k")
    expect(page.get_by_role("combobox", name="Поиск и команды")).to_be_focused()
    look(page, "kit-palette")
    page.keyboard.press("Escape")
    expect(page.locator("#palette")).to_be_hidden()


def test_f1_shows_every_key_of_the_screen(page: Page):
    page.goto("/ui/kit/list/")
    page.keyboard.press("F1")
    expect(page.locator("#keys")).to_contain_text("К поиску в списке")
    expect(page.locator("#keys")).not_to_contain_text("Норма")
    look(page, "kit-keys")
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()
    page.goto("/ui/kit/entry/")
    page.keyboard.press("F1")
    expect(page.locator("#keys")).to_contain_text("Норма всех разделов")
    look(page, "kit-entry-keys")


def test_a_normal_examination_takes_few_keys(page: Page):
    page.goto("/ui/kit/entry/")
    keys = page.keyboard
    page.locator("#id_complaints").focus()
    keys.press("Alt+Shift+N")
    expect(page.locator("#id_breath")).to_have_value("везикулярное")
    page.locator("#id_height").focus()
    for typed in ("176", "82,5", "36,6", "12080", "72"):
        keys.type(typed)
        keys.press("Enter")
    page.locator("#id_diagnosis").focus()
    keys.type("шум")
    page.get_by_role("option").first.wait_for()
    keys.press("Enter")
    expect(page.locator("#id_diagnosis")).to_have_value("H83.3")
    keys.press("Enter")
    keys.press("2")
    assert page.evaluate("document.activeElement.name") == "verdict"
    keys.press("1")
    expect(page.locator("#saved")).to_contain_text("Черновик сохранён")
    expect(page.locator("#filled")).to_contain_text("19 из 19")
    keys.press("Control+Enter")
    expect(page.locator(".toast")).to_have_text("Осмотр завершён.")


def test_digits_and_norms_work_in_the_russian_layout(page: Page):
    page.goto("/ui/kit/entry/")
    page.locator("input[name=smoking]").first.focus()
    press(page, "Digit2", "2")
    expect(page.locator("input[name=smoking]").nth(1)).to_be_checked()
    page.locator("#id_skin").focus()
    press(page, "KeyN", "т", altKey=True)
    expect(page.locator("#id_joints")).to_have_value("объём движений полный")
    expect(page.locator("#id_complaints")).to_have_value("")


def test_what_is_typed_wrong_is_said_at_once_and_what_is_beyond_the_norm_is_marked(page: Page):
    page.goto("/ui/kit/entry/")
    page.locator("#id_pressure").fill("80/120")
    page.keyboard.press("Enter")
    expect(page.locator("#m-pressure")).to_contain_text("меньше верхнего")
    page.locator("#id_pressure").fill("150/95")
    expect(page.locator("#f-pressure")).to_have_class(re.compile("beyond"))
    page.keyboard.press("Enter")
    expect(page.locator("#m-pressure .error")).to_have_count(0)
    look(page, "kit-entry-beyond")


def test_an_unfinished_form_comes_back_with_a_summary_that_leads_to_the_fields(page: Page):
    page.goto("/ui/kit/entry/")
    page.locator("#id_complaints").fill("боли в спине")
    page.keyboard.press("Control+Enter")
    summary = page.locator("#faults")
    expect(summary).to_be_focused()
    expect(page.locator("#id_complaints")).to_have_value("боли в спине")
    look(page, "kit-entry-faults")
    summary.get_by_role("link", name="Заполните поле «Рост».").click()
    expect(page.locator("#id_height")).to_be_focused()
    expect(page.locator("#id_height")).to_have_attribute("aria-invalid", "true")


def test_a_stale_draft_shows_both_values(page: Page):
    page.goto("/ui/kit/entry/")
    page.locator("#id_complaints").fill("конфликт")
    page.keyboard.press("Enter")
    expect(page.locator("#conflict")).to_contain_text("кашель по утрам")
    look(page, "kit-entry-conflict")
    page.get_by_role("button", name="Оставить моё").click()
    expect(page.locator("#saved")).to_contain_text("Черновик сохранён")
    expect(page.locator("#conflict")).to_be_empty()


def test_a_lost_connection_loses_nothing(page: Page):
    page.goto("/ui/kit/entry/")
    page.context.set_offline(True)
    page.locator("#id_skin").fill("гиперемия кистей")
    page.keyboard.press("Enter")
    expect(page.locator(".offline-bar")).to_be_visible()
    expect(page.locator("#saved")).to_contain_text("на этом устройстве")
    look(page, "kit-entry-offline")
    page.context.set_offline(False)
    expect(page.locator("#saved")).to_contain_text("Черновик сохранён")


def test_a_dangerous_button_asks_first(page: Page):
    page.goto("/ui/kit/")
    page.get_by_role("button", name="Снять", exact=True).click()
    expect(page.locator("#confirm")).to_contain_text("Снять направление № 15?")
    look(page, "kit-confirm")
    page.get_by_role("button", name="Отменить").click()
    expect(page.locator("#confirm")).to_be_hidden()


def test_a_code_tells_its_words_on_touch_and_focus(page: Page):
    page.goto("/ui/kit/list/")
    page.get_by_role("button", name="4.4 Шум").first.click()
    expect(page.locator("#hint")).to_have_text("Шум")


def test_a_chart_has_its_table_and_leads_to_the_list(page: Page):
    page.goto("/ui/kit/")
    for chart in page.locator("x-chart").all():
        expect(chart).to_have_attribute("data-state", "drawn")
    chart = page.locator("x-chart").first
    chart.hover(position={"x": 200, "y": 120})
    expect(page.locator(".tip").first).to_contain_text("осмотров")
    page.get_by_role("button", name="Показать таблицей: Охват по работодателям").click()
    table = page.locator("x-chart[data-state=table]")
    expect(table).to_contain_text("Осталось")
    look(page, "kit-chart-table")
    table.get_by_role("link", name="АО «Второй»").click()
    page.wait_for_url("**/ui/kit/list/?q=b")


def test_hints_of_the_screen_go_step_by_step(page: Page):
    page.goto("/ui/kit/list/")
    page.get_by_role("button", name="Подсказки по экрану").click()
    expect(page.locator(".driver-popover-title")).to_be_visible()
    page.locator(".driver-popover-next-btn").click()
    expect(page.locator(".driver-popover-progress-text")).to_contain_text("2 из")
    page.keyboard.press("Escape")
    expect(page.locator(".driver-popover")).to_have_count(0)


def test_a_form_works_without_scripts(browser, site, page: Page):
    plain = browser.new_context(base_url=site, java_script_enabled=False)
    plain.add_cookies(page.context.cookies())
    opened = plain.new_page()
    opened.goto("/ui/kit/form/")
    opened.locator("#id_number").fill("15")
    opened.locator("[data-done]").click()
    assert "исправьте" in opened.content()
    assert opened.locator("#id_number").input_value() == "15"
    plain.close()


def test_the_first_screen_is_light(page: Page):
    """What a browser that knows nothing yet takes over the wire: under 110 kB."""
    urls = []
    page.on("response", lambda answer: urls.append(answer.url))
    page.goto("/ui/kit/list/")
    page.wait_for_load_state("networkidle")
    sizes = {url: compressed(url, page.request.get(url).body()) for url in set(urls)}
    assert sum(sizes.values()) < 110_000, sizes


def compressed(url: str, body: bytes) -> int:
    """Return the size on the wire: fonts are compressed already, the rest goes as brotli."""
    return len(body) if url.endswith(".woff2") else len(brotli.compress(body))


def test_the_phone_bar_opens_the_rest(page: Page):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/ui/kit/list/")
    page.get_by_role("button", name="Ещё").click()
    expect(page.get_by_role("button", name="Выйти")).to_be_visible()
    look(page, "kit-more")
