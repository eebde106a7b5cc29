"""The archivist closes a year, hands it over, downloads it; elsewhere the command alone proves it and finds each damage."""

import datetime as dt
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from medtrud.domains.documents.actions import document_create, requests_sign, signature_request, version_add
from medtrud.domains.documents.queries.signing import requests_waiting
from medtrud.domains.documents.types import Content, DocumentIn, Received
from medtrud.engines.access.models import Seat
from medtrud.engines.access.public import Account, account_open, actor_of, seat_give
from medtrud.engines.background.public import run_pending
from medtrud.engines.signing.public import certificate_issue
from medtrud.engines.store.public import now, today
from medtrud.kernel.actor import Actor, Role
from medtrud.registries.people.public import person_register

from .browser import look, sign_in

JOB = Actor.job("story")
YEAR = today().year - 3


@pytest.fixture
def head() -> Actor:
    """A head of a department with her own key, who has kept letters and an order corrected once."""
    keeper = Account.objects.unscoped("story").get(login="archive")
    house = Seat.objects.unscoped("story").filter(account=keeper, role=Role.ARCHIVE).first().organization
    born = dt.date(1975, 2, 1)
    person = person_register(
        JOB, last_name="Орлова", first_name="Вера", middle_name="Ильинична", birth_date=born, sex="female"
    )
    account = account_open(JOB, login="archive-giver", password="Тихая-вода-7", person=person.pk)
    seat_give(JOB, account=account, role=Role.CLINIC, since=dt.date(2024, 1, 9), organization=house)
    names = {"surname": "Орлова", "given_name": "Вера Ильинична", "organization": "Поликлиника"}
    certificate_issue(
        JOB, kind="person", names=names, account=account.pk, person=person.pk, organization=house
    )
    actor = actor_of(account, None, on=today())
    letters(actor)
    return actor


def letters(actor: Actor) -> None:
    for number in range(1, 4):
        facts = DocumentIn(
            kind="letter_in",
            title=f"О приёме работников, письмо {number}",
            on=dt.date(YEAR, 3, number),
            party_name="АО «ВСЗ»",
            received=Received(now(), f"{number}-в"),
        )
        document_create(actor, document=facts, content=text(f"письмо {number}"))
    facts = DocumentIn(kind="order", title="О графике осмотров", on=dt.date(YEAR, 3, 9))
    order = document_create(actor, document=facts, content=text("приказ"))
    version_add(actor, document=order.uid, content=text("приказ, исправленный"), reason="опечатка")
    signature_request(actor, document=order.uid, signers=[actor.account])
    sign(actor)


def text(words: str) -> Content:
    return Content(io.BytesIO(words.encode()), "письмо.txt")


def sign(actor: Actor) -> None:
    requests_sign(actor, requests=[row.uid for row in requests_waiting(actor)])


def verify(path: Path) -> tuple[int, dict[str, Any]]:
    """Run the command where there is neither a database nor a server."""
    words = [sys.executable, "-m", "medtrud.project", "archive", "verify", str(path), "--json"]
    done = subprocess.run(words, capture_output=True, check=False)
    return done.returncode, json.loads(done.stdout)


def found(told: dict[str, Any]) -> set[str]:
    return {one["code"] for one in told["findings"]}


def test_a_year_is_handed_over_downloaded_and_proved_elsewhere(
    page: Page, head: Actor, tmp_path: Path
) -> None:
    sign_in(page, "archive")
    page.goto("/archive/")
    look(page, "archive-desk")
    inventory = closed(page)
    transferred(page, head)
    page.goto(inventory)
    look(page, "archive-inventory", full=True)
    copy = tmp_path / "elsewhere" / "год.zip"
    with page.expect_download() as taken:
        page.get_by_role("link", name="Пакет года").click()
    taken.value.save_as(copy)
    status, told = verify(copy)
    assert (status, told["valid"], told["kind"], told["findings"]) == (0, True, "year", [])
    assert [case["facts"]["lines"] for case in told["cases"]] == [1, 3]
    damaged(copy, tmp_path)


def closed(page: Page) -> str:
    """Draw up the list, approve it, close the year; return the address of the inventory."""
    page.goto(f"/documents/archive/headings/?year={YEAR}")
    page.get_by_role("button", name="Составить").click()
    page.get_by_text("Номенклатура составлена").first.wait_for()
    look(page, "archive-headings")
    agreed(page, "Утвердить")
    page.get_by_text("Номенклатура утверждена").first.wait_for()
    agreed(page, "Закрыть год")
    page.get_by_role("link", name="Передать в архив").wait_for()
    return page.url


def agreed(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()
    page.locator("dialog[open]").get_by_role("button", name=name).click()


def transferred(page: Page, head: Actor) -> None:
    """Check the cases, draw up the act, sign it by both sides."""
    page.get_by_role("link", name="Передать в архив").click()
    page.locator("[name=giver]").wait_for()
    page.select_option("[name=giver]", str(head.account))
    look(page, "archive-transfer-form")
    page.get_by_role("button", name="Начать проверки").click()
    page.get_by_text("Передача начата").first.wait_for()
    run_pending()
    page.reload()
    look(page, "archive-transfer", full=True)
    page.get_by_role("button", name="Составить акт").click()
    page.get_by_text("ждёт подписей обеих сторон").first.wait_for()
    sign(head)
    page.goto("/documents/signing/")
    page.get_by_label("Отметить: Акт приёма-передачи").first.check()
    agreed(page, "Подписать ключом на сервере")
    expect(page.get_by_text("Ничего не ждёт вашей подписи.")).to_be_visible()
    run_pending()


def damaged(copy: Path, folder: Path) -> None:
    """Flip a byte, drop a version, cut a line: each on its own copy, each found."""
    data = bytearray(copy.read_bytes())
    data[len(data) // 2] ^= 1
    spoilt = folder / "с перевёрнутым битом.zip"
    spoilt.write_bytes(bytes(data))
    status, told = verify(spoilt)
    assert (status, told["valid"]) == (2, False)
    assert {Path(one["path"]).parts[0] for one in told["findings"]} == {"cases"}
    for name, (change, code) in DAMAGES.items():
        case = unpacked(copy, folder / name)
        assert verify(case)[0] == 0
        change(case)
        status, told = verify(case)
        assert (status, told["valid"]) == (2, False), name
        assert code in found(told), name


def unpacked(copy: Path, folder: Path) -> Path:
    """Lay out the case of orders, as any program unpacks it."""
    with zipfile.ZipFile(copy) as year, zipfile.ZipFile(io.BytesIO(year.read("cases/01-01.zip"))) as case:
        case.extractall(folder)
    return folder


def drop_version(case: Path) -> None:
    (case / "documents/0001/v1/content.txt").unlink()


def cut_line(case: Path) -> None:
    lines = (case / "inventory.xml").read_text("utf8").splitlines(keepends=True)
    (case / "inventory.xml").write_text("".join(row for row in lines if 'number="1"' not in row), "utf8")


DAMAGES: dict[str, tuple[Callable[[Path], None], str]] = {
    "без версии": (drop_version, "version_missing"),
    "без строки описи": (cut_line, "inventory_record"),
}
