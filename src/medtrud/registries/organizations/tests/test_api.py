"""Organisations through the API."""

from typing import Any

import pytest
from django.test import Client

from medtrud.kernel.actor import Role
from medtrud.registries.organizations.public import employment_open

from .test_screens import browser
from .world import DAY, World, person

API = "/api/v1/organizations"


@pytest.fixture
def hr(world: World) -> Client:
    return browser(Role.EMPLOYER, world.plant.pk)


@pytest.fixture
def clinic(world: World) -> Client:
    return browser(Role.CLINIC, world.clinic.pk)


def send(client: Client, url: str, status: int = 201, **facts: Any) -> Any:
    answer = client.post(f"{API}{url}", facts, content_type="application/json")
    assert answer.status_code == status, answer.content.decode()
    return answer.json()


def get(client: Client, url: str, status: int = 200) -> Any:
    answer = client.get(f"{API}{url}")
    assert answer.status_code == status, answer.content.decode()
    return answer.json()


def test_a_personnel_system_keeps_the_staff(world: World, hr: Client) -> None:
    unit = send(hr, "/divisions", title="Склад")
    post = send(hr, "/posts", title="Кладовщик", division=unit["uid"], headcount="1.5")
    place = send(hr, "/workplaces", title="Стеллаж", number="21", post=post["uid"])
    who = {"last_name": "Петрова", "first_name": "Анна", "birth_date": "1985-06-05", "sex": "female"}
    job = send(hr, "/employments", person=who, post=post["uid"], workplace=place["uid"], since="2024-03-01")
    assert (job["name"], job["division"], job["hired_on"]) == ("Петрова Анна", unit["uid"], "2024-03-01")
    assert get(hr, "/employments?q=петр&on=2024-03-01")["items"] == [job]
    assert get(hr, "/employments?on=2024-02-29")["items"] == []

    moved = send(hr, f"/employments/{job['uid']}/transfer", post=str(world.turner.uid), since="2026-02-01")
    assert (moved["post_title"], moved["hired_on"]) == ("Токарь", "2024-03-01")
    assert get(hr, f"/employments/{job['uid']}")["close_reason"] == "перевод"
    gone = send(hr, f"/employments/{moved['uid']}/close", 200, until="2026-02-11", reason="ст. 80")
    assert gone["until"] == "2026-02-11"
    for kind, row in (("workplaces", place), ("posts", post), ("divisions", unit)):
        assert send(hr, f"/{kind}/{row['uid']}/close", 200, until="2026-03-01")["until"] == "2026-03-01"


def test_lists_are_read_page_by_page(world: World, hr: Client) -> None:
    for number in range(5):
        send(hr, "/divisions", title=f"Отдел {number}")
    first = get(hr, "/divisions?size=4")
    rest = get(hr, f"/divisions?size=4&after={first['next']}")
    assert [row["title"] for row in first["items"] + rest["items"]] == [
        *(f"Отдел {number}" for number in range(5)),
        "Цех 2",
    ]
    assert rest["next"] == ""


def test_a_refusal_has_a_text_for_people(world: World, hr: Client) -> None:
    assert "уже есть" in send(hr, "/divisions", 409, title="цех 2")["detail"]
    requisites: dict[str, Any] = {"inn": "3525000005", "since": "2026-02-01"}
    assert "контрольное число" in send(hr, "/own/requisites", 409, **requisites)["detail"]
    changed = send(hr, "/own/requisites", 200, phone="8 800", since="2026-02-01")
    assert (changed["phone"], changed["inn"]) == ("8 800", "3525000006")


def test_a_contract_goes_from_offer_to_end(world: World, hr: Client, clinic: Client) -> None:
    dates: dict[str, Any] = {"signed_on": "2026-02-01", "since": "2026-02-01"}
    assert "Вторая сторона" in send(clinic, "/contracts", 409, number="1", **dates)["detail"]
    offer = send(clinic, "/contracts", inn="3525000006", number="1", **dates)
    assert offer["accepted_on"] is None
    send(clinic, f"/contracts/{offer['uid']}/accept", 403)
    assert send(hr, f"/contracts/{offer['uid']}/accept", 200)["accepted_on"]
    assert [row["uid"] for row in get(hr, "/contracts")["items"]] == [offer["uid"]]
    assert send(clinic, f"/contracts/{offer['uid']}/close", 200, until="2027-01-01")["until"] == "2027-01-01"


def test_the_clinic_keeps_its_staff(world: World, clinic: Client) -> None:
    unit = send(clinic, "/departments", title="Осмотры", since="2026-02-01")
    send(clinic, "/rooms", number="12", department=unit["uid"], since="2026-02-01")
    send(clinic, "/licences", number="ЛО-1", issued_on="2020-01-01", since="2020-01-01", works=["осмотры"])
    staff = [
        send(
            clinic,
            "/staff",
            person={"last_name": name, "first_name": "Анна", "birth_date": "1985-06-05", "sex": "female"},
            position="врач",
            specialties=["27", "124"],
            department=unit["uid"],
            since="2025-01-01",
        )
        for name in ("Лукина", "Ершова")
    ]
    paper: dict[str, Any] = {"specialty": "27", "number": "77", "since": "2021-01-01", "until": "2031-01-01"}
    send(clinic, f"/staff/{staff[0]['uid']}/accreditations", **paper)
    send(clinic, f"/staff/{staff[0]['uid']}/accreditations", **(paper | {"specialty": "124"}))
    assert get(clinic, f"/staff/{staff[0]['uid']}")["accreditations"][0]["specialty"] == "124"
    order = send(
        clinic,
        "/commissions",
        order_number="14",
        order_on="2026-02-01",
        since="2026-02-01",
        chairman=staff[0]["uid"],
        members=[staff[1]["uid"]],
    )
    assert get(clinic, "/commissions") == [order]
    assert send(clinic, f"/commissions/{order['uid']}/close", 200, until="2026-03-01")["until"]
    assert send(clinic, f"/staff/{staff[1]['uid']}/close", 200, until="2026-03-01")["until"]
    assert len(get(clinic, "/staff?on=2026-03-02")["items"]) == 1
    assert [row["number"] for row in get(clinic, "/rooms")] == ["12"]
    assert [row["works"] for row in get(clinic, "/licences")] == [["осмотры"]]


def test_strangers_get_404_and_the_clinic_has_no_right_to_the_staff_schedule(
    world: World, clinic: Client
) -> None:
    job = employment_open(world.hr, person=person().pk, post=world.turner.uid, since=DAY)
    other = browser(Role.EMPLOYER, world.other.pk)
    for url in (
        f"/employments/{job.uid}",
        f"/divisions/{world.shop.uid}",
        f"/posts/{world.turner.uid}",
        f"/workplaces/{world.lathe.uid}",
        f"/organizations/{world.plant.uid}",
    ):
        get(other, url, 404)
    send(other, f"/employments/{job.uid}/close", 404, until="2026-03-01")
    get(clinic, "/employments", 403)


def test_control_characters_are_refused_and_found_nowhere(world: World, hr: Client) -> None:
    send(hr, "/divisions", 422, title="a\x00b")
    assert get(hr, "/organizations?q=%00x")["items"] == []
    assert get(hr, "/employments?q=%00x")["items"] == []
