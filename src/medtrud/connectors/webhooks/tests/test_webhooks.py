"""Events leave signed for a real server on this machine, are tried again and are seen in the journal."""

import datetime as dt
import hashlib
import hmac
import json
import re
import socket
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any, ClassVar
from uuid import uuid4

import pytest
from django.test import Client

from medtrud.connectors.webhooks.actions import hook_approve, hook_open, sendings_queue, sendings_retry
from medtrud.connectors.webhooks.jobs import JOB
from medtrud.connectors.webhooks.models import Hook, Sending, Try
from medtrud.connectors.webhooks.rules import address_problem
from medtrud.connectors.webhooks.types import PAUSES, SendingState
from medtrud.domains.exams.types.events import ReferralsIssued
from medtrud.engines.access.public import account_open, actor_of, desks, seat_give, token_give
from medtrud.engines.background.public import publish, run_pending
from medtrud.engines.store.public import now, together
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.errors import Refused
from medtrud.registries.organizations.public import Organization, organization_open
from medtrud.registries.organizations.types import Kind, Requisites

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 3, 2)
LONG_AGO = dt.date(2021, 1, 1)


class Receiver(BaseHTTPRequestHandler):
    status: ClassVar[int] = 200
    got: ClassVar[list[tuple[str, dict[str, str], bytes]]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        Receiver.got.append((self.path, dict(self.headers), body))
        self.send_response(Receiver.status)
        self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Keep silent."""


REAL = socket.socket.connect


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setattr(socket.socket, "connect", REAL)  # the network of this machine only
    Receiver.got.clear()
    monkeypatch.setattr(Receiver, "status", 200)
    made = HTTPServer(("127.0.0.1", 0), Receiver)
    thread = Thread(target=made.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{made.server_port}/events?from=medtrud"
    made.shutdown()
    made.server_close()
    thread.join()


def organization(kind: Kind, name: str) -> Organization:
    return organization_open(
        Actor.job("test"), kind=kind, requisites=Requisites(name), since=LONG_AGO, region="35"
    )


@pytest.fixture
def plant() -> Organization:
    return organization(Kind.EMPLOYER, "Завод")


@pytest.fixture
def clinic() -> Organization:
    return organization(Kind.CLINIC, "Поликлиника")


def seated(role: Role, place: Organization | None, account: int | None = None) -> Actor:
    return Actor(
        role=role, account=account, organization=place.pk if place else None,
        permissions=desks()[role].permissions,
    )  # fmt: skip


def subscribed(place: Organization, url: str, *kinds: str) -> tuple[Hook, str]:
    row, secret = hook_open(seated(Role.EMPLOYER, place), url=url, kinds=kinds or ["referrals_issued"])
    hook_approve(seated(Role.SECURITY, None), hook=row.uid)
    return row, secret


def given(plant: Organization, clinic: Organization) -> ReferralsIssued:
    event = ReferralsIssued(plant.pk, clinic.pk, DAY, 1, 17, uuid4())
    with together():
        publish(event)
    run_pending()
    return event


def test_a_referral_leaves_signed_with_keys_and_dates_only(
    server: str, plant: Organization, clinic: Organization
) -> None:
    _, secret = subscribed(plant, server)
    event = given(plant, clinic)
    [(path, headers, body)] = Receiver.got
    assert path == "/events?from=medtrud"
    told = dict(part.split("=") for part in headers["Medtrud-Signature"].split(","))
    counted = hmac.new(secret.encode(), f"{told['t']}.".encode() + body, hashlib.sha256).hexdigest()
    assert told["v1"] == counted
    payload = json.loads(body)
    sending = Sending.objects.unscoped("test").get()
    assert headers["Medtrud-Delivery"] == payload.pop("id") == str(sending.uid)
    assert dt.datetime.fromisoformat(payload.pop("at")) == sending.created_at
    assert payload == {
        "event": "referrals_issued", "employer": str(plant.uid), "clinic": str(clinic.uid),
        "referral": str(event.referral), "on": "2026-03-02", "count": 1,
    }  # fmt: skip
    assert sending.state == SendingState.DONE
    assert Try.objects.unscoped("test").get().status == 200


def test_only_those_who_subscribed_to_it_and_were_admitted_are_told(
    server: str, plant: Organization, clinic: Organization
) -> None:
    hook_open(seated(Role.EMPLOYER, plant), url=server, kinds=["referrals_issued"])  # not admitted yet
    subscribed(organization(Kind.EMPLOYER, "Другой завод"), server)
    subscribed(plant, f"{server}&acts", "final_act_closed")
    given(plant, clinic)
    assert Receiver.got == []
    assert not Sending.objects.unscoped("test").exists()


def test_a_refused_sending_is_tried_again_with_pauses_and_then_parked(
    server: str, plant: Organization, clinic: Organization, monkeypatch: pytest.MonkeyPatch
) -> None:
    subscribed(plant, server)
    monkeypatch.setattr(Receiver, "status", 302)
    given(plant, clinic)
    row = Sending.objects.unscoped("test").get()
    assert (row.state, row.tries) == (SendingState.WAITING, 1)
    assert len(Receiver.got) == 1, "a redirect is not followed"
    at = now()
    assert sendings_retry(JOB, at=at) == 0, "the pause is not over"
    for pause in PAUSES:
        at += pause + dt.timedelta(days=1)
        assert sendings_retry(JOB, at=at) == 1
        run_pending()
        row.refresh_from_db()
        if row.next_at:
            at = row.next_at
    assert (row.state, row.tries) == (SendingState.PARKED, len(PAUSES) + 1)
    assert "Получатель ответил 302" in Try.objects.unscoped("test").order_by("-pk")[0].error
    assert len({headers["Medtrud-Delivery"] for _, headers, _ in Receiver.got}) == 1


def test_a_server_that_is_not_there_is_an_answer_too(
    server: str, plant: Organization, clinic: Organization
) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        closed = probe.getsockname()[1]
    subscribed(plant, f"http://127.0.0.1:{closed}/")
    given(plant, clinic)
    assert "Соединение не удалось" in Try.objects.unscoped("test").get().error


@pytest.mark.parametrize(
    "url",
    ["ftp://x.example/", "//x.example", "https://", "https://u:p" + "@x.example/", "http://x.example/a b", "https://x:0/",
     "https://x:99999/", "https://x.example/#a"],
)  # fmt: skip
def test_a_strange_address_is_refused(url: str, plant: Organization) -> None:
    assert address_problem(url)
    with pytest.raises(Refused):
        hook_open(seated(Role.EMPLOYER, plant), url=url, kinds=["referrals_issued"])


def test_the_one_who_asked_does_not_admit_himself(plant: Organization) -> None:
    row, _ = hook_open(seated(Role.EMPLOYER, plant, 7), url="https://x.example/", kinds=["referrals_issued"])
    with pytest.raises(Refused, match="Свою подписку"):
        hook_approve(seated(Role.SECURITY, None, 7), hook=row.uid)


def browser(login: str, role: Role, place: Organization | None) -> Client:
    account = account_open(Actor.job("test"), login=login, password="Long-enough-77")
    seat_give(
        Actor.job("test"),
        account=account,
        role=role,
        since=LONG_AGO,
        organization=place.pk if place else None,
    )
    client = Client()
    client.force_login(account)
    return client


def test_the_way_of_a_subscription_on_the_screens(
    server: str, plant: Organization, clinic: Organization, monkeypatch: pytest.MonkeyPatch
) -> None:
    employer, security = browser("hr", Role.EMPLOYER, plant), browser("guard", Role.SECURITY, None)
    bad = employer.post("/webhooks/new/", {"url": "мис", "kinds": ["referrals_issued"]})
    assert bad.status_code == 422
    shown = employer.post("/webhooks/new/", {"url": server, "kinds": ["referrals_issued"]}).content.decode()
    assert "больше он не покажется" in shown
    row = Hook.objects.unscoped("test").get()
    secret = re.search(r"<code>([\w-]{40,})</code>", shown)
    assert secret
    assert secret[1] not in employer.get(f"/webhooks/{row.uid}/").content.decode()
    assert employer.post(f"/webhooks/{row.uid}/approve/").status_code == 403
    assert "Завод" in security.get("/webhooks/?tab=asked").content.decode()
    assert security.post(f"/webhooks/{row.uid}/approve/").status_code == 302
    monkeypatch.setattr(Receiver, "status", 500)
    employer.post(f"/webhooks/{row.uid}/try/")
    run_pending()
    page = employer.get(f"/webhooks/{row.uid}/").content.decode()
    assert "Проверка связи" in page
    assert "Получатель ответил 500" in page
    assert "Без шифрования" in page
    Sending.objects.unscoped("test").update(state=SendingState.PARKED)
    monkeypatch.setattr(Receiver, "status", 204)
    sending = Sending.objects.unscoped("test").get()
    assert employer.post(f"/webhooks/sendings/{sending.uid}/repeat/").status_code == 302
    run_pending()
    assert "доставлено" in employer.get(f"/webhooks/{row.uid}/").content.decode()
    assert (
        browser("other", Role.EMPLOYER, organization(Kind.EMPLOYER, "Чужой"))
        .get(f"/webhooks/{row.uid}/")
        .status_code
        == 404
    )
    employer.post(f"/webhooks/{row.uid}/stop/")
    given(plant, clinic)
    assert Sending.objects.unscoped("test").count() == 1


def test_a_stopped_subscription_sends_nothing_that_waited(
    server: str, plant: Organization, clinic: Organization
) -> None:
    row, _ = subscribed(plant, server)
    facts: dict[str, Any] = {}
    sendings_queue(
        JOB, kind="referrals_issued", parties={"employer": plant.pk, "clinic": clinic.pk}, facts=facts
    )
    Hook.objects.unscoped("test").filter(pk=row.pk).update(state="stopped")
    run_pending()
    assert Receiver.got == []
    assert Try.objects.unscoped("test").get().error == "Подписка остановлена."


def test_another_system_subscribes_and_reads_the_journal(server: str, plant: Organization) -> None:
    account = account_open(Actor.job("test"), login="mis", password="Long-enough-77")
    seat_give(Actor.job("test"), account=account, role=Role.EMPLOYER, since=LONG_AGO, organization=plant.pk)
    actor = actor_of(account, None, on=now().date())
    scopes = [name for name in actor.permissions if name.startswith("webhooks.")]
    _, key = token_give(actor, title="МИС", scopes=scopes, expires_at=now() + dt.timedelta(days=1), at=now())
    client, headers = Client(), {"Authorization": f"Bearer {key}"}
    body = {"url": server, "kinds": ["referrals_issued"]}
    made = client.post("/api/v1/webhooks/hooks", body, content_type="application/json", headers=headers)
    assert made.status_code == 201, made.content.decode()
    uid = made.json()["uid"]
    assert len(made.json()["secret"]) > 40
    assert "secret" not in client.get("/api/v1/webhooks/hooks", headers=headers).json()[0]
    early = client.post(f"/api/v1/webhooks/hooks/{uid}/try", headers=headers)
    assert early.status_code == 409
    hook_approve(seated(Role.SECURITY, None), hook=uid)
    assert client.post(f"/api/v1/webhooks/hooks/{uid}/try", headers=headers).status_code == 200
    run_pending()
    journal = client.get(f"/api/v1/webhooks/hooks/{uid}/sendings", headers=headers).json()
    assert [(row["kind"], row["state"], row["attempts"][0]["status"]) for row in journal["items"]] == [
        ("ping", "done", 200)
    ]
    assert client.post(f"/api/v1/webhooks/hooks/{uid}/stop", headers=headers).json()["state"] == "stopped"
