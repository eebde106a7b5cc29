"""The chairman and the registrar look after the documents that go to the federal registry."""

from .browser import look, sign_in


def test_the_queue_the_document_and_the_settings_look_right(page):
    sign_in(page, "commission")
    page.goto("/egisz/")
    page.locator("tbody a").first.wait_for()
    look(page, "egisz-list")
    page.locator("tbody a").first.click()
    page.wait_for_url("**/egisz/*-*/")
    look(page, "egisz-document")
    for path, name in (("setting/", "setting"), ("setting/posts/", "posts"), ("journal/", "journal")):
        page.goto(f"/egisz/{path}")
        look(page, f"egisz-{name}")
