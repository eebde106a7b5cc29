"""Signing: in turn, many at once, the seal second, refusals, foreign signatures, the public check."""

import io
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pypdf import PdfReader

from medtrud.domains.documents.actions import (
    request_refuse,
    request_sign,
    request_sign_own,
    requests_sign,
    seal_put,
    signature_request,
    version_add,
)
from medtrud.domains.documents.models import Document
from medtrud.domains.documents.public import document_copy, document_create, document_open, requests_waiting
from medtrud.domains.documents.queries import versions_of
from medtrud.domains.documents.queries.signing import signatures_put
from medtrud.domains.documents.types import Content, DocumentIn
from medtrud.domains.documents.types.registers import RegisterForm
from medtrud.engines.messages.public import notices
from medtrud.engines.paper.public import form_render
from medtrud.engines.signing.public import (
    authority_open,
    certificate_issue,
    certificate_of,
    certificate_revoke,
    content_sign,
    signature_bytes,
)
from medtrud.kernel.errors import Refused

from .houses import JOB, ON, House

pytestmark = pytest.mark.django_db


@pytest.fixture
def keys(plant: House) -> None:
    """Give the head of the plant a certificate, and the plant its seal."""
    authority_open(JOB, algorithm="gost256", name="Испытательный центр", organization="Медтруд")
    account, house = plant.actor.account, plant.organization.pk
    names = {"surname": "Волков", "given_name": "Пётр Ильич"}
    certificate_issue(JOB, kind="person", names=names, account=account, organization=house)
    seal = {"organization": "АО «Завод»"}
    certificate_issue(JOB, kind="seal", names=seal, organization=house)


def rules(plant: House, said: str = "Правила") -> Document:
    """Enter a local act: the head signs it, then the seal is put."""
    facts = DocumentIn(kind="rules", title=said, on=ON)
    return document_create(
        plant.actor, document=facts, content=Content(io.BytesIO(said.encode()), f"{said}.txt")
    )


def asked(plant: House, *titles: str) -> list[Document]:
    rows = [rules(plant, title) for title in titles]
    for row in rows:
        signature_request(plant.actor, document=row.uid, signers=[plant.actor.account or 0])
    return rows


@pytest.mark.usefixtures("keys")
def test_the_person_signs_first_and_the_seal_comes_second(plant: House) -> None:
    (row,) = asked(plant, "Правила")
    (waiting,) = requests_waiting(plant.actor)
    with pytest.raises(Refused, match="личной подписи"):
        seal_put(plant.actor, request=waiting.uid)
    request_sign(plant.actor, request=waiting.uid)
    row.refresh_from_db()
    assert row.state == "signing"
    (waiting,) = requests_waiting(plant.actor)
    seal_put(plant.actor, request=waiting.uid)
    row.refresh_from_db()
    assert row.state == "signed"
    put = signatures_put(versions_of(plant.actor, row)[0])
    assert [one.verdict for one in put] == ["valid", "valid"]
    page = plant.client.get(f"/documents/{row.uid}/").content.decode()
    assert page.count("ДОКУМЕНТ ПОДПИСАН ЭЛЕКТРОННОЙ ПОДПИСЬЮ") == 2
    assert "Владелец Волков" in page


@pytest.mark.usefixtures("keys")
def test_forty_documents_are_signed_in_one_go(plant: House) -> None:
    rows = asked(plant, *(f"Правила {number}" for number in range(40)))
    for _ in range(2):  # by the head, then by the seal
        marks = [str(row.uid) for row in requests_waiting(plant.actor)]
        assert len(marks) == 40
        answer = plant.client.post("/documents/signing/sign/", {"id": marks})
        assert answer.status_code == 302
    assert {row.state for row in Document.objects.unscoped("test").filter(pk__in=[r.pk for r in rows])} == {
        "signed"
    }


@pytest.mark.usefixtures("keys")
def test_one_that_cannot_be_signed_does_not_stop_the_others(plant: House) -> None:
    first, second = asked(plant, "А", "Б")
    marks = [row.uid for row in requests_waiting(plant.actor)]
    version_add(
        plant.actor, document=first.uid, content=Content(io.BytesIO(b"new"), "a.txt"), reason="опечатка"
    )
    signed = requests_sign(plant.actor, requests=marks)
    assert (signed.done, len(signed.faults)) == (1, 1)
    assert "«А»" in signed.text
    second.refresh_from_db()
    assert second.state == "signing"


@pytest.mark.usefixtures("keys")
def test_a_revoked_certificate_signs_nothing_from_that_moment(plant: House) -> None:
    asked(plant, "А")
    (waiting,) = requests_waiting(plant.actor)
    certificate = certificate_of(plant.actor, plant.actor.account or 0)
    assert certificate is not None
    certificate_revoke(JOB, uid=certificate.uid, reason="key_compromise")
    with pytest.raises(Refused, match="нет действующего сертификата"):
        request_sign(plant.actor, request=waiting.uid)


@pytest.mark.usefixtures("keys")
def test_a_refusal_returns_the_document_with_its_reason(plant: House) -> None:
    (row,) = asked(plant, "А")
    (waiting,) = requests_waiting(plant.actor)
    with pytest.raises(Refused, match="что исправить"):
        request_refuse(plant.actor, request=waiting.uid, reason=" ")
    request_refuse(plant.actor, request=waiting.uid, reason="нет приложения")
    row.refresh_from_db()
    assert row.state == "draft"
    assert not requests_waiting(plant.actor)
    assert "нет приложения" in notices(plant.actor).filter(kind="documents.refused").get().text


@pytest.mark.usefixtures("keys")
def test_a_signature_of_another_file_is_refused_with_its_verdict(plant: House) -> None:
    asked(plant, "А")
    (waiting,) = requests_waiting(plant.actor)
    certificate = certificate_of(plant.actor, plant.actor.account or 0)
    assert certificate is not None
    foreign = content_sign(plant.actor, content=b"another text", certificate=certificate.uid)
    with pytest.raises(Refused, match="изменён после подписания"):
        request_sign_own(plant.actor, request=waiting.uid, signature=foreign)
    with pytest.raises(Refused, match="не читается"):
        request_sign_own(plant.actor, request=waiting.uid, signature=b"garbage")
    right = content_sign(plant.actor, content="А".encode(), certificate=certificate.uid)
    assert request_sign_own(plant.actor, request=waiting.uid, signature=right).state == "signed"


@pytest.mark.usefixtures("keys")
def test_anybody_checks_a_signature_and_learns_nothing_else(plant: House) -> None:
    (row,) = asked(plant, "А")
    (waiting,) = requests_waiting(plant.actor)
    request_sign(plant.actor, request=waiting.uid)
    (put,) = signatures_put(versions_of(plant.actor, row)[0])
    content = Path(document_open(plant.actor, document=row.uid).path).read_bytes()
    visitor = Client()
    for body, said in ((content, "Подпись верна"), (content + b".", "изменён после подписания")):
        files = {
            "file": SimpleUploadedFile("a.txt", body),
            "signature": SimpleUploadedFile("a.p7s", signature_bytes(put.row)),
        }
        page = visitor.post("/documents/verify/", files).content.decode()
        assert said in page
    assert visitor.get(f"/documents/{row.uid}/").status_code in {302, 404}
    answer = plant.client.get(f"/documents/{row.uid}/signatures/{put.row.uid}/")
    assert answer.content == signature_bytes(put.row)


@pytest.mark.usefixtures("keys")
def test_the_copy_shows_every_element_and_carries_the_very_bytes(plant: House) -> None:
    (row,) = asked(plant, "Правила")
    for _ in range(2):
        requests_sign(plant.actor, requests=[one.uid for one in requests_waiting(plant.actor)])
    copy = PdfReader(io.BytesIO(document_copy(plant.actor, document=row.uid)))
    said = "\n".join(page.extract_text() for page in copy.pages)
    assert said.count("ДОКУМЕНТ ПОДПИСАН ЭЛЕКТРОННОЙ ПОДПИСЬЮ") == 2
    lines = said.splitlines()
    for word in ("Сертификат ", "Владелец ", "Действителен с "):
        assert sum(line.startswith(word) for line in lines) == 2  # each on a line of its own
    version = versions_of(plant.actor, row)[0]
    inside = copy.attachments
    assert inside["Правила.txt"] == ["Правила".encode()]
    kept = [signature_bytes(put.row) for put in signatures_put(version)]
    assert [inside[f"Правила.txt.{n}.p7s"][0] for n in (1, 2)] == kept
    assert b"pdfaid:part>3" in copy.root_object["/Metadata"].get_object().get_data()  # type: ignore[union-attr]


@pytest.mark.usefixtures("keys")
def test_the_copy_of_a_printed_form_shows_its_pages(plant: House) -> None:
    form = RegisterForm("Журнал", "АО «Завод»", "с начала", ("№",), ("1fr",), (("7",),))
    page = form_render("documents/register.typ", form)
    facts = DocumentIn(kind="rules", title="Правила", on=ON)
    content = Content(io.BytesIO(page), "Правила.pdf")
    row = document_create(plant.actor, document=facts, content=content)
    copy = PdfReader(io.BytesIO(document_copy(plant.actor, document=row.uid)))
    assert len(copy.pages) == len(PdfReader(io.BytesIO(page)).pages) + 1
    assert "ЖУРНАЛ" in copy.pages[0].extract_text()
    assert copy.attachments["Правила.pdf"] == [page]
