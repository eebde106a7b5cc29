"""A conclusion reaches the registry: written, signed, sent over HTTP, asked for, answered, corrected."""

import datetime as dt
import json
import socket
from contextlib import suppress
from dataclasses import dataclass, replace
from http.server import HTTPServer
from io import BytesIO, StringIO
from uuid import uuid4
from zipfile import ZipFile

import pytest
from django.core.management import call_command
from django.db import DatabaseError, transaction
from django.test import Client
from lxml import etree

from medtrud.connectors.egisz.actions import (
    exchange_set,
    post_code_set,
    submission_repeat,
    submissions_add,
    submissions_retry,
)
from medtrud.connectors.egisz.drivers import soap
from medtrud.connectors.egisz.drivers.places import schemas_set
from medtrud.connectors.egisz.drivers.schemas import schemas_load
from medtrud.connectors.egisz.drivers.simulator import Simulator, serve
from medtrud.connectors.egisz.models import Exchange, Message, Submission
from medtrud.connectors.egisz.queries import AGENT, books_now
from medtrud.connectors.egisz.rules import semd_check
from medtrud.connectors.egisz.types.exchange import PAUSES, SILENCE, Envelope, Fault, Heard, SubmissionState
from medtrud.domains.documents.public import documents, requests_sign, requests_waiting
from medtrud.domains.exams.actions.conclusion import conclusion_give
from medtrud.domains.exams.models import Conclusion
from medtrud.domains.exams.tests.conftest import icd10  # noqa: F401 - a fixture
from medtrud.domains.exams.tests.desk import Commission, client_of
from medtrud.domains.exams.tests.world import DAY, JOB
from medtrud.domains.exams.types.results import NewConclusion
from medtrud.engines.access.public import account_open, seat_give
from medtrud.engines.background.public import run_pending
from medtrud.engines.signing.public import authority_open, certificate_issue, signature_check
from medtrud.engines.store.public import now
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.errors import Refused
from medtrud.registries.organizations.public import StaffMember, organization_open, requisites_change
from medtrud.registries.organizations.types import Kind, Requisites
from medtrud.registries.people.models import Person
from medtrud.registries.people.public import person_change
from medtrud.registries.reference import actions as reference
from medtrud.registries.reference.drivers import shipped

from .test_semd import OFFICIAL

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("icd10", "books", "schemas")]
NETWORK = socket.socket.connect
OID = "1.2.643.5.1.13.13.12.2.35.99999"
LARGE = {"mkb10", "document_kinds", "electronic_documents", "units", "specialties"}
HOUSE = {
    "ogrn": "1020000000998",
    "inn": "0098765437",
    "address": "162600, г. Череповец, ул. Врачебная, 2",
    "phone": "8 (8202) 00-00-00",
}
State = SubmissionState


@pytest.fixture
def books(db, monkeypatch):
    some = [(passport, content) for passport, content in shipped() if passport.code not in LARGE]
    monkeypatch.setattr(reference, "shipped", lambda: some)
    reference.books_load(JOB)


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("semd")
    with suppress(Refused):
        schemas_load(OFFICIAL / "194", made)
    return made


@pytest.fixture
def schemas(folder):
    schemas_set(folder)


@dataclass
class Registry:
    """The simulator over HTTP; its calls back come through the front door of the product."""

    simulator: Simulator
    server: HTTPServer
    folder: object
    lost: bool = False

    @property
    def address(self):
        return f"http://127.0.0.1:{self.server.server_port}/emdr"

    def post(self, envelope: Envelope) -> Heard:
        if self.lost and envelope.operation == soap.RESULT:
            return Heard(None, 0, error="lost")
        path = "/" + envelope.address.split("/", 3)[3]
        answer = Client().post(path, envelope.body, content_type="application/soap+xml")
        return Heard(answer.status_code, 0, answer.content)

    def judge(self, content, signatures):
        report = semd_check(content, schemas=self.folder, books=books_now())
        faults = [Fault(found.rule, found.text) for found in report.errors]
        bad = [s for s in signatures if not signature_check(s, content, at=now()).verdict.good]
        return [*faults, *(Fault("SIGNATURE", "Подпись неверна.") for _ in bad)]


@pytest.fixture
def registry(folder, monkeypatch):
    monkeypatch.setattr(socket.socket, "connect", NETWORK)  # the network of this machine only
    made = Registry(Simulator(judge=lambda *_: []), None, folder)
    made.simulator.post, made.simulator.judge = made.post, made.judge
    made.server = serve(made.simulator)
    yield made
    made.server.shutdown()
    made.server.server_close()


@dataclass
class House:
    """A clinic whose chairman can sign."""

    world: Commission
    chair: Actor
    exam: object

    def give(self, group="I", **more):
        row = conclusion_give(self.chair, exam=self.exam.uid, given=NewConclusion(group, **more), on=DAY)
        run_pending()
        return row

    def sign(self):
        for _ in range(2):
            waiting = [row for row in requests_waiting(self.chair) if row.version.document.kind == "semd"]
            requests_sign(self.chair, requests=[row.uid for row in waiting])
        run_pending()

    @property
    def submission(self) -> Submission:
        return Submission.objects.unscoped("test").order_by("-pk")[0]


@pytest.fixture
def house(registry) -> House:
    world = Commission()
    world.ready()
    requisites_change(
        world.registrar, organization=world.clinic.pk, changes=HOUSE, since=dt.date(2021, 6, 1), basis="",
        confirmed=True,
    )  # fmt: skip
    account = account_open(JOB, login="chair", password="x", person=world.chair.person)
    place = world.clinic.pk
    seat_give(JOB, account=account, role=Role.COMMISSION, since=dt.date(2025, 1, 1), organization=place)
    StaffMember.objects.unscoped("test").filter(person=world.chair.person).update(account=account)
    authority_open(JOB, algorithm="ec", name="Центр", organization="Медтруд")
    owner = {"surname": "Орлова", "given_name": "Анна Петровна"}
    certificate_issue(JOB, kind="person", names=owner, account=account.pk, organization=place, algorithm="ec")
    seal = {"organization": "Поликлиника № 1"}
    certificate_issue(JOB, kind="seal", names=seal, organization=place, algorithm="ec")
    chair = replace(world.chair, account=account.pk)
    return House(world, chair, world.visit(world.clear))


def whole(house: House, registry: Registry) -> None:
    """Enter everything a document needs and switch the exchange on."""
    exchange_set(house.world.registrar, oid=OID, address=registry.address, system=str(uuid4()), on=True)
    post_code_set(house.world.registrar, position="врач", code="80")
    chairman = Person.objects.unscoped("test").get(pk=house.world.chair.person)
    person_change(JOB, person=chairman.uid, changes={"snils": "900-000-069 01"}, reason="")


def told(row: Submission) -> list[tuple[str, bool]]:
    rows = Message.objects.unscoped("test").filter(submission=row).order_by("pk")
    return [(each.operation, each.ok) for each in rows]


def test_nothing_leaves_until_the_clinic_switches_it_on(house, registry):
    house.give()
    assert not Submission.objects.unscoped("test").exists()
    with pytest.raises(Refused, match="выключен"):
        submissions_add(house.chair, since=DAY)
    whole(house, registry)
    assert submissions_add(house.chair, since=DAY) == 1
    assert submissions_add(house.chair, since=DAY) == 0
    run_pending()
    assert house.submission.state == State.SIGNING


def test_what_is_missing_is_listed_with_its_place_and_the_document_follows(house, registry):
    exchange_set(house.world.registrar, oid=OID, address=registry.address, system="s", on=True)
    conclusion = house.give()
    row = house.submission
    assert row.state == State.LACKING
    lacks = {lack["what"]: lack["where"] for lack in row.lacks}
    assert any("СНИЛС председателя" in what for what in lacks)
    assert any("код должности «врач»" in what for what in lacks)
    assert all(lacks.values())
    err = StringIO()
    with pytest.raises(SystemExit):
        call_command("semd", "build", str(conclusion.uid), stderr=err)
    assert "СНИЛС председателя" in err.getvalue()
    whole(house, registry)
    submission_repeat(house.chair, submission=row.uid)
    run_pending()
    assert house.submission.state == State.SIGNING
    out = StringIO()
    call_command("semd", "build", str(conclusion.uid), stdout=out)
    report = semd_check(out.getvalue().encode(), schemas=registry.folder, books=books_now())
    assert report.errors == []


def test_a_conclusion_is_signed_sent_asked_for_and_registered(house, registry):
    whole(house, registry)
    house.give()
    row = house.submission
    assert (row.state, row.lacks, row.report["errors"]) == (State.SIGNING, [], [])
    house.sign()
    row = house.submission
    assert row.state == State.SENT
    assert [each.local_uid for each in registry.simulator.waiting] == [str(row.uid)]
    assert registry.simulator.deliver() == 1
    row = house.submission
    assert (row.state, row.faults) == (State.REGISTERED, [])
    assert row.registry_number == registry.simulator.registered[str(row.uid)][0]
    assert told(row) == [(soap.REGISTER, True), (soap.FILE, True), (soap.RESULT, True)]
    packed = client_of(house.chair).post(f"/egisz/{row.uid}/pack/")
    with ZipFile(BytesIO(packed.content)) as archive:
        names = archive.namelist()
        content = archive.read(f"{row.uid}.xml")
    assert sorted(name.rsplit(".", 2)[1:] for name in names if name.endswith("p7s")) == [
        ["chairman", "p7s"],
        ["organization", "p7s"],
    ]
    root = etree.fromstring(content)
    assert root.findtext(".//{*}patient/{*}name/{*}family") == "Громова"
    assert root.find("{*}setId").get("extension") == str(house.exam.uid)


def test_a_refused_document_is_corrected_and_sent_under_the_same_uid(house, registry):
    whole(house, registry)
    registry.simulator.insured = {"98765432183": "Другой"}
    person = Person.objects.unscoped("test").get(pk=house.exam.person_id)
    person_change(JOB, person=person.uid, changes={"snils": "987-654-321 83"}, reason="")
    house.give()
    house.sign()
    registry.simulator.deliver()
    row = house.submission
    assert row.state == State.REFUSED
    assert told(row)[-1] == (soap.RESULT, False)
    assert row.faults == [
        {"code": "PERSON", "text": "Фамилия пациента не соответствует СНИЛС. Сверьте данные пациента."}
    ]
    person_change(JOB, person=person.uid, changes={"last_name": "Другой"}, reason="смена фамилии")
    submission_repeat(house.chair, submission=row.uid)
    run_pending()
    again = house.submission
    assert (again.uid, again.state, again.document_version) == (row.uid, State.SIGNING, 2)
    house.sign()
    registry.simulator.deliver()
    assert house.submission.state == State.REGISTERED
    with pytest.raises(Refused, match="повторять нечего"):
        submission_repeat(house.chair, submission=row.uid)


def test_the_same_bytes_are_sent_again_with_the_signatures_they_have(house, registry):
    whole(house, registry)
    registry.simulator.judge = lambda *_: [Fault("PERSON", "Пациент не найден.")]
    house.give()
    house.sign()
    registry.simulator.deliver()
    assert house.submission.state == State.REFUSED
    registry.simulator.judge = registry.judge
    submission_repeat(house.chair, submission=house.submission.uid)
    run_pending()
    row = house.submission
    assert (row.state, row.document_version) == (State.SENT, 1)
    registry.simulator.deliver()
    assert house.submission.state == State.REGISTERED


def test_a_new_version_of_a_conclusion_is_a_new_version_of_the_same_set(house, registry):
    whole(house, registry)
    house.give()
    first = house.submission
    house.give("II", change_reason="уточнена группа здоровья")
    second = house.submission
    first.refresh_from_db()
    assert (first.state, second.version, second.state) == (State.REPLACED, 2, State.SIGNING)
    assert [row.versions.count() for row in documents(house.chair).filter(kind="semd")] == [2]
    house.sign()
    registry.simulator.deliver()
    assert house.submission.state == State.REGISTERED
    assert list(registry.simulator.registered) == [str(second.uid)]
    packed = client_of(house.chair).post(f"/egisz/{second.uid}/pack/")
    with ZipFile(BytesIO(packed.content)) as archive:
        root = etree.fromstring(archive.read(f"{second.uid}.xml"))
    assert root.find("{*}versionNumber").get("value") == "2"
    assert root.find("{*}setId").get("extension") == str(house.exam.uid)
    assert root.find("{*}id").get("extension") == str(second.uid) != str(first.uid)


def test_a_registry_that_is_silent_is_asked_with_pauses_and_then_parked(house, registry):
    whole(house, registry)
    exchange = Exchange.objects.unscoped("test").get()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        closed = probe.getsockname()[1]
    exchange_set(house.world.registrar, oid=OID, address=f"http://127.0.0.1:{closed}/", system="s", on=True)
    house.give()
    house.sign()
    row = house.submission
    assert (row.state, row.tries) == (State.READY, 1)
    assert submissions_retry(AGENT, at=now()) == 0, "the pause is not over"
    for _ in PAUSES:
        at = house.submission.next_at or now()
        assert submissions_retry(AGENT, at=at) == 1
        run_pending()
    row = house.submission
    assert (row.state, row.tries) == (State.PARKED, len(PAUSES) + 1)
    assert "Соединение не удалось" in row.faults[0]["text"]
    assert told(row) == [(soap.REGISTER, False)] * (len(PAUSES) + 1)
    exchange_set(house.world.registrar, oid=OID, address=registry.address, system=exchange.system, on=True)
    submission_repeat(house.chair, submission=row.uid)
    run_pending()
    registry.simulator.deliver()
    assert house.submission.state == State.REGISTERED


def test_a_lost_answer_is_asked_for_and_the_same_document_is_registered_once(house, registry):
    whole(house, registry)
    house.give()
    house.sign()
    registry.lost = True
    assert registry.simulator.deliver() == 0
    row = house.submission
    assert row.state == State.SENT
    assert submissions_retry(AGENT, at=row.next_at) == 1
    assert row.next_at - row.changed_at == SILENCE
    run_pending()
    row = house.submission
    assert (row.state, told(row)[-1]) == (State.REGISTERED, (soap.SEARCH, True))
    assert row.registry_number == registry.simulator.registered[str(row.uid)][0]


def test_a_document_the_registry_never_saw_is_sent_again(house, registry):
    whole(house, registry)
    house.give()
    house.sign()
    registry.simulator.waiting.clear()
    row = house.submission
    assert submissions_retry(AGENT, at=row.next_at) == 1
    run_pending()
    assert [each[0] for each in told(row)] == [soap.REGISTER, soap.SEARCH, soap.REGISTER]
    registry.simulator.deliver()
    assert house.submission.state == State.REGISTERED


def test_strange_calls_change_nothing_and_are_answered(house, registry):
    whole(house, registry)
    house.give()
    house.sign()
    row, token = house.submission, Exchange.objects.unscoped("test").get().token
    client = Client()

    def call(content: bytes, key: str = token):
        return client.post(f"/egisz/callback/{key}/", content, content_type="application/soap+xml")

    good = soap.result_message(
        message="1",
        relates_to=str(row.message),
        local_uid=str(row.uid),
        number="35.1",
        at="2026-02-02T10:00:00+03:00",
    )
    assert call(good, "wrong").status_code == 404
    for junk in (b"", b"junk", b"<a/>", b"<!DOCTYPE a><a/>", good[:200], b"<a>" * 300):
        assert call(junk).status_code == 400
    stranger = soap.result_message(message="1", relates_to="", local_uid=str(uuid4()), number="1", at="")
    assert "UNKNOWN" in call(stranger).content.decode()
    other = soap.result_message(
        message="1", relates_to=str(uuid4()), local_uid=str(row.uid), number="1", at=""
    )
    assert "UNKNOWN" in call(other).content.decode()
    assert "localUid" in call(soap.file_message(message="1", local_uid="нет")).content.decode()
    assert house.submission.state == State.SENT
    assert call(good).status_code == 200
    late = soap.result_message(
        message="2",
        relates_to=str(row.message),
        local_uid=str(row.uid),
        number="",
        at="",
        faults=(Fault("X", "поздно"),),
    )
    assert call(late).status_code == 200
    row = house.submission
    assert (row.state, row.registry_number) == (State.REGISTERED, "35.1")
    with pytest.raises(DatabaseError), transaction.atomic():
        Message.objects.unscoped("test").update(ok=True)


def test_the_screens_of_the_queue_and_what_others_see(house, registry):
    whole(house, registry)
    house.give()
    row = house.submission
    chair, worker = client_of(house.chair), client_of(house.world.hr)
    page = chair.get("/egisz/").content.decode()
    assert str(row.number) in page
    assert "на подписи" in page
    assert ("Нет схемы" in page) is not OFFICIAL.exists()
    shown = chair.get(f"/egisz/{row.uid}/").content.decode()
    assert str(row.uid) in shown
    assert "Громова" in shown
    assert worker.get(f"/egisz/{row.uid}/").status_code == 403
    assert chair.post(f"/egisz/{row.uid}/repeat/").status_code == 409
    setting = chair.get("/egisz/setting/").content.decode()
    assert "не сверялись" in setting
    assert "/egisz/callback/" in setting
    for wrong in ({"oid": "1.02"}, {"oid": OID, "address": "ftp://x"}, {"oid": OID, "on": "on"}):
        assert chair.post("/egisz/setting/", wrong).status_code == 422
    assert "врач" in chair.get("/egisz/setting/posts/").content.decode()
    assert chair.post("/egisz/setting/posts/code/", {"position": "врач", "code": "999999"}).status_code == 422
    assert chair.post("/egisz/setting/posts/code/", {"position": "врач", "code": "80"}).status_code == 302
    house.sign()
    registry.simulator.deliver()
    assert "Итог регистрации" in chair.get("/egisz/journal/").content.decode()
    listed = chair.get("/api/v1/egisz/submissions").json()["items"]
    assert [each["state"] for each in listed] == ["registered"]
    one = chair.get(f"/api/v1/egisz/submissions/{row.uid}").json()
    assert len(one["messages"]) == 3
    other = organization_open(JOB, kind=Kind.CLINIC, requisites=Requisites("Чужая"), since=DAY, region="35")
    assert (
        client_of(replace(house.world.registrar, organization=other.pk)).get(f"/egisz/{row.uid}/").status_code
        == 404
    )


@pytest.mark.skipif(
    not OFFICIAL.exists(), reason="official schemas not found: XSD and schematron checks skipped"
)
def test_every_conclusion_of_the_world_becomes_a_valid_document(house, registry):
    whole(house, registry)
    house.world.chair = house.chair
    house.world.conclude()
    run_pending()
    rows = Submission.objects.unscoped("test").all()
    assert len(rows) == Conclusion.objects.unscoped("test").count() == 2
    assert {row.state for row in rows} == {State.SIGNING}
    assert all(row.report["outcome"] == "valid" for row in rows), json.dumps([row.report for row in rows])
