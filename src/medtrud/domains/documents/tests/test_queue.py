"""Signing in the browser: what the page offers, what is taken, whose signature is refused."""

import base64
import hashlib
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from medtrud.domains.documents.public import requests_waiting
from medtrud.domains.documents.queries.signing import path_of
from medtrud.engines.access.public import account_open
from medtrud.engines.signing.public import (
    Certificate,
    certificate_hold,
    certificate_issue,
    certificate_of,
    content_sign,
    sign_with_seal,
)

from .houses import JOB, House
from .test_signing import asked, keys

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("keys")]
__all__ = ["keys"]


def own(plant: House) -> Certificate:
    certificate = certificate_of(plant.actor, plant.actor.account or 0)
    assert certificate is not None
    return certificate


def put(plant: House, signature: bytes) -> tuple[int, dict[str, object]]:
    """Send a signature for what waits first, as the page does."""
    (waiting, *_) = requests_waiting(plant.actor)
    answer = plant.client.post(f"/documents/signing/{waiting.uid}/put/", {"signature": signature.decode()})
    return answer.status_code, answer.json()


def content_of(plant: House) -> Path:
    return path_of(requests_waiting(plant.actor)[0].version)


def test_the_page_shows_what_waits_and_then_that_it_is_signed(plant: House) -> None:
    asked(plant, "А", "Б")
    marks = [str(row.uid) for row in requests_waiting(plant.actor)]
    gone = plant.client.post("/documents/signing/browser/", {"id": marks})
    assert gone.status_code == 302
    page = plant.client.get(gone["Location"]).content.decode()
    assert page.count("data-row") == 2
    assert own(plant).number in page
    signature = content_sign(plant.actor, content=content_of(plant), certificate=own(plant).uid)
    assert put(plant, base64_of(signature)) == (200, {"signed": True, "text": "подписано"})
    assert plant.client.get(gone["Location"]).content.decode().count("data-row") == 1
    whole = plant.client.get("/documents/signing/browser/").content.decode()
    assert whole.count("data-row") == 2  # a document, and the seal of the first one


def base64_of(signature: bytes) -> bytes:
    return base64.encodebytes(signature)


def test_a_signature_by_the_certificate_of_another_person_is_refused(plant: House) -> None:
    asked(plant, "А")
    stranger = account_open(JOB, login="stranger")
    names = {"surname": "Чужой", "given_name": "Семён Петрович"}
    other = certificate_issue(JOB, kind="person", names=names, account=stranger.pk)
    signature = content_sign(JOB, content=content_of(plant), certificate=other.uid)
    status, told = put(plant, base64_of(signature))
    assert status == 409
    assert "другого человека: Чужой Семён Петрович" in str(told["text"])
    seal = sign_with_seal(plant.actor, organization=plant.organization.pk, content=content_of(plant))
    assert put(plant, base64_of(seal))[0] == 409


def test_a_personal_certificate_is_no_seal_and_a_suspended_one_signs_nothing(plant: House) -> None:
    asked(plant, "А")
    personal = content_sign(plant.actor, content=content_of(plant), certificate=own(plant).uid)
    assert put(plant, base64_of(personal))[0] == 200
    status, told = put(plant, base64_of(personal))  # now the seal is waited for
    assert (status, "Печать ставят сертификатом организации" in str(told["text"])) == (409, True)
    asked(plant, "Б")
    seal = sign_with_seal(plant.actor, organization=plant.organization.pk, content=content_of(plant))
    assert put(plant, base64_of(seal))[0] == 200
    second = content_sign(plant.actor, content=content_of(plant), certificate=own(plant).uid)
    certificate_hold(JOB, uid=own(plant).uid)
    assert put(plant, base64_of(second))[0] == 409


def test_the_hash_of_a_document_is_given_by_its_name(plant: House) -> None:
    asked(plant, "А")
    (waiting,) = requests_waiting(plant.actor)
    address = f"/documents/signing/{waiting.uid}/hash"
    told = plant.client.get(f"{address}/sha256/").json()
    assert told == {"hash": hashlib.sha256("А".encode()).hexdigest()}
    assert plant.client.get(f"{address}/md5/").status_code == 404
    assert plant.client.get(f"/documents/signing/{uuid4()}/hash/sha256/").status_code == 404
    assert plant.client.post("/documents/signing/browser/", {"id": "не то"}).status_code == 404


def test_the_public_page_does_not_hash_for_minutes(plant: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("medtrud.domains.documents.web.signing.hashes_fast", lambda: False)
    files = {
        "file": SimpleUploadedFile("long.bin", bytes(21 << 20)),
        "signature": SimpleUploadedFile("s.p7s", b"x"),
    }
    page = plant.client.post("/documents/verify/", files).content.decode()
    assert "Файл больше 20 МБ" in page
