"""Factors and classes through the API."""

import datetime as dt
import json
from typing import Any

from django.test import Client

from medtrud.engines.access.public import account_open, seat_give
from medtrud.kernel.actor import Role

from .test_exposure import JOB, Plant, plant

API = "/api/v1/hazards"
__all__ = ["plant"]


def browser(role: Role, organization: int) -> Client:
    account = account_open(JOB, login=f"{role}-{organization}", password="Long-enough-77")
    seat_give(JOB, account=account, role=role, organization=organization, since=dt.date(2025, 1, 1))
    client = Client()
    client.force_login(account)
    return client


def ask(client: Client, method: str, url: str, status: int = 200, **facts: Any) -> Any:
    answer = client.generic(method, f"{API}{url}", _json(facts), content_type="application/json")
    assert answer.status_code == status, answer.content.decode()
    return answer.json()


def _json(facts: dict[str, Any]) -> bytes:
    return json.dumps(facts).encode() if facts else b""


def test_another_system_keeps_the_factors_of_a_workplace(plant: Plant) -> None:
    hr = browser(Role.EMPLOYER, plant.row.pk)
    url = f"/workplaces/{plant.place.uid}"
    set_ = ask(
        hr,
        "PUT",
        url,
        factors=[{"code": "4.4", "sout_class": "3.1"}, {"code": "1.3", "substances": ["формальдегид"]}],
        sout_class="3.1",
        since="2025-01-01",
    )
    assert [factor["code"] for factor in set_["factors"]] == ["1.3", "4.4"]
    assert set_["factors"][0]["markers"] is None
    ask(hr, "POST", f"{url}/factors", code="1.9", markers="", since="2025-06-01")
    ask(hr, "POST", f"{url}/factors/4.4/end", since="2025-07-01")
    ask(hr, "POST", f"{url}/class", sout_class="2", since="2025-07-01", card_number="12")
    now = ask(hr, "GET", f"{url}?on=2025-07-01")
    assert [factor["code"] for factor in now["factors"]] == ["1.3", "1.9"]
    assert now["sout_class"] == "2"
    before = ask(hr, "GET", f"{url}?on=2025-06-30")
    assert [factor["code"] for factor in before["factors"]] == ["1.3", "1.9", "4.4"]
    history = ask(hr, "GET", f"{url}/history")
    assert len(history["factors"]) == 3
    assert [row["sout_class"] for row in history["classes"]] == ["2", "3.1"]


def test_what_the_act_does_not_hold_is_refused_in_words(plant: Plant) -> None:
    hr = browser(Role.EMPLOYER, plant.row.pk)
    url = f"/workplaces/{plant.place.uid}"
    refused = ask(hr, "PUT", url, 409, factors=[{"code": "4.11"}], since="2026-01-01")
    assert "нет в перечне" in refused["detail"]
    assert "На 01.01.2030" in ask(hr, "GET", "/annex?on=2030-01-01", 409)["detail"]
    assert len(ask(hr, "GET", "/annex?on=2026-01-01")) == 226


def test_a_stranger_finds_no_workplace(plant: Plant) -> None:
    other = Plant("Чужой")
    hr = browser(Role.EMPLOYER, other.row.pk)
    url = f"/workplaces/{plant.place.uid}"
    ask(hr, "GET", url, 404)
    ask(hr, "PUT", url, 404, factors=[], since="2026-01-01")
