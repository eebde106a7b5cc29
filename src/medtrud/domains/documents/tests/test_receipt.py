"""What comes in: viruses, bombs, programs, wrong names, DTD, size; the day of registration."""

import datetime as dt
import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from medtrud.domains.documents.public import document_create, document_register, documents
from medtrud.domains.documents.types import Content, Received
from medtrud.engines.journal.public import lines
from medtrud.kernel.errors import Refused

from .houses import JOB, House, letter

pytestmark = pytest.mark.django_db
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}" + b"$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
MEGABYTE = 1 << 20
XXE = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'


def packed(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("_", "."), content)
    return out.getvalue()


def locked() -> bytes:
    content = bytearray(packed(a_txt=b"text"))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + place] |= 1
    return bytes(content)


BAD = {
    "virus": ("письмо.txt", EICAR, "вирус «EICAR-Test-File»"),
    "virus in a zip": ("письма.zip", packed(a_txt=b"text", b_txt=EICAR), "вирус «EICAR-Test-File»"),
    "virus in a word file": ("письмо.docx", packed(word_document=EICAR), "вирус"),
    "bomb": ("архив.zip", packed(a_txt=bytes(400 * MEGABYTE)), "ZIP-бомба"),
    "locked": ("архив.zip", locked(), "закрыт паролем"),
    "program": ("счёт.pdf", b"MZ\x90\0" + bytes(100), "программа"),
    "script": ("акт.js", b"alert(1)", "программа"),
    "another inside": ("акт.pdf", b"text", "внутри другое"),
    "xml with a dtd": ("данные.xml", XXE, "DTD"),
    "empty": ("пусто.txt", b"", "пуст"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_file_is_refused_with_its_cause_and_leaves_nothing(plant: House, case: str) -> None:
    name, content, said = BAD[case]
    with pytest.raises(Refused, match=said):
        document_create(plant.actor, document=letter(), content=Content(io.BytesIO(content), name))
    assert not documents(plant.actor).exists()


def test_the_screen_tells_the_cause_and_the_journal_has_the_refusal(plant: House) -> None:
    form = {
        "kind": "letter_in", "on": "02.03.2026", "title": "Письмо",
        "party_name": "ООО", "came_on": "02.03.2026",
        "file": SimpleUploadedFile("письма.zip", packed(b_txt=EICAR)),
    }  # fmt: skip
    answer = plant.client.post("/documents/new/", form)
    assert answer.status_code == 422
    assert "EICAR-Test-File" in answer.content.decode()
    assert lines(JOB).get(outcome="refused").action == "documents.document_create"


def test_a_file_longer_than_the_limit_is_stopped_on_the_way(plant: House) -> None:
    class Endless:
        given = 0

        def read(self, size: int, /) -> bytes:
            self.given += size
            return bytes(size)

    stream = Endless()
    with pytest.raises(Refused, match="больше 200 МБ"):
        document_create(plant.actor, document=letter(), content=Content(stream, "много.bin"))
    assert stream.given < 203 * MEGABYTE


@pytest.mark.parametrize(
    ("came", "hour", "due"),
    [
        (dt.date(2026, 3, 2), dt.time(10), dt.date(2026, 3, 2)),  # Monday: its own day
        (dt.date(2026, 3, 2), dt.time(), dt.date(2026, 3, 2)),  # the hour is not known
        (dt.date(2026, 3, 2), dt.time(17), dt.date(2026, 3, 2)),  # the last moment
        (dt.date(2026, 3, 2), dt.time(17, 1), dt.date(2026, 3, 3)),  # the office has closed
        (dt.date(2026, 3, 6), dt.time(23, 59), dt.date(2026, 3, 10)),  # before a weekend and a holiday
        (dt.date(2026, 2, 28), dt.time(10), dt.date(2026, 3, 2)),  # Saturday: the next working one
        (
            dt.date(2026, 3, 8),
            dt.time(10),
            dt.date(2026, 3, 10),
        ),  # a holiday on Sunday: Monday is off
    ],
)
def test_the_day_of_registration(plant: House, came: dt.date, hour: dt.time, due: dt.date) -> None:
    at = dt.datetime.combine(came, hour, timezone.get_current_timezone())
    content = Content(io.BytesIO(b"text"), "a.txt")
    row = document_create(plant.actor, document=letter(received=Received(at), on=came), content=content)
    for day, late in ((due, False),):
        registered = document_register(plant.actor, document=row.uid, on=day)
        assert (registered.due, registered.late) == (due, late)
    other = document_create(
        plant.actor,
        document=letter(received=Received(at), on=came),
        content=Content(io.BytesIO(b"b"), "b.txt"),
    )
    assert document_register(plant.actor, document=other.uid, on=due + dt.timedelta(days=1)).late


def test_the_hour_of_receipt_is_asked_for_and_the_card_tells_until_when_to_register(plant: House) -> None:
    form = {
        "kind": "letter_in",
        "on": "02.03.2026",
        "title": "Письмо",
        "party_name": "ООО",
        "came_on": "02.03.2026",
    }
    for said, status in (("25:00", 422), ("вечером", 422), ("9.05", 302), ("18:30", 302), ("", 302)):
        file = SimpleUploadedFile(f"{status}.txt", f"текст {said}".encode())
        answer = plant.client.post("/documents/new/", form | {"came_at": said, "file": file})
        assert answer.status_code == status, said
        if status == 302:
            card = plant.client.get(answer["Location"]).content.decode()
            assert f"зарегистрировать до 0{3 if said == '18:30' else 2}.03.2026" in card
    file = SimpleUploadedFile("a.txt", b"text")
    late = form | {"came_on": "02.03.2126", "file": file}
    answer = plant.client.post("/documents/new/", late)
    assert (answer.status_code, "ещё не наступили" in answer.content.decode()) == (422, True)
