"""What is lost on the way: a silent registry, lost answers, strange calls."""

import socket
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from medtrud.connectors.egisz.actions import (
    exchange_set,
    submission_repeat,
    submissions_retry,
)
from medtrud.connectors.egisz.drivers import soap
from medtrud.connectors.egisz.models import Exchange, Message
from medtrud.connectors.egisz.queries import AGENT
from medtrud.connectors.egisz.types.exchange import PAUSES, SILENCE, Fault
from medtrud.domains.exams.tests.conftest import icd10  # noqa: F401 - a fixture
from medtrud.engines.background.public import run_pending
from medtrud.engines.store.public import now

from .world import OID, State, told, whole

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("icd10", "books", "schemas")]


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
