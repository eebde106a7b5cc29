"""A campaign signed in the browser: the chairman, then the seal; anybody checks it; a revoked certificate ends it."""

import io

import pytest
from playwright.sync_api import Page, expect

from medtrud.domains.documents.models import Document, Request
from medtrud.domains.documents.public import document_create, signature_request, version_add
from medtrud.domains.documents.types import Content, DocumentIn
from medtrud.engines.background.public import run_pending
from medtrud.engines.signing.models import Certificate
from medtrud.engines.store.public import today
from medtrud.kernel.actor import Actor

from .browser import look, sign_in
from .plugin import plug_in

QUEUE = "/documents/signing/browser/"


@pytest.fixture(scope="module")
def campaign(own_database, django_db_blocker) -> tuple[int, int]:
    """Let the worker file the papers of the demo, add a long order; return how many wait for each signature."""
    with django_db_blocker.unblock():
        run_pending()
        waiting = Request.objects.unscoped("story").filter(state="wait", role="CHAIRMAN")
        chair = waiting.first()
        facts = DocumentIn(kind="rules", title="Правила", on=today(), organization=chair.organization_id)
        long = Content(io.BytesIO("Правила\n".encode() * 100_000), "правила.txt")
        row = document_create(Actor.job("story"), document=facts, content=long)
        signature_request(Actor.job("story"), document=row.uid, signers=[chair.account])
        asked = Request.objects.unscoped("story").filter(state="wait", account=chair.account)
        sealed = Request.objects.unscoped("story").filter(state="later", role="SEAL")
        return asked.count(), sealed.filter(version__in=asked.values("version")).count()


@pytest.fixture
def seen(page: Page) -> list[dict]:
    """The chairman's token and the seal of the clinic are plugged in."""
    rows = Certificate.objects.unscoped("story")
    return plug_in(page, [rows.get(account__login="commission"), rows.get(kind="seal")])


def sign_all(page: Page, count: int) -> None:
    page.goto(QUEUE)
    page.get_by_role("button", name="Подписать").click()
    page.get_by_text(f"Подписано: {count} ").wait_for(timeout=60_000)
    expect(page.locator("[data-state] .tag.ok")).to_have_count(count)


def test_a_campaign_is_signed_and_sealed_in_the_browser(
    page: Page, campaign: tuple[int, int], seen: list[dict], tmp_path
) -> None:
    sign_in(page, "commission")
    page.goto("/documents/signing/")
    look(page, "signing-queue")
    page.goto(QUEUE)
    page.get_by_label("Ваш сертификат").wait_for()
    look(page, "signing-browser")
    personal, seals = campaign
    sign_all(page, personal)
    look(page, "signing-browser-done")
    page.goto(QUEUE)
    expect(page.get_by_label("Сертификат печати организации")).to_be_visible()
    sign_all(page, seals)
    assert [given["place"] for given in seen] == [0] * personal + [1] * seals
    hashed = [given for given in seen if "hash" in given]  # the long one is signed by its hash
    assert [given["code"] for given in hashed] == [101, 101]
    assert all(given["kind"] == 1 and given.get("detached", True) for given in seen)
    run_pending()
    for kind in ("conclusion", "final_act"):
        row = Document.objects.unscoped("story").filter(kind=kind).first()
        page.goto(f"/documents/{row.uid}/")
        expect(page.get_by_text("ДОКУМЕНТ ПОДПИСАН ЭЛЕКТРОННОЙ ПОДПИСЬЮ")).to_have_count(2)
    look(page, "signing-marks", full=True)
    checked(page, tmp_path)


def checked(page: Page, folder) -> None:
    """Take the files home and show them to the public page without an account."""
    saved = {}
    for name, link in (("document.pdf", ".pdf"), ("first.p7s", "файл подписи")):
        with page.expect_download() as download:
            page.get_by_role("link", name=link).first.click()
        saved[name] = folder / name
        download.value.save_as(saved[name])
    page.context.clear_cookies()
    page.goto("/documents/verify/")
    look(page, "signing-verify")
    for change, said in ((b"", "Подпись верна"), (b"!", "изменён после подписания")):
        saved["document.pdf"].write_bytes(saved["document.pdf"].read_bytes() + change)
        page.locator("[name=file]").set_input_files(saved["document.pdf"])
        page.locator("[name=signature]").set_input_files(saved["first.p7s"])
        page.get_by_role("button", name="Проверить").click()
        page.get_by_text(said).first.wait_for()
    look(page, "signing-verified", full=True)


def test_a_revoked_certificate_neither_signs_nor_lets_in(
    page: Page, campaign: object, seen: list[dict]
) -> None:
    row = Document.objects.unscoped("story").filter(kind="conclusion").first()
    certificate = Certificate.objects.unscoped("story").get(account__login="commission")
    sign_in(page, "security")
    page.goto(f"/signing/certificates/{certificate.uid}/revoke/")
    look(page, "signing-revoke")
    page.get_by_role("radio").first.check(force=True)
    page.get_by_role("button", name="Отозвать навсегда").click()
    page.get_by_text("Сертификат отозван.").first.wait_for()
    page.context.clear_cookies()
    page.goto("/signing/enter/")
    page.get_by_label("Сертификат").select_option("0")
    page.get_by_role("button", name="Подписать и войти").click()
    page.get_by_text("отозван").first.wait_for()
    again(row)
    sign_in(page, "commission")
    page.goto(QUEUE)
    page.get_by_role("button", name="Подписать").click()
    page.get_by_text("Не подписано: 1").wait_for()
    expect(page.get_by_text("ключ мог попасть к другим")).to_be_visible()
    look(page, "signing-browser-refused")


def again(row: Document) -> None:
    """A corrected version asks the chairman once more."""
    job, content = Actor.job("story"), Content(io.BytesIO(b"corrected"), "a.txt")
    version_add(job, document=row.uid, content=content, reason="опечатка")
    chair = Request.objects.unscoped("story").filter(version__document=row, role="CHAIRMAN").first().account
    signature_request(job, document=row.uid, signers=[chair])
