import hashlib
import io
import random
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings  # noqa: TID251 - the folder the product keeps its files in
from django.test import Client

from medtrud.engines.access.public import account_open, actor_of, seat_give
from medtrud.engines.files import drivers
from medtrud.engines.files.public import (
    File,
    file_open,
    file_put,
    file_share,
    file_unshare,
    files,
    root_set,
    verify,
)
from medtrud.engines.files.rules import clean_name, sniff
from medtrud.engines.files.types import Fault
from medtrud.engines.journal.public import history_of
from medtrud.engines.store.public import today
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.errors import NotFound, Refused

pytestmark = pytest.mark.django_db
JOB = Actor.job("test")
MB = 1 << 20


@pytest.fixture(autouse=True)
def _store(tmp_path: Path) -> Iterator[None]:
    root_set(tmp_path)
    yield
    root_set(settings.DATA / "files")


def somebody(login: str, role: Role = Role.ANALYST, organization: int | None = None) -> Actor:
    account = account_open(JOB, login=login, password="x", person=hash(login) % 1000)
    seat_give(JOB, account=account, role=role, since=today(), organization=organization)
    return actor_of(account, None, on=today())


def put(actor: Actor, content: bytes = b"%PDF-1.7 x", name: str = "a.pdf", limit: int = MB) -> File:
    return file_put(actor, stream=io.BytesIO(content), name=name, limit=limit)


def test_equal_content_lies_once_but_each_owner_has_a_row(tmp_path: Path) -> None:
    one, two = put(somebody("one")), put(somebody("two"))
    assert one.uid != two.uid
    assert one.sha256 == two.sha256 == hashlib.sha256(b"%PDF-1.7 x").hexdigest()
    kept = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert [path.read_bytes() for path in kept] == [b"%PDF-1.7 x"]


def test_a_stranger_finds_nothing_and_a_colleague_the_files_of_the_house() -> None:
    file = put(somebody("one", Role.CLINIC, 7))
    colleague = somebody("two", Role.CLINIC, 7)
    assert file_open(colleague, uid=file.uid).name == "a.pdf"
    for stranger in (somebody("three", Role.CLINIC, 8), somebody("worker", Role.WORKER, 7)):
        assert not files(stranger).exists()
        with pytest.raises(NotFound):
            file_open(stranger, uid=file.uid)


def test_a_shared_file_opens_until_it_is_taken_back() -> None:
    owner, other, worker = (
        somebody("one", Role.CLINIC, 7),
        somebody("two", Role.CENTER, 9),
        somebody("w", Role.WORKER),
    )
    file = put(owner)
    file_share(owner, uid=file.uid, organization=9)
    file_share(owner, uid=file.uid, organization=9)
    file_share(owner, uid=file.uid, person=worker.person)
    assert files(other).get() == files(worker).get() == file
    file_unshare(owner, uid=file.uid, organization=9)
    assert not files(other).exists()
    with pytest.raises(Refused, match="не открыт"):
        file_unshare(owner, uid=file.uid, organization=9)


def test_openings_and_sharings_stand_in_the_journal() -> None:
    owner = somebody("one", Role.CLINIC, 7)
    file = put(owner)
    file_open(owner, uid=file.uid)
    file_share(owner, uid=file.uid, organization=9)
    assert [line.action for line in history_of(file.uid)] == [
        "files.file_share",
        "files.file_open",
        "files.file_put",
    ]


def test_a_file_over_the_limit_or_empty_leaves_nothing(tmp_path: Path) -> None:
    owner = somebody("one")
    with pytest.raises(Refused, match="больше 1 МБ"):
        put(owner, b"x" * (MB + 1))
    with pytest.raises(Refused, match="пуст"):
        put(owner, b"")
    assert not files(owner).exists()
    assert not list((tmp_path / "incoming").iterdir())


def test_verification_finds_lost_changed_and_orphaned_content(tmp_path: Path) -> None:
    owner = somebody("one")
    sound, lost, changed = (put(owner, f"text {n}".encode(), "a.txt") for n in range(3))
    assert verify().findings == ()
    drivers.blob_path(lost.sha256).unlink()
    drivers.blob_path(changed.sha256).write_bytes(b"text 9")
    orphan = drivers.blob_put(io.BytesIO(b"nobody's"), limit=MB)
    report = verify()
    assert {(found.sha256, found.fault) for found in report.findings} == {
        (lost.sha256, Fault.MISSING),
        (changed.sha256, Fault.CHANGED),
        (orphan.sha256, Fault.ORPHAN),
    }
    assert not report.sound
    assert report.checked == 3
    assert sound.sha256 not in {found.sha256 for found in report.findings}
    with pytest.raises(NotFound, match="утрачено"):
        file_open(owner, uid=lost.uid)


def test_the_download_cannot_run_in_the_page(client: Client) -> None:
    account = account_open(JOB, login="one", password="x")
    seat_give(JOB, account=account, role=Role.ANALYST, since=today())
    actor = actor_of(account, None, on=today())
    page = put(actor, b"<html><script>alert(1)</script>", "акт.html")
    scan = put(actor, b"\x89PNG\r\n\x1a\n", "скан.png")
    assert client.get(f"/files/{page.uid}/").status_code == 302
    client.force_login(account)
    answer = client.get(f"/files/{page.uid}/?show")
    assert answer.headers["Content-Type"] == "text/plain"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''%D0%B0")
    assert b"".join(answer.streaming_content) == b"<html><script>alert(1)</script>"  # type: ignore[attr-defined]
    for query, begins in (("?show", "inline"), ("", "attachment")):
        shown = client.get(f"/files/{scan.uid}/{query}")
        assert shown.headers["Content-Disposition"].startswith(begins)
        assert b"".join(shown.streaming_content)  # type: ignore[attr-defined]


def test_a_type_comes_from_the_content_not_from_the_name() -> None:
    book = io.BytesIO()
    with zipfile.ZipFile(book, "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
    sheet = put(somebody("one"), book.getvalue(), "a.docx")
    assert sheet.mime.endswith("spreadsheetml.sheet")
    assert sniff(b"%PDF-1.4", "a.txt") == "application/pdf"
    assert sniff(b"a;b\n1;2", "a.csv") == "text/csv"
    assert sniff(b"\x00\x01\x02", "a.csv") == "application/octet-stream"
    assert sniff(b"\xef\xbb\xbf<?xml version='1.0'?>", "a.bin") == "application/xml"
    assert sniff(b"\x30\x82\x01", "a.sig") == "application/pkcs7-signature"


@pytest.mark.parametrize(("how", "taken"), [(zipfile.ZIP_STORED, True), (zipfile.ZIP_DEFLATED, False)])
def test_an_archive_that_only_stores_may_be_larger_than_one_that_grows(
    how: int, monkeypatch: pytest.MonkeyPatch, *, taken: bool
) -> None:
    monkeypatch.setattr(drivers, "UNPACKED", 10_000)
    book = io.BytesIO()
    with zipfile.ZipFile(book, "w", how) as archive:
        for number in range(4):
            archive.writestr(f"{number}.bin", random.Random(number).randbytes(4_000).hex())  # noqa: S311 - no secret
    if taken:
        assert put(somebody("one"), book.getvalue(), "a.zip").size > 32_000
        return
    with pytest.raises(Refused, match="ZIP-бомба"):
        put(somebody("one"), book.getvalue(), "a.zip")


def test_a_name_cannot_lead_out_of_its_folder_or_turn_around() -> None:
    assert clean_name("../../etc/passwd") == "passwd"
    assert clean_name("C:\\Users\\акт.pdf") == "акт.pdf"
    assert clean_name("a\u202egpj.exe\x00") == "agpj.exe"
    assert clean_name("...") == "файл"
    assert len(clean_name("я" * 300 + ".pdf")) == 200
    assert clean_name("я" * 300 + ".pdf").endswith(".pdf")
