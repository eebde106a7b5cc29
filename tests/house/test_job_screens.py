"""A person leaves a job and finds it again; somebody else does not find it."""

import pytest
from django.test import Client

from medtrud.engines.access.public import Account
from medtrud.engines.background.jobs import long
from medtrud.engines.background.public import job, job_start, output, progress, run_pending
from medtrud.kernel.actor import Actor, Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(signed_in: Client) -> Actor:
    account = Account.objects.unscoped("test").get(login="analyst")
    return Actor(role=Role.ANALYST, account=account.pk, name="analyst")


@pytest.fixture(autouse=True)
def _declared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long, "_declared", {})

    @job("test.write")
    def write(actor: Actor) -> dict[str, object]:
        progress(1, 2, "Пишу")
        return {"text": "Готовы 2 строки.", **output("строки.csv", "text/csv", [b"a;b"])}


def test_a_job_is_seen_waiting_and_done_with_its_file(signed_in: Client, owner: Actor) -> None:
    row = job_start(owner, job="test.write", title="Выгрузка строк")
    address = f"/background/{row.uid}/"
    assert "Выгрузка строк" in signed_in.get("/background/").content.decode()
    assert "Ждёт очереди" in signed_in.get(address).content.decode()
    part = signed_in.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert f'hx-get="{address}"' in part
    assert signed_in.get(f"{address}file/").status_code == 404
    run_pending()
    assert signed_in.get(address, headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    text = signed_in.get(address).content.decode()
    assert "Готовы 2 строки." in text
    assert "строки.csv" in text
    answer = signed_in.get(f"{address}file/")
    assert b"".join(answer) == b"a;b"
    assert "attachment" in answer["Content-Disposition"]
    seen = signed_in.get(f"/api/v1/background/jobs/{row.uid}").json()
    assert (seen["state"], seen["finished"], seen["progress"]["total"]) == ("done", True, 2)


def test_a_job_of_another_person_is_not_found(signed_in: Client) -> None:
    row = job_start(Actor(role=Role.ANALYST, account=999_999), job="test.write", title="Чужая")
    for address in (f"/background/{row.uid}/", f"/background/{row.uid}/file/"):
        assert signed_in.get(address).status_code == 404
    assert signed_in.post(f"/background/{row.uid}/cancel/").status_code == 404
    assert signed_in.get(f"/api/v1/background/jobs/{row.uid}").status_code == 404
    assert "Чужая" not in signed_in.get("/background/").content.decode()


def test_a_waiting_job_is_cancelled_and_repeated_from_its_page(signed_in: Client, owner: Actor) -> None:
    row = job_start(owner, job="test.write", title="Выгрузка строк")
    signed_in.post(f"/background/{row.uid}/cancel/")
    assert "Отменено" in signed_in.get("/background/").content.decode()
    assert signed_in.post(f"/background/{row.uid}/cancel/").status_code == 409
    signed_in.post(f"/background/{row.uid}/repeat/")
    assert "Ждёт очереди" in signed_in.get("/background/").content.decode()
