"""Every opening stands in the journal, granted and refused; a document is found by any of its requisites."""

import datetime as dt

import pytest
from django.utils import timezone

from medtrud.domains.documents.public import document_create, document_register
from medtrud.domains.documents.types import Received
from medtrud.engines.journal.public import lines
from medtrud.registries.people.public import person_register, person_share

from .houses import JOB, House, letter, streamed, text

pytestmark = pytest.mark.django_db


def test_a_granted_and_a_refused_opening_both_stand_in_the_journal(plant: House, clinic: House) -> None:
    row = document_create(plant.actor, document=letter(), content=text("тайна"))
    address = f"/documents/{row.uid}/files/1/"
    assert streamed(plant.client.get(address)).decode() == "тайна"
    assert clinic.client.get(address).status_code == 404
    granted = lines(JOB).filter(action="documents.document_open", outcome="done", object=row.uid)
    assert [line.account for line in granted] == [plant.actor.account]
    refused = lines(JOB).filter(outcome="refused", object=row.uid, account=clinic.actor.account)
    assert refused.count() == 1
    assert clinic.client.get(f"/api/v1/documents/{row.uid}/versions/1/file").status_code == 404
    assert clinic.client.get(f"/documents/{row.uid}/copies/1/").status_code == 404
    assert clinic.client.get(f"/documents/{row.uid}/").status_code == 404
    assert refused.count() == 4


def test_a_document_is_found_by_any_of_its_requisites(clinic: House) -> None:
    person = person_register(
        JOB, last_name="Ромашкина", first_name="Анна", middle_name="Петровна",
        birth_date=dt.date(1980, 5, 17), sex="female",
    )  # fmt: skip
    person_share(JOB, persons=[person.pk], organization=clinic.organization.pk)
    at = dt.datetime(2026, 3, 4, 10, tzinfo=timezone.get_current_timezone())
    came = Received(at, "15-п/7", dt.date(2026, 3, 3), "почта")
    facts = letter(kind="medical_in", on=dt.date(2026, 3, 2), received=came, person=person.pk)
    row = document_create(clinic.actor, document=facts, content=text("выписка"))
    document_register(clinic.actor, document=row.uid, on=dt.date(2026, 3, 5))
    other = document_create(
        clinic.actor, document=letter(title="О касках", party_name="АО"), content=text("б")
    )
    asked = (
        "срок осмотра",
        "Ромашка",
        "«Ромашка»",
        "Ромашкина Анна",
        "15-п/7",
        "02.03.2026",
        "03.03.2026",
        "05.03.2026",
        "1",
    )
    for said in asked:
        page = clinic.client.get("/documents/", {"q": said}).content.decode()
        assert str(row.uid) in page, said
        assert (str(other.uid) in page) == (said == "02.03.2026"), said
    assert str(row.uid) not in clinic.client.get("/documents/", {"q": "06.03.2026"}).content.decode()
    day = clinic.client.get("/documents/registers/incoming/", {"q": "05.03.2026"}).content.decode()
    assert str(row.uid) in day
