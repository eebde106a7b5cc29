"""Protective equipment: certificates bind the issue, terms run from it, the demand counts ahead."""

import datetime as dt
import io
from decimal import Decimal

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from medtrud.domains.hazards.public import factors_set
from medtrud.domains.hazards.types import FactorIn
from medtrud.domains.safety.actions import (
    ppe_certificate_add,
    ppe_issue,
    ppe_item_add,
    ppe_move,
    ppe_norm_set,
    ppe_sizes_set,
)
from medtrud.domains.safety.models import PpeItem
from medtrud.domains.safety.public import ppe_demand, ppe_due, ppe_issues
from medtrud.domains.safety.queries.ppe_demand import demand_form
from medtrud.domains.safety.rules.ppe import due_on, times
from medtrud.domains.safety.types.ppe import NewIssue, NewPpe, PpeMoveKind
from medtrud.engines.access.public import account_open, seat_give
from medtrud.engines.store.public import today
from medtrud.kernel.actor import Role
from medtrud.kernel.dates import add_months
from medtrud.kernel.errors import NotFound, Refused
from medtrud.registries.organizations.public import Employment, employment_open, employments_of, post_open
from medtrud.registries.organizations.types import EmploymentKind

from .conftest import BORN, DAY, HIRED, JOB, Plant, seat

pytestmark = pytest.mark.django_db
ONE = Decimal(1)


def at_work(plant: Plant) -> Employment:
    """Take on somebody at the saw."""
    from medtrud.registries.people.public import person_register, person_share  # noqa: PLC0415

    person = person_register(
        JOB, last_name="Громов", first_name="Пётр", birth_date=BORN, sex="male", confirmed=True
    ).pk
    person_share(JOB, persons=[person], organization=plant.row.pk)
    return employment_open(
        plant.hr, person=person, post=plant.post.uid, workplace=plant.place.uid, since=HIRED
    )


def earmuffs(plant: Plant, *, until: dt.date = dt.date(2027, 1, 1)) -> PpeItem:
    """Enter ear protection with a certificate and a norm of a year."""
    item = ppe_item_add(
        plant.hr, item=NewPpe("Наушники", codes=("4.4",), reduction=20, price_kopecks=150_00), on=DAY
    )
    ppe_certificate_add(plant.hr, item=item.uid, number="RU-1", since=HIRED, until=until)
    ppe_norm_set(
        plant.hr,
        workplace=plant.place.uid,
        item=item.uid,
        quantity=ONE,
        months=12,
        basis="Нормы завода, п. 3",
        since=HIRED,
    )
    return item


def issued(plant: Plant, job: Employment, item: PpeItem, on: dt.date = DAY) -> None:
    ppe_issue(plant.hr, issue=NewIssue(job.uid, item.uid, ONE, on))


def test_an_expired_certificate_blocks_an_issue(plant: Plant) -> None:
    job, item = at_work(plant), earmuffs(plant, until=DAY)
    with pytest.raises(Refused, match=r"RU-1 действовал до 20\.05\.2026"):
        issued(plant, job, item)
    issued(plant, job, item, DAY - dt.timedelta(days=1))
    bare = ppe_item_add(plant.hr, item=NewPpe("Каска"), on=DAY)
    with pytest.raises(Refused, match="сертификата нет"):
        issued(plant, job, bare)


def test_what_was_never_issued_or_has_worn_out_is_listed(plant: Plant) -> None:
    job, item = at_work(plant), earmuffs(plant, until=dt.date(2030, 1, 1))
    (never,) = ppe_due(plant.hr, employer=plant.row.pk, on=DAY)
    assert (never.last, never.due, never.state) == (None, None, "не выдано")
    issued(plant, job, item)
    assert ppe_due(plant.hr, employer=plant.row.pk, on=DAY) == []
    replace = dt.date(2027, 5, 20)
    assert ppe_due(plant.hr, employer=plant.row.pk, on=replace - dt.timedelta(days=1)) == []
    (worn,) = ppe_due(plant.hr, employer=plant.row.pk, on=replace)
    assert worn.state == "срок прошёл 20.05.2027"


def test_what_is_written_off_is_due_again(plant: Plant) -> None:
    job, item = at_work(plant), earmuffs(plant)
    issued(plant, job, item)
    (row,) = ppe_issues(plant.hr)
    with pytest.raises(Refused, match="осталось 1, а не 2"):
        ppe_move(plant.hr, issue=row.uid, kind=PpeMoveKind.WRITE_OFF, quantity=Decimal(2), on=DAY)
    ppe_move(plant.hr, issue=row.uid, kind=PpeMoveKind.WASH, quantity=ONE, on=DAY)
    assert ppe_due(plant.hr, employer=plant.row.pk, on=DAY) == []
    ppe_move(plant.hr, issue=row.uid, kind=PpeMoveKind.WRITE_OFF, quantity=ONE, on=DAY)
    assert len(ppe_due(plant.hr, employer=plant.row.pk, on=DAY)) == 1
    with pytest.raises(Refused, match="осталось 0"):
        ppe_move(plant.hr, issue=row.uid, kind=PpeMoveKind.RETURN, quantity=ONE, on=DAY)


@pytest.mark.parametrize(
    ("has", "months", "count"),
    [
        (None, 12, 1),
        (dt.date(2026, 7, 1), 12, 1),
        (dt.date(2027, 1, 1), 12, 0),
        (dt.date(2025, 1, 1), 6, 2),
        (None, 3, 4),
        (None, None, 1),
        (dt.date(2020, 1, 1), None, 0),
    ],
)
def test_the_demand_of_a_year_counts_replacements(
    has: dt.date | None, months: int | None, count: int
) -> None:
    assert times(has, dt.date(2026, 1, 1), dt.date(2027, 1, 1), months) == count


def test_a_term_runs_from_the_issue_to_the_same_date(plant: Plant) -> None:
    assert due_on(dt.date(2024, 2, 29), 12) == dt.date(2025, 2, 28)
    assert due_on(DAY, None) is None
    at_work(plant)
    earmuffs(plant)
    (need,) = ppe_demand(plant.hr, employer=plant.row.pk, since=DAY, until=dt.date(2027, 5, 20))
    assert (need.people, need.quantity, need.cost_kopecks) == (1, ONE, 150_00)


def test_protection_lessens_the_exposure_of_its_workplace(plant: Plant) -> None:
    factors_set(
        plant.hr,
        workplace=plant.place.uid,
        factors=[FactorIn("4.4")],
        since=dt.date(2021, 5, 4),
        basis="карта",
    )
    earmuffs(plant)
    (row,) = apps.get_model("hazards", "FactorProtection").objects.unscoped("test")
    assert (row.code, row.reduction, row.since) == ("4.4", 20, HIRED)


def test_the_worker_sees_his_card_and_another_employer_nothing(plant: Plant) -> None:
    job, item = at_work(plant), earmuffs(plant)
    issued(plant, job, item)
    worker = seat(Role.WORKER, plant.row.pk, job.person_id)
    assert len(ppe_issues(worker)) == 1
    other = Plant("Другой")
    assert not ppe_issues(other.hr)
    with pytest.raises(NotFound):
        ppe_sizes_set(other.hr, employment=job.uid, on=DAY, sizes={"clothes": "52"})
    assert employments_of(plant.hr, person=job.person_id).exists()


def test_the_screens_lead_from_the_list_to_the_card(plant: Plant) -> None:
    job, item = at_work(plant), earmuffs(plant)
    account = account_open(JOB, login="safety", password="x")
    seat_give(JOB, account=account, role=Role.EMPLOYER, since=HIRED, organization=plant.row.pk)
    client = Client()
    client.force_login(account)
    assert "Громов" in client.get("/safety/ppe/").content.decode()
    card = f"/safety/ppe/cards/{job.uid}/"
    facts = {"item": str(item.uid), "quantity": "1", "on": "20.05.2026", "model": "М-1", "size": "L"}
    assert client.post(f"{card}issue/", facts).status_code == 302
    assert client.post(f"{card}sizes/", {"on": "20.05.2026", "clothes": "52-54"}).status_code == 302
    page = client.get(card).content.decode()
    for said in ("Наушники", "RU-1", "20.05.2027", "52-54", "Нормы завода, п. 3"):
        assert said in page
    assert client.get(f"{card}pdf/").content.startswith(b"%PDF")
    for tail in ("ppe/items/", f"ppe/items/{item.uid}/", "ppe/norms/", "ppe/norms/add/", "ppe/demand/"):
        assert client.get(f"/safety/{tail}").status_code == 200


@pytest.fixture
def office(plant: Plant) -> Client:
    account = account_open(JOB, login="store", password="x")
    seat_give(JOB, account=account, role=Role.EMPLOYER, since=HIRED, organization=plant.row.pk)
    client = Client()
    client.force_login(account)
    return client


def test_the_list_asks_by_state_kind_and_place(plant: Plant, office: Client) -> None:
    on = today()
    job, item = at_work(plant), earmuffs(plant, until=dt.date(2040, 1, 1))

    def list_of(**asked: str | int) -> str:
        return office.get("/safety/ppe/", asked).content.decode()

    never = list_of(tab="never", item=item.pk)
    assert "Громов" in never
    assert "Наушники · 1\xa0шт." in never
    assert "Громов" not in list_of(tab="late")
    issued(plant, job, item, on - dt.timedelta(days=400))
    assert "Громов" not in list_of(tab="never")
    late = list_of(tab="late", post="токарь")
    assert "Громов" in late
    assert "срок прошёл" in late
    assert "Громов" not in list_of(tab="late", division=plant.unit.pk)  # he is in no division
    issued(plant, job, item, on - dt.timedelta(days=350))
    assert "Громов" not in list_of()
    assert "Громов" in list_of(tab="soon")
    issued(plant, job, item, on)
    assert "Громов" not in list_of(tab="soon", sort="-late")


def test_a_kind_and_a_state_are_asked_of_the_same_thing(plant: Plant, office: Client) -> None:
    job, item = at_work(plant), earmuffs(plant, until=dt.date(2040, 1, 1))
    gloves = ppe_item_add(plant.hr, item=NewPpe("Перчатки"), on=DAY)
    ppe_norm_set(
        plant.hr,
        workplace=plant.place.uid,
        item=gloves.uid,
        quantity=ONE,
        months=None,
        basis="п. 4",
        since=HIRED,
    )
    issued(plant, job, item, today())
    assert "Громов" in office.get("/safety/ppe/", {"tab": "never", "item": str(gloves.pk)}).content.decode()
    assert "Громов" not in office.get("/safety/ppe/", {"tab": "never", "item": str(item.pk)}).content.decode()


def test_a_long_list_costs_no_more_questions(plant: Plant, office: Client) -> None:
    at_work(plant)
    earmuffs(plant)
    office.get("/safety/ppe/")
    with CaptureQueriesContext(connection) as one:
        office.get("/safety/ppe/")
    other = post_open(plant.hr, employer=plant.row.pk, title="Слесарь")
    for _ in range(12):
        employment_open(
            plant.hr, person=plant.hire(), post=other.uid, workplace=plant.place.uid, since=HIRED,
            kind=EmploymentKind.SECONDARY,
        )  # fmt: skip
    office.get("/safety/ppe/")
    with CaptureQueriesContext(connection) as many:
        office.get("/safety/ppe/")
    of_the_list = [[each for each in found if "messages_notice" not in each["sql"]] for found in (one, many)]
    assert len(of_the_list[1]) == len(of_the_list[0])


def test_the_printed_demand_is_the_counted_one_column_by_column(plant: Plant, office: Client) -> None:
    at_work(plant)
    earmuffs(plant, until=dt.date(2040, 1, 1))
    helmet = ppe_item_add(plant.hr, item=NewPpe("Каска", price_kopecks=1_250_050), on=DAY)
    gloves = ppe_item_add(plant.hr, item=NewPpe("Перчатки", unit="пара"), on=DAY)
    for item, quantity in ((helmet, "1"), (gloves, "2.5")):
        ppe_norm_set(
            plant.hr, workplace=plant.place.uid, item=item.uid, quantity=Decimal(quantity), months=3,
            basis="п. 4", since=HIRED,
        )  # fmt: skip
    since = today()
    needed = ppe_demand(plant.hr, employer=plant.row.pk, since=since, until=add_months(since, 6))
    form = demand_form(plant.hr, since=since, until=add_months(since, 6))
    _, items, units, people, amounts, prices, costs = zip(*form.rows, strict=True)
    assert items == tuple(row.item for row in needed) == ("Каска", "Наушники", "Перчатки")
    assert units == tuple(row.unit for row in needed)
    assert people == tuple(str(row.people) for row in needed)
    assert amounts == ("2", "1", "5")
    assert prices == ("12\xa0500,50", "150,00", "цены нет")
    assert costs == ("25\xa0001,00", "150,00", "цены нет")
    assert (form.total, form.unpriced) == ("25\xa0151,00", 1)
    pdf = office.get("/safety/ppe/demand/print/?months=6")
    text = "".join(
        "".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(pdf.content)).pages).split()
    )
    for row in form.rows:
        assert "".join("".join(row).split()) in text
    for said in ("".join(form.total.split()), "безцены:1", "".join(form.period.split())):
        assert said in text
    page = office.get("/safety/ppe/demand/?months=6").content.decode()
    for cell in (cell for row in form.rows for cell in row):
        assert cell in page
    assert office.get("/safety/ppe/demand/?months=9").context["months"] == 12
