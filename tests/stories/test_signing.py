"""The security desk with its authority, and a doctor who signs in the browser by a plug-in of the convention."""

import base64

import pytest

from medtrud.engines.signing.models import Certificate

from .browser import look, sign_in
from .plugin import plug_in


def test_the_desk_of_certificates_looks_right(page):
    sign_in(page, "security")
    page.goto("/signing/")
    page.get_by_text("Сертификаты").first.wait_for()
    look(page, "signing-list")
    page.locator("tbody a").first.click()
    page.get_by_text("История").wait_for()
    look(page, "signing-card")
    for path, name in (
        ("authority/", "authority"),
        ("carriers/", "carriers"),
        ("new/", "issue"),
        ("requests/", "requests"),
    ):
        page.goto(f"/signing/{path}")
        look(page, f"signing-{name}")


@pytest.fixture
def asked(page):
    """What the plug-in was asked to sign, by a real key of the demo."""
    return plug_in(page, [Certificate.objects.unscoped("story").get(account__login="therapist")])


def test_a_doctor_signs_in_the_browser_by_both_flows(page, asked):
    sign_in(page, "therapist")
    page.goto("/signing/mine/")
    look(page, "signing-own")
    page.get_by_role("button", name="Найти расширение").click()
    page.get_by_role("button", name="Подписать пробную строку").click()
    page.get_by_text("пробная подпись верна").wait_for()
    content, hashed = asked
    assert (content["kind"], content["detached"]) == (1, True)
    assert (hashed["kind"], hashed["code"], len(hashed["hash"])) == (1, 101, 64)


def test_without_a_plugin_the_next_step_is_said(page):
    sign_in(page, "therapist")
    page.goto("/signing/mine/")
    page.get_by_role("button", name="Найти расширение").click()
    page.get_by_text("Расширение КриптоПро ЭЦП не отвечает").wait_for()


def test_a_doctor_comes_in_by_a_certificate(page, asked):
    page.goto("/signing/enter/")
    page.get_by_role("button", name="Подписать и войти").wait_for()
    look(page, "signing-enter")
    page.get_by_role("button", name="Подписать и войти").click()
    page.wait_for_url(lambda url: "/signing/enter/" not in url)
    page.goto("/signing/mine/")
    page.get_by_role("heading", name="Мои сертификаты").wait_for()
    assert b"\xd0\x92\xd1\x85\xd0\xbe\xd0\xb4" in base64.b64decode(asked[0]["content"])
