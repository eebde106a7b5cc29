"""The whole life of a document by another system; strangers, bad files and bad signatures."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from medtrud.domains.documents.actions import route_open, route_start, route_step_add
from medtrud.domains.documents.types.routes import Deed, StepIn
from medtrud.engines.signing.public import authority_open, certificate_issue, certificate_of, content_sign

from .houses import JOB, House, streamed

pytestmark = pytest.mark.django_db
API = "/api/v1/documents"
JSON = "application/json"
LETTER = {
    "kind": "letter_in",
    "title": "О сроках осмотров",
    "on": "2026-03-02",
    "party_name": "ООО «Ромашка»",
}


def entered(house: House, **more: str) -> str:
    file = SimpleUploadedFile("письмо.txt", f"текст {more}".encode())
    came = {} if "kind" in more else {"came_at": "2026-03-02T10:00:00"}
    answer = house.client.post(API, LETTER | came | {"file": file} | more)
    assert answer.status_code == 201, answer.content.decode()
    uid: str = answer.json()["uid"]
    return uid


def test_a_letter_is_entered_registered_found_and_read(plant: House, clinic: House) -> None:
    uid = entered(plant)
    assert plant.client.post(f"{API}/{uid}/register", {"on": "2026-03-02"}, content_type=JSON).json() == {
        "index": "1", "on": "2026-03-02", "due": "2026-03-02", "late": False,
    }  # fmt: skip
    for asked in ("q=срок осмотра", "q=1", "kind=letter_in&flow=incoming&since=2026-03-01&until=2026-03-31"):
        rows = plant.client.get(f"{API}?{asked}").json()["items"]
        assert [(row["uid"], row["number"]) for row in rows] == [(uid, "1")]
    assert plant.client.get(f"{API}?q=бегемот").json() == {"items": [], "next": ""}
    whole = plant.client.get(f"{API}/{uid}").json()
    assert [(one["number"], one["name"]) for one in whole["versions"]] == [(1, "письмо.txt")]
    file = plant.client.get(f"{API}/{uid}/versions/1/file")
    assert streamed(file).decode() == "текст {}"
    assert plant.client.get(f"{API}/{uid}/versions/1/copy").content.startswith(b"%PDF")
    assert plant.client.get(f"{API}/{uid}/versions/9/file").status_code == 404
    for tail in ("", "/versions/1/file", "/route"):
        assert clinic.client.get(f"{API}/{uid}{tail}").status_code == 404
    period = "since=2026-03-02&until=2026-03-02"
    (line,) = plant.client.get(f"{API}/registers/incoming?{period}").json()["items"]
    assert (line["document"], line["index"], line["came"]) == (uid, "1", "02.03.2026 10:00")
    assert plant.client.get(f"{API}/registers/outgoing").json() == {"items": [], "next": ""}
    assert plant.client.get(f"{API}/registers/secret").status_code == 422
    assert clinic.client.get(f"{API}/registers/incoming").json()["items"] == []
    again = plant.client.post(f"{API}/{uid}/register", {}, content_type=JSON)
    assert (again.status_code, "Второй номер" in again.json()["detail"]) == (409, True)


def test_a_bad_file_is_refused_in_words(plant: House) -> None:
    file = SimpleUploadedFile("письмо.pdf", b"text")
    answer = plant.client.post(API, LETTER | {"came_at": "2026-03-02T10:00:00", "file": file})
    assert (answer.status_code, "внутри другое" in answer.json()["detail"]) == (409, True)
    assert plant.client.post(API, LETTER).status_code == 422


def test_a_detached_signature_is_taken_and_verified(plant: House) -> None:
    authority_open(JOB, algorithm="gost256", name="Центр", organization="Медтруд")
    account = plant.actor.account or 0
    names = {"surname": "Волков", "given_name": "Пётр"}
    certificate_issue(JOB, kind="person", names=names, account=account, organization=plant.organization.pk)
    uid = entered(plant, kind="order", title="Приказ")
    asked = plant.client.post(f"{API}/{uid}/sign", {"signers": [account]}, content_type=JSON).json()
    assert [row["state"] for row in asked] == ["wait"]
    (waiting,) = plant.client.get(f"{API}/signing/queue").json()
    content = streamed(plant.client.get(f"{API}/{uid}/versions/1/file"))
    certificate = certificate_of(plant.actor, account)
    assert certificate is not None
    good = content_sign(plant.actor, content=content, certificate=certificate.uid)
    line = f"{API}/signing/{waiting['uid']}"
    bad = plant.client.post(line, {"signature": SimpleUploadedFile("a.sig", good[:-9] + bytes(9))})
    assert bad.status_code == 409
    taken = plant.client.post(line, {"signature": SimpleUploadedFile("a.sig", good)})
    assert taken.json()["state"] == "signed"
    (version,) = plant.client.get(f"{API}/{uid}").json()["versions"]
    (put,) = version["signatures"]
    assert any("Волков" in row for row in put["mark"])
    assert plant.client.get(f"{API}/{uid}/signatures/{put['uid']}").content == good
    for body, verdict in ((content, True), (content + b"!", False)):
        files = {"file": SimpleUploadedFile("a", body), "signature": SimpleUploadedFile("a.sig", good)}
        assert plant.client.post(f"{API}/verify", files).json()["good"] is verdict


def test_a_signature_is_refused_with_a_reason_and_only_by_whoever_is_asked(
    plant: House, clinic: House
) -> None:
    uid = entered(plant, kind="order", title="Приказ")
    asked = {"signers": [plant.actor.account]}
    plant.client.post(f"{API}/{uid}/sign", asked, content_type=JSON)
    (waiting,) = plant.client.get(f"{API}/signing/queue").json()
    assert waiting["version"] == 1
    line = f"{API}/signing/{waiting['uid']}/refuse"
    assert plant.client.post(line, {"reason": ""}, content_type=JSON).status_code == 422
    assert clinic.client.post(line, {"reason": "чужой"}, content_type=JSON).status_code == 404
    refused = plant.client.post(line, {"reason": "не та дата"}, content_type=JSON).json()
    assert (refused["state"], refused["reason"]) == ("refused", "не та дата")
    assert plant.client.get(f"{API}/signing/queue").json() == []
    assert plant.client.get(f"{API}/{uid}").json()["state"] == "draft"
    assert plant.client.post(line, {"reason": "ещё раз"}, content_type=JSON).status_code == 409


def test_a_document_goes_along_its_route(plant: House) -> None:
    route = route_open(plant.actor, title="Письма", kinds=["letter_in"])
    for order in (1, 2):
        route_step_add(
            plant.actor, route=route.uid, step=StepIn(order, Deed.APPROVE, plant.actor.account or 0, 2)
        )
    route_start(plant.actor, route=route.uid)
    uid = entered(plant)
    steps = plant.client.post(f"{API}/{uid}/route", {"route": str(route.uid)}, content_type=JSON).json()
    assert [step["state"] for step in steps] == ["asked", "waits"]
    for _ in range(2):
        (step,) = plant.client.get(f"{API}/steps").json()
        plant.client.post(f"{API}/steps/{step['uid']}", {"agree": True}, content_type=JSON)
    assert {step["state"] for step in plant.client.get(f"{API}/{uid}/route").json()} == {"done"}
