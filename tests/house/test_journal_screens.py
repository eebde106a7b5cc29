"""The security desk reads the journal, exports it, verifies it, and decides about what the rules noticed."""

import datetime as dt
from uuid import uuid4

import pytest
from django.test import Client

from medtrud.engines.access.public import account_open, seat_give
from medtrud.engines.background.public import run_pending
from medtrud.engines.journal.models import Line, Suspicion, Watch
from medtrud.engines.journal.public import record_refusal, suspicions_find, title_of
from medtrud.engines.store.public import now
from medtrud.kernel.actor import Actor, Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def guard(db: None) -> Client:
    job = Actor.job("test")
    account = account_open(job, login="guard", password="x")
    seat_give(job, account=account, role=Role.SECURITY, since=dt.date(2025, 1, 1))
    client = Client()
    client.force_login(account)
    return client


def refuse(times: int) -> None:
    for _ in range(times):
        record_refusal(Actor(role=Role.CLINIC, account=77, name="nosy"), "exams.exam", uuid4(), status=404)


def test_the_list_shows_and_finds_lines(guard: Client) -> None:
    refuse(3)
    page = guard.get("/journal/").content.decode()
    assert "Журнал действий" in page
    assert title_of("access.account_open") in page
    found = guard.get("/journal/?q=nosy&tab=refused").content.decode()
    assert found.count("Отказано</span>") >= 3
    line = Line.objects.unscoped("test").filter(name="nosy").first()
    assert line is not None
    shown = guard.get(f"/journal/{line.uid}/").content.decode()
    assert line.hash in shown
    assert str(line.object) in shown


def test_others_do_not_read_it(signed_in: Client) -> None:
    for address in ("/journal/", "/journal/suspicions/", "/journal/watches/", "/api/v1/journal/lines"):
        assert signed_in.get(address).status_code == 403
    assert signed_in.post("/journal/export/").status_code == 403


def test_the_export_keeps_the_filters_of_the_list(guard: Client) -> None:
    refuse(2)
    answer = guard.post("/journal/export/", {"q": "nosy", "tab": "refused", "on_from": "01.01.2025"})
    (job,) = run_pending()
    assert answer["Location"] == f"/background/{job.uid}/"
    text = b"".join(guard.get(f"/background/{job.uid}/file/")).decode("utf-8-sig")
    assert len(text.splitlines()) == 3
    assert guard.post("/journal/export/", {"on_from": "31.02.2026"}).status_code == 409


def test_the_verification_is_a_job_whose_result_says_it_in_words(guard: Client) -> None:
    guard.post("/journal/verify/")
    (job,) = run_pending()
    assert job.result["text"].startswith("Журнал цел.")
    assert "Журнал цел." in guard.get(f"/background/{job.uid}/").content.decode()


def test_a_suspicion_is_looked_at_and_closed(guard: Client) -> None:
    refuse(20)
    suspicions_find(Actor.job("test"), at=now())
    suspicion = Suspicion.objects.unscoped("test").get()
    address = f"/journal/suspicions/{suspicion.uid}/"
    assert "nosy" in guard.get("/journal/suspicions/").content.decode()
    assert "20 раз" in guard.get(address).content.decode().replace("\u00a0", " ")
    assert guard.post(address, {"note": ""}).status_code == 422
    assert guard.post(address, {"note": "Объяснено, доступ сужен"}).status_code == 302
    assert "Объяснено, доступ сужен" in guard.get("/journal/suspicions/?tab=closed").content.decode()


def test_a_rule_is_changed_on_its_page(guard: Client) -> None:
    watch = Watch.objects.unscoped("test").get(code="many_refusals")
    assert "Много отказов подряд" in guard.get("/journal/watches/").content.decode()
    address = f"/journal/watches/{watch.uid}/"
    assert guard.post(address, {"times": "0", "minutes": "5"}).status_code == 422
    assert guard.post(address, {"times": "7", "minutes": "5", "is_active": "on"}).status_code == 302
    watch.refresh_from_db()
    assert (watch.times, watch.minutes, watch.is_active) == (7, 5, True)


def test_another_system_takes_lines_in_portions(guard: Client) -> None:
    refuse(5)
    first = guard.get("/api/v1/journal/lines?limit=3").json()
    rest = guard.get(f"/api/v1/journal/lines?after={first[-1]['number']}").json()
    numbers = [line["number"] for line in first + rest]
    assert numbers == list(range(1, len(numbers) + 1))
    assert rest[0]["previous"] == first[-1]["hash"]
    assert guard.get("/api/v1/journal/lines?limit=0").status_code == 422


def test_the_desk_shows_first_what_waits(guard: Client) -> None:
    refuse(20)
    suspicions_find(Actor.job("test"), at=now())
    page = guard.get("/security/").content.decode()
    assert "Много отказов подряд" in page
    assert 'href="/journal/suspicions/' in page


def test_wrong_passwords_are_journaled_and_noticed(guard: Client) -> None:
    for _ in range(5):
        Client().post("/access/", {"username": "guard", "password": "wrong"})
    found = suspicions_find(Actor.job("test"), at=now())
    assert [(row.watch.code, row.name) for row in found] == [("wrong_passwords", "guard")]
