"""The screens of the queue, what others see, and every conclusion as a valid document."""

import json
from dataclasses import replace

import pytest

from medtrud.connectors.egisz.models import Submission
from medtrud.domains.exams.models import Conclusion
from medtrud.domains.exams.tests.conftest import icd10  # noqa: F401 - a fixture
from medtrud.domains.exams.tests.desk import client_of
from medtrud.domains.exams.tests.world import DAY, JOB
from medtrud.engines.background.public import run_pending
from medtrud.registries.organizations.public import organization_open
from medtrud.registries.organizations.types import Kind, Requisites

from ..test_semd import OFFICIAL
from .world import OID, State, whole

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("icd10", "books", "schemas")]


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
