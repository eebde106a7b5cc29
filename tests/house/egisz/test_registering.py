"""One conclusion after another is written, signed, sent and registered, or refused and corrected."""

from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from django.core.management import call_command
from lxml import etree

from medtrud.connectors.egisz.actions import (
    exchange_set,
    submission_repeat,
    submissions_add,
)
from medtrud.connectors.egisz.drivers import soap
from medtrud.connectors.egisz.models import Submission
from medtrud.connectors.egisz.queries import books_now
from medtrud.connectors.egisz.rules import semd_check
from medtrud.connectors.egisz.types.exchange import Fault
from medtrud.domains.documents.public import documents
from medtrud.domains.exams.tests.conftest import icd10  # noqa: F401 - a fixture
from medtrud.domains.exams.tests.desk import client_of
from medtrud.domains.exams.tests.world import DAY, JOB
from medtrud.engines.background.public import run_pending
from medtrud.kernel.errors import Refused
from medtrud.registries.people.models import Person
from medtrud.registries.people.public import person_change

from .world import OID, State, told, whole

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("icd10", "books", "schemas")]


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
