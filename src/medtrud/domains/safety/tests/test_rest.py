"""Protective equipment and nutrition for other systems: the card, refusals in words, strangers."""

import datetime as dt

import pytest
from django.test import Client

from medtrud.engines.access.public import account_open, seat_give
from medtrud.engines.store.public import today
from medtrud.kernel.actor import Role

from .conftest import HIRED, JOB, Plant
from .test_nutrition import harmed
from .test_ppe import at_work, earmuffs, issued

pytestmark = pytest.mark.django_db
API = "/api/v1/safety"
JSON = "application/json"


def client_of(plant: Plant, login: str) -> Client:
    account = account_open(JOB, login=login, password="x")
    seat_give(JOB, account=account, role=Role.EMPLOYER, since=HIRED, organization=plant.row.pk)
    client = Client()
    client.force_login(account)
    return client


def test_equipment_is_entered_normed_and_issued_by_another_system(plant: Plant) -> None:
    job, office = at_work(plant), client_of(plant, "safety")
    made = office.post(f"{API}/ppe/items", {"title": "Каска", "price_kopecks": 50000}, content_type=JSON)
    item = made.json()["uid"]
    issue = {"item": item, "quantity": "1", "on": "2026-05-20", "size": "L"}
    bare = office.post(f"{API}/ppe/cards/{job.uid}/issues", issue, content_type=JSON)
    assert (bare.status_code, "сертификата нет" in bare.content.decode()) == (409, True)
    paper = {"number": "RU-7", "since": "2026-01-01", "until": "2030-01-01"}
    assert office.post(f"{API}/ppe/items/{item}/certificates", paper, content_type=JSON).json()[
        "certificates"
    ] == [paper | {"issuer": ""}]
    norm = {"workplace": str(plant.place.uid), "item": item, "quantity": "1", "basis": "п. 1"}
    norm |= {"since": "2026-01-01", "months": 24}
    assert office.post(f"{API}/ppe/norms", norm, content_type=JSON).status_code == 200
    assert [row["item"] for row in office.get(f"{API}/ppe/due?on=2026-05-20").json()["rows"]] == [item]
    [need] = office.get(f"{API}/ppe/demand?since=2026-05-20&last=2027-05-19").json()
    assert (need["people"], need["cost_kopecks"]) == (1, 50000)
    given = office.post(f"{API}/ppe/cards/{job.uid}/issues", issue, content_type=JSON).json()
    assert (given["due"], given["certificate"]) == ("2028-05-20", "RU-7")
    move = {"kind": "write_off", "quantity": "2", "on": "2026-06-01"}
    moved = office.post(f"{API}/ppe/issues/{given['uid']}/moves", move, content_type=JSON)
    assert (moved.status_code, "осталось 1" in moved.content.decode()) == (409, True)
    moved = office.post(f"{API}/ppe/issues/{given['uid']}/moves", move | {"quantity": 1}, content_type=JSON)
    assert [one["kind"] for one in moved.json()["moves"]] == ["write_off"]
    card = office.get(f"{API}/ppe/cards/{job.uid}").json()
    assert (len(card["norms"]), len(card["issues"])) == (1, 1)
    assert len(office.get(f"{API}/ppe/items").json()["rows"]) == 1
    assert len(office.get(f"{API}/ppe/norms").json()["rows"]) == 1


def test_a_stranger_finds_neither_the_card_nor_the_equipment(plant: Plant) -> None:
    job, item = at_work(plant), earmuffs(plant)
    other = client_of(Plant("Другой"), "other")
    assert other.get(f"{API}/ppe/cards/{job.uid}").status_code == 404
    paper = {"number": "1", "since": "2026-01-01", "until": "2027-01-01"}
    assert other.post(f"{API}/ppe/items/{item.uid}/certificates", paper, content_type=JSON).status_code == 404
    grant = {"employment": str(job.uid), "kind": "milk", "since": "2026-05-20", "basis": "п. 5"}
    assert other.post(f"{API}/nutrition/grants", grant, content_type=JSON).status_code == 404
    assert other.get(f"{API}/nutrition/months/2026-06").json() == []
    for tail in ("ppe/due", "ppe/issues", "nutrition", "nutrition/grants"):
        assert other.get(f"{API}/{tail}").json() == {"rows": [], "next": ""}


def test_milk_is_granted_recorded_and_ended_by_another_system(plant: Plant) -> None:
    job, office = harmed(plant), client_of(plant, "safety")
    [row] = office.get(f"{API}/nutrition?on=2026-05-20").json()["rows"]
    assert (row["milk"], row["given"]) == ("unknown", "")
    assert all(reason["text"] and reason["basis"] for reason in row["reasons"])
    grant = {"employment": str(job.uid), "kind": "milk", "since": "2026-05-20"}
    bare = office.post(f"{API}/nutrition/grants", grant, content_type=JSON)
    assert (bare.status_code, "Укажите основание" in bare.content.decode()) == (409, True)
    made = office.post(f"{API}/nutrition/grants", grant | {"basis": "п. 5"}, content_type=JSON).json()
    line = f"{API}/nutrition/grants/{made['uid']}"
    given = office.post(f"{line}/months/2026-06", {"shifts": 10}, content_type=JSON).json()
    assert (given["version"], float(given["amount"]), given["unit"]) == (1, 5.0, "л")
    [shown] = office.get(f"{API}/nutrition/months/2026-06").json()
    assert (shown["given"]["shifts"], shown["grant"]["uid"]) == (10, made["uid"])
    assert office.get(f"{API}/nutrition/months/2026-13").status_code == 422
    assert office.post(f"{line}/end", {"on": "2026-07-01"}, content_type=JSON).json()["until"] == "2026-07-01"


def test_the_register_of_issues_comes_in_pages_and_by_state(plant: Plant) -> None:
    job, item, office = at_work(plant), earmuffs(plant, until=dt.date(2040, 1, 1)), client_of(plant, "safety")
    for days in (800, 400, 30):
        issued(plant, job, item, today() - dt.timedelta(days=days))
    first = office.get(f"{API}/ppe/issues", {"size": 2}).json()
    rest = office.get(f"{API}/ppe/issues", {"size": 2, "after": first["next"]}).json()
    found = [row["on"] for row in [*first["rows"], *rest["rows"]]]
    assert (len(found), rest["next"]) == (3, "")
    assert found == sorted(found, reverse=True)
    asked = {"state": "held", "item": str(item.uid), "employment": str(job.uid), "last": found[1]}
    assert [row["on"] for row in office.get(f"{API}/ppe/issues", asked).json()["rows"]] == found[1:]
    assert office.get(f"{API}/ppe/issues", {"state": "late"}).json()["rows"] == []  # the last one serves
    assert office.get(f"{API}/ppe/issues", {"state": "worn"}).status_code == 422
    assert office.get(f"{API}/ppe/demand?since=9999-12-31&last=9999-12-31").status_code == 422


def test_the_register_of_grants_tells_the_going_the_past_and_the_unwritten(plant: Plant) -> None:
    job, office = harmed(plant), client_of(plant, "safety")
    grant = {"employment": str(job.uid), "kind": "milk", "since": "2026-05-20", "basis": "п. 5"}
    made = office.post(f"{API}/nutrition/grants", grant, content_type=JSON).json()

    def found(**asked: str) -> list[str]:
        return [row["uid"] for row in office.get(f"{API}/nutrition/grants", asked).json()["rows"]]

    assert found(state="going", kind="milk", employment=str(job.uid)) == [made["uid"]]
    assert found(state="late") == [made["uid"]]
    assert found(state="past") == found(kind="money") == []
    office.post(f"{API}/nutrition/grants/{made['uid']}/end", {"on": "2026-07-01"}, content_type=JSON)
    assert (found(state="past"), found(state="going"), found(state="late")) == ([made["uid"]], [], [])
