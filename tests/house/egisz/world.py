"""A clinic that can sign, and the registry it sends to."""

import socket
from dataclasses import dataclass
from http.server import HTTPServer
from uuid import uuid4

from django.test import Client

from medtrud.connectors.egisz.actions import (
    exchange_set,
    post_code_set,
)
from medtrud.connectors.egisz.drivers import soap
from medtrud.connectors.egisz.drivers.simulator import Simulator
from medtrud.connectors.egisz.models import Message, Submission
from medtrud.connectors.egisz.queries import books_now
from medtrud.connectors.egisz.rules import semd_check
from medtrud.connectors.egisz.types.exchange import Envelope, Fault, Heard, SubmissionState
from medtrud.domains.documents.public import requests_sign, requests_waiting
from medtrud.domains.exams.actions.conclusion import conclusion_give
from medtrud.domains.exams.tests.conftest import icd10  # noqa: F401 - a fixture
from medtrud.domains.exams.tests.desk import Commission
from medtrud.domains.exams.tests.world import DAY, JOB
from medtrud.domains.exams.types.results import NewConclusion
from medtrud.engines.background.public import run_pending
from medtrud.engines.signing.public import signature_check
from medtrud.engines.store.public import now
from medtrud.kernel.actor import Actor
from medtrud.registries.people.models import Person
from medtrud.registries.people.public import person_change

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


def whole(house: House, registry: Registry) -> None:
    """Enter everything a document needs and switch the exchange on."""
    exchange_set(house.world.registrar, oid=OID, address=registry.address, system=str(uuid4()), on=True)
    post_code_set(house.world.registrar, position="врач", code="80")
    chairman = Person.objects.unscoped("test").get(pk=house.world.chair.person)
    person_change(JOB, person=chairman.uid, changes={"snils": "900-000-069 01"}, reason="")


def told(row: Submission) -> list[tuple[str, bool]]:
    rows = Message.objects.unscoped("test").filter(submission=row).order_by("pk")
    return [(each.operation, each.ok) for each in rows]
