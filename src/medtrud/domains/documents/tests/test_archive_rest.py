"""The archive by another system: a transfer from its beginning to the containers, and the reading room."""

import datetime as dt
import io
import zipfile
from uuid import uuid4

import pytest
from django.test import Client

from medtrud.domains.documents.models import Document
from medtrud.domains.documents.public import (
    document_create,
    document_register,
    requests_sign,
    requests_waiting,
)
from medtrud.engines.access.public import Account
from medtrud.engines.background.public import run_pending
from medtrud.engines.journal.public import lines
from medtrud.kernel.actor import Actor, Role
from medtrud.registries.people.public import person_register, person_share

from .houses import JOB, House, letter, streamed, text
from .shelves import CLOSED, YEAR, closed, kept_case, letters, transferred

pytestmark = pytest.mark.django_db
API = "/api/v1/documents/archive"
JSON = "application/json"
GUARD = Actor(role=Role.SECURITY, name="security")


@pytest.fixture
def client(archivist: Actor) -> Client:
    made = Client()
    made.force_login(Account.objects.unscoped("the seat of the test").get(pk=archivist.account))
    return made


def test_a_year_is_transferred_and_taken_out(plant: House, archivist: Actor, client: Client) -> None:
    letters(plant)
    inventory = closed(archivist)
    whole = client.get(f"{API}/inventories/{inventory.uid}").json()
    assert whole["record"].startswith("В данный раздел описи внесено 1 (одна) единица хранения")
    assert [(case["state"], case["sha256"]) for case in whole["cases"]] == [("closed", "")]
    sides = {"giver": plant.actor.account, "receiver": archivist.account}
    begun = client.post(f"{API}/inventories/{inventory.uid}/transfer", sides, content_type=JSON)
    assert begun.status_code == 201
    run_pending()
    going = f"{API}/transfers/{begun.json()['uid']}"
    assert client.get(going).json()["state"] == "checked"
    assert client.post(f"{going}/offer").json()["state"] == "offered"
    for signer in (plant.actor, archivist):
        requests_sign(signer, requests=[one.uid for one in requests_waiting(signer)])
    run_pending()
    assert client.get(going).json()["state_title"] == "Принята"
    (case,) = client.get(f"{API}/cases?state=kept&year={YEAR}").json()["items"]
    assert [check["ok"] for check in client.get(f"{API}/cases/{case['uid']}").json()["checks"]] == [True] * 6
    for tail in (f"cases/{case['uid']}", f"inventories/{inventory.uid}"):
        data = streamed(client.get(f"{API}/{tail}/container"))
        assert "manifest.xml" in zipfile.ZipFile(io.BytesIO(data)).namelist()
    assert client.get(f"{API}/inventories").json()["items"][0]["sha256"]


def test_a_hold_is_set_and_lifted_and_a_copy_is_issued(
    plant: House, archivist: Actor, client: Client
) -> None:
    case = kept_case(plant, archivist)
    held = client.post(f"{API}/cases/{case.uid}/hold", {"reason": "запрос суда"}, content_type=JSON).json()
    assert (held["held"], held["holds"][0]["reason"]) == (True, "запрос суда")
    again = client.post(f"{API}/cases/{case.uid}/hold", {"reason": "ещё раз"}, content_type=JSON)
    assert again.status_code == 409
    free = client.post(f"{API}/cases/{case.uid}/release", {"reason": "дело кончено"}, content_type=JSON)
    assert free.json()["held"] is False
    (item, *_) = client.get(f"{API}/items", {"q": "шум"}).json()["items"]
    asked = {"kind": "certificate", "asked_by": "Иванов И. И.", "basis": "запрос № 5"}
    made = client.post(f"{API}/items/{item['uid']}/issue", asked, content_type=JSON)
    assert (made.status_code, made.json()["number"]) == (201, 1)
    assert streamed(client.get(f"{API}/issues/{made.json()['uid']}/file")).startswith(b"%PDF")
    assert client.get(f"{API}/issues").json()["items"][0]["asked_by"] == "Иванов И. И."
    assert client.get(f"{API}/media").json() == []


def about(plant: House, last_name: str, title: str) -> tuple[int, Document]:
    person = person_register(
        JOB, last_name=last_name, first_name="Анна", middle_name="Ивановна", sex="female",
        birth_date=dt.date(1980, 5, 6),
    )  # fmt: skip
    person_share(JOB, persons=[person.pk], organization=plant.organization.pk)
    facts = letter(title=title, on=dt.date(YEAR, 4, 1), person=person.pk)
    row = document_create(plant.actor, document=facts, content=text(title))
    document_register(plant.actor, document=row.uid, on=dt.date(2026, 3, 2))
    return person.pk, row


def test_the_reading_room_finds_by_a_person_and_the_journal_knows(
    plant: House, archivist: Actor, client: Client
) -> None:
    person, row = about(plant, "Сорокина", "Запрос о стаже")
    about(plant, "Воронина", "Запрос о вредности")
    transferred(plant, archivist, closed(archivist))
    (found,) = client.get(f"{API}/items", {"person": "Сорокина"}).json()["items"]
    assert (found["document"], found["person"]) == (str(row.uid), "Сорокина Анна Ивановна")
    assert client.get(f"{API}/items", {"person": "Грачёва"}).json()["items"] == []
    asked = [line.facts for line in lines(GUARD).filter(action="documents.items_find").order_by("pk")]
    assert [(one["persons"], one["documents"]) for one in asked] == [([person], 1), ([], 0)]
    page = client.get("/documents/archive/items/", {"by": "person", "q": "сорокина"}).content.decode()
    assert "Сорокина Анна Ивановна" in page
    assert "Запрос о вредности" not in page
    assert "О ком" not in client.get("/documents/archive/items/", {"q": "стаж"}).content.decode()


def test_another_house_and_another_desk_get_nothing(plant: House, clinic: House, archivist: Actor) -> None:
    case = kept_case(plant, archivist)
    for stranger in (plant, clinic):
        answer = stranger.client.get(f"{API}/cases/{case.uid}/container")
        assert answer.status_code == 403
    assert clinic.client.get(f"{API}/cases").status_code == 403


def test_what_is_not_there_is_said(client: Client, archivist: Actor) -> None:
    for tail in (
        f"cases/{uuid4()}",
        f"inventories/{uuid4()}",
        f"transfers/{uuid4()}",
        f"issues/{uuid4()}/file",
    ):
        assert client.get(f"{API}/{tail}").status_code == 404
    assert client.get(f"{API}/cases", {"due": "true", "q": "\\0"}).json()["items"] == []
    assert CLOSED.year == YEAR + 1
