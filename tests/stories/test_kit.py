"""The kit shows every part; what is wrong here is wrong on every screen."""

from playwright.sync_api import Page

from .browser import look, sign_in


def test_every_part_looks_right_at_both_sizes(page: Page):
    sign_in(page, "security")
    for name in ("kit", "kit/list", "kit/form", "kit/entry"):
        page.goto(f"/ui/{name}/")
        look(page, name.replace("/", "-"))
