"""Screens of organisations for the employer and the clinic."""

import datetime as dt
from itertools import count

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from medtrud.engines.access.public import account_open, seat_give
from medtrud.kernel.actor import Role
from medtrud.registries.organizations.public import (
    accreditation_add,
    commissions,
    contracts,
    departments,
    division_open,
    divisions,
    licences,
    organizations,
    posts,
    requisites_on,
    rooms,
    staff_of,
)

from .world import DAY, JOB, World

_logins = count(1)


def browser(role: Role, organization: int | None = None) -> Client:
    account = account_open(JOB, login=f"{role}-{next(_logins)}", password="Long-enough-77")
    seat_give(JOB, account=account, role=role, organization=organization, since=dt.date(2025, 1, 1))
    client = Client()
    client.force_login(account)
    return client


@pytest.fixture
def hr(world: World) -> Client:
    return browser(Role.EMPLOYER, world.plant.pk)


@pytest.fixture
def clinic(world: World) -> Client:
    return browser(Role.CLINIC, world.clinic.pk)


def text(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, answer.content.decode()[:2000]
    return answer.content.decode()


def test_the_employer_builds_the_tree_of_divisions(world: World, hr: Client) -> None:
    hr.post("/organizations/divisions/open/", {"title": "Участок 3", "parent": str(world.shop.uid)})
    shown = text(hr, "/organizations/divisions/")
    assert "Цех 2 / Участок 3" in shown
    bay = divisions(world.hr, employer=world.plant.pk).get(title="Участок 3")
    answer = hr.post(f"/organizations/divisions/{bay.uid}/close/", {"until": "01.03.2026"})
    assert answer.status_code == 302
    assert "Участок 3" not in text(hr, "/organizations/divisions/")


def test_a_refusal_comes_back_in_the_form_as_it_was(world: World, hr: Client) -> None:
    answer = hr.post("/organizations/divisions/open/", {"title": "цех 2", "parent": ""})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "Такое подразделение здесь уже есть" in shown
    assert 'value="цех 2"' in shown


def test_the_staff_schedule_is_kept_by_hand(world: World, hr: Client) -> None:
    facts = {"title": "Маляр", "division": str(world.shop.uid), "headcount": "1,5", "since": "01.02.2026"}
    assert hr.post("/organizations/posts/open/", facts).status_code == 302
    shown = text(hr, "/organizations/posts/?q=маля")
    assert "Маляр" in shown
    assert "1,5" in shown
    assert "Токарь" not in shown
    post = posts(world.hr, employer=world.plant.pk).get(title="Маляр")
    hr.post(f"/organizations/posts/{post.uid}/close/", {"until": "01.03.2026"})
    assert "закрыта с 01.03.2026" in text(hr, "/organizations/posts/?tab=closed")


def test_requisites_keep_their_history(world: World, hr: Client) -> None:
    facts = {"name": "ООО «ВСЗ»", "inn": "3525000006", "since": "01.02.2026", "basis": "протокол № 1"}
    assert hr.post("/organizations/own/change/", facts).status_code == 302
    shown = text(hr, "/organizations/own/")
    assert "ООО «Вологодский станкозавод» → ООО «ВСЗ»" in shown
    assert requisites_on(world.hr, world.plant.pk, on=dt.date(2026, 1, 31)).name.endswith("станкозавод»")


def test_a_wrong_number_is_explained(world: World, hr: Client) -> None:
    facts = {"name": "ООО", "inn": "3525000005", "since": "01.02.2026"}
    answer = hr.post("/organizations/own/change/", facts)
    assert answer.status_code == 422
    assert "В ИНН 3525000005 не сходится контрольное число" in answer.content.decode()


def test_a_contract_is_offered_by_the_clinic_and_accepted_by_the_employer(
    world: World, hr: Client, clinic: Client
) -> None:
    facts = {"inn": "3525000006", "number": "15", "signed_on": "01.02.2026", "since": "01.02.2026"}
    assert clinic.post("/organizations/contracts/open/", facts).status_code == 302
    assert "ждёт работодателя" in text(clinic, "/organizations/contracts/")
    [row] = contracts(world.hr)
    assert "Поликлиника № 1 предлагает договор № 15" in text(hr, f"/organizations/contracts/{row.uid}/")
    assert hr.post(f"/organizations/contracts/{row.uid}/accept/").status_code == 302
    assert "действует" in text(hr, "/organizations/contracts/")
    assert clinic.post(f"/organizations/contracts/{row.uid}/accept/").status_code == 403


def test_an_employer_records_a_contract_with_a_clinic_it_has_found(world: World, hr: Client) -> None:
    assert "Поликлиника № 1" in text(hr, "/organizations/?q=поликл")
    facts = {
        "clinic": str(world.clinic.uid),
        "number": "16",
        "signed_on": "01.02.2026",
        "since": "01.02.2026",
    }
    assert hr.post("/organizations/contracts/open/", facts).status_code == 302
    [row] = contracts(world.hr)
    assert row.accepted_on == DAY


def test_strangers_get_404(world: World) -> None:
    other = browser(Role.EMPLOYER, world.other.pk)
    world.contract()
    [row] = contracts(world.hr)
    for url in (
        f"/organizations/{world.plant.uid}/",
        f"/organizations/contracts/{row.uid}/",
        f"/organizations/divisions/{world.shop.uid}/close/",
        f"/organizations/posts/{world.turner.uid}/close/",
    ):
        assert other.get(url).status_code == 404


def test_the_clinic_keeps_its_licence_departments_and_rooms(world: World, clinic: Client) -> None:
    facts = {"number": "ЛО41-1", "issued_on": "01.02.2020", "since": "01.02.2020", "works": "осмотры\nЭКГ"}
    assert clinic.post("/organizations/licences/add/", facts).status_code == 302
    [licence] = licences(world.registrar, clinic=world.clinic.pk)
    assert licence.works == ["осмотры", "ЭКГ"]
    assert "ЛО41-1" in text(clinic, "/organizations/licences/")
    clinic.post("/organizations/departments/open/", {"title": "Осмотры", "since": "01.02.2026"})
    [unit] = departments(world.registrar, clinic=world.clinic.pk)
    clinic.post(
        "/organizations/rooms/open/", {"number": "12", "department": str(unit.uid), "since": "01.02.2026"}
    )
    assert "12" in text(clinic, "/organizations/rooms/")
    [room] = rooms(world.registrar, clinic=world.clinic.pk)
    clinic.post(f"/organizations/rooms/{room.uid}/close/", {"until": "01.03.2026"})
    clinic.post(f"/organizations/departments/{unit.uid}/close/", {"until": "01.03.2026"})
    assert "закрыт с 01.03.2026" in text(clinic, "/organizations/departments/?tab=closed")


def test_a_doctor_is_taken_and_the_accreditation_is_marked(world: World, clinic: Client) -> None:
    facts = {
        "last_name": "Лукина",
        "first_name": "Анна",
        "birth_date": "05.06.1985",
        "sex": "female",
        "position": "врач-терапевт",
        "specialty": "27",
        "since": "01.02.2025",
    }
    assert clinic.post("/organizations/staff/take/", facts).status_code == 302
    [member] = staff_of(world.registrar, clinic=world.clinic.pk)
    assert "нет аккредитации" in text(clinic, "/organizations/staff/")
    page = f"/organizations/staff/{member.uid}/"
    assert "подписать не может" in text(clinic, page)
    paper = {"specialty": "27", "number": "77 01", "since": "01.02.2020", "until": "01.02.2021"}
    assert clinic.post(f"{page}accreditation/", paper).status_code == 302
    assert "истекла 31.01.2021" in text(clinic, page)
    accreditation_add(
        world.registrar,
        staff=member.uid,
        specialty="27",
        number="77 02",
        since=dt.date(2021, 2, 1),
        until=dt.date(2099, 1, 1),
    )
    shown = text(clinic, "/organizations/staff/?q=лукина")
    assert "Лукина Анна" in shown
    assert "до 31.12.2098" in shown


def test_the_commission_is_set_up_by_an_order(world: World, clinic: Client) -> None:
    head, member = world.chairman("Лукина"), world.doctor("Ершова")
    facts = {
        "order_number": "14",
        "order_on": "01.02.2026",
        "since": "01.02.2026",
        "chairman": str(head.uid),
        "members": [str(member.uid)],
    }
    assert clinic.post("/organizations/commissions/open/", facts).status_code == 302
    shown = text(clinic, "/organizations/commissions/")
    assert "приказ № 14 от 01.02.2026" in shown
    assert "Лукина П. (врач)" in shown
    [row] = commissions(world.registrar, clinic=world.clinic.pk)
    clinic.post(f"/organizations/commissions/{row.uid}/close/", {"until": "01.03.2026"})
    row.refresh_from_db()
    assert row.until == dt.date(2026, 3, 1)


def test_the_security_desk_enters_organisations(world: World) -> None:
    guard = browser(Role.SECURITY)
    facts = {"kind": "clinic", "region": "35", "name": "Больница № 2", "since": "01.02.2026"}
    assert guard.post("/organizations/open/", facts).status_code == 302
    assert organizations(world.hr, text="больница").get().region == "35"


def test_lists_cost_the_same_queries_however_long_they_are(world: World, clinic: Client, hr: Client) -> None:

    def price(client: Client, url: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            text(client, url)
        return len(queries)

    world.doctor()
    world.doctor("Ершова")
    urls = [
        (clinic, "/organizations/staff/"),
        (hr, "/organizations/divisions/"),
        (hr, "/organizations/posts/"),
    ]
    before = [price(client, url) for client, url in urls]
    for number in range(5):
        world.doctor(f"Врач{number}")
        division_open(world.hr, employer=world.plant.pk, title=f"Цех {number + 10}")
    assert [price(client, url) for client, url in urls] == before
