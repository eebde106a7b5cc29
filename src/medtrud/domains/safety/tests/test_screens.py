"""Every screen of safety in the hands of an engineer: plan, effect, incident, papers, figures."""

import datetime as dt
import io
from uuid import UUID

import pytest
from django.test import Client
from pypdf import PdfReader

from medtrud.domains.safety.public import incidents, measures
from medtrud.engines.access.public import account_open, seat_give
from medtrud.engines.store.public import today
from medtrud.kernel.actor import Role
from medtrud.registries.organizations.public import employments_of

from .conftest import JOB, Plant


def sign_in(plant: Plant) -> Client:
    account = account_open(JOB, login=f"engineer-{plant.row.pk}", password="long-enough-Password-7")
    seat_give(JOB, account=account, role=Role.EMPLOYER, since=dt.date(2020, 1, 1), organization=plant.row.pk)
    client = Client()
    client.force_login(account)
    return client


@pytest.fixture
def office(plant: Plant) -> Client:
    return sign_in(plant)


def job(plant: Plant, person: int) -> str:
    return str(employments_of(plant.hr, person=person).get().uid)


def post(client: Client, url: str, **form: object) -> None:
    answer = client.post(url, {name: str(value) for name, value in form.items()})
    assert answer.status_code == 302, (url, answer.content.decode())


def text_of(pdf: bytes) -> str:
    return " ".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def shown(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return str(answer.content.decode())


def test_a_measure_goes_from_the_plan_to_a_measured_effect(plant: Plant, office: Client) -> None:
    due = today() - dt.timedelta(days=3)
    post(
        office,
        "/safety/measures/add/",
        title="Кожух на пилу",
        control="engineering",
        factor="4.4",
        due_on=f"{due:%d.%m.%Y}",
        workplace=plant.place.pk,
        worker=job(plant, plant.engineer),
        cost="120000,50",
    )
    row = measures(plant.hr).get()
    assert row.cost_kopecks == 12000050
    assert "просрочено 3 дн." in shown(office, "/safety/measures/?tab=late")
    at = f"/safety/measures/{row.uid}/"
    for moment, value in (("before", "92"), ("after", "84,5")):
        post(office, f"{at}level/", moment=moment, value=value, unit="дБА", on=f"{today():%d.%m.%Y}")
    post(office, f"{at}start/")
    plan = text_of(office.get("/safety/measures/print/").content)
    assert "Кожух на пилу" in plan
    assert "Технические меры" in plan
    post(office, f"{at}done/", done_on=f"{today():%d.%m.%Y}", result="Кожух стоит")
    page = shown(office, at)
    assert "снизился на 7,5 дБА: стало лучше" in page
    assert "120 000,50" in page.replace("\u202f", " ").replace("\xa0", " ")


def test_an_injury_is_investigated_linked_to_its_leave_and_followed_by_a_measure(
    plant: Plant, office: Client
) -> None:
    man = plant.hire()
    since = today() - dt.timedelta(days=20)
    plant.hurt(man, since, 10)
    listed = shown(office, "/safety/incidents/leaves/")
    assert "Зарегистрировать" in listed
    post(
        office,
        "/safety/incidents/add/",
        kind="injury",
        happened_on=f"{since:%d.%m.%Y}",
        worker=job(plant, man),
        circumstances="Упал с лестницы",
        injury="Ушиб колена",
        severity="light",
        workplace=plant.place.pk,
    )
    row = incidents(plant.hr).get()
    at = f"/safety/incidents/{row.uid}/"
    assert "нет данных о сроке" in shown(office, f"{at}investigation/")
    post(
        office,
        f"{at}investigation/",
        order_number="7-к",
        since=f"{since:%d.%m.%Y}",
        worker=job(plant, plant.engineer),
        post="инженер",
    )
    assert "коды" in shown(office, f"{at}leave/") or "04" in shown(office, f"{at}leave/")
    leave = shown(office, f"{at}leave/").split('<option value="')[2].split('"')[0]
    post(office, f"{at}leave/", sick_leave=UUID(leave))
    post(
        office,
        f"/safety/measures/add/?incident={row.uid}",
        title="Поручень",
        control="engineering",
        due_on=f"{today() + dt.timedelta(days=9):%d.%m.%Y}",
    )
    closing = {
        "cause": "territory",
        "why": "Нет поручня",
        "conclusion": "Поставить",
        "closed_on": f"{today():%d.%m.%Y}",
    }
    post(office, f"{at}close/", **closing)
    page = shown(office, at)
    for said in ("Поручень", "Состояние территории", "7-к", "председатель", "закрыто"):
        assert said in page
    paper = text_of(office.get(f"{at}print/").content)
    assert "Упал с лестницы" in paper
    assert "не сверен" in paper
    figures = shown(office, "/safety/indicators/")
    assert "Коэффициент частоты" in figures
    chart = office.get("/safety/indicators/chart/").json()
    assert len(chart["labels"]) == 24


def test_a_micro_injury_stands_in_its_printed_register(plant: Plant, office: Client) -> None:
    post(
        office,
        "/safety/incidents/add/",
        kind="micro_injury",
        happened_on=f"{today():%d.%m.%Y}",
        happened_time="09:40",
        worker=job(plant, plant.engineer),
        circumstances="Порезал палец",
        injury="порез",
    )
    assert "МТ-1" in shown(office, "/safety/incidents/?tab=micro")
    paper = text_of(office.get("/safety/incidents/print/").content)
    assert "ст. 226" in paper
    assert "09:40" in paper


def test_a_form_that_lacks_the_hurt_person_comes_back_with_the_reason(office: Client) -> None:
    form = {"kind": "micro_injury", "happened_on": f"{today():%d.%m.%Y}", "circumstances": "Порезался"}
    answer = office.post("/safety/incidents/add/", form)
    assert answer.status_code == 422
    assert "Не указан пострадавший" in answer.content.decode()


def test_an_audit_is_written_and_listed(office: Client) -> None:
    post(office, "/safety/audits/add/", title="Склад", on=f"{today():%d.%m.%Y}", remarks=3, grave=1)
    assert "Склад" in shown(office, "/safety/audits/")


def test_another_system_plans_a_measure_and_reads_figures(plant: Plant, office: Client) -> None:
    body = {
        "title": "Кожух",
        "control": "engineering",
        "due_on": "2026-01-10",
        "workplace": str(plant.place.uid),
    }
    made = office.post("/api/v1/safety/measures", body, content_type="application/json")
    assert made.status_code == 200, made.content.decode()
    uid = made.json()["uid"]
    assert office.get(f"/api/v1/safety/measures/{uid}").json()["overdue"] is True
    level = {"moment": "before", "value": 92.5, "unit": "дБА", "on": "2026-01-09"}
    read = office.post(f"/api/v1/safety/measures/{uid}/readings", level, content_type="application/json")
    assert read.status_code == 200
    told = {"kind": "near_miss", "happened_on": "2026-01-09", "circumstances": "Скользкий пол"}
    assert office.post("/api/v1/safety/incidents", told, content_type="application/json").status_code == 200
    wrong = office.post(
        "/api/v1/safety/incidents", told | {"kind": "injury"}, content_type="application/json"
    )
    assert wrong.status_code == 409
    figures = office.get("/api/v1/safety/indicators?since=2026-01-01&last=2026-12-31").json()
    assert figures["counts"]["near_miss"] == 1
