import datetime as dt
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from medtrud.domains.record import public
from medtrud.domains.record.models import Entry
from medtrud.domains.record.rules import LABEL, WIDTH, drawing
from medtrud.domains.record.types import Bar, Lane, Mark, NewEntry
from medtrud.engines.access.public import account_open, seat_give
from medtrud.engines.background.public import run_pending
from medtrud.engines.journal.public import history_of
from medtrud.kernel.actor import Actor, Role
from medtrud.registries.organizations.public import (
    employment_close,
    employment_open,
    organization_open,
    post_open,
)
from medtrud.registries.organizations.types import Kind, Requisites
from medtrud.registries.people.public import Person, person_register, person_share

pytestmark = pytest.mark.django_db
JOB = Actor.job("test")
CLINIC, OTHER = 501, 502
DAY = dt.date(2026, 3, 1)


def someone(last: str = "Орлов") -> Person:
    return person_register(
        JOB,
        last_name=last,
        first_name="Пётр",
        middle_name="Ильич",
        birth_date=dt.date(1980, 1, 2),
        sex="male",
    )


def client_of(role: Role, organization: int | None = None, person: int | None = None) -> Client:
    account = account_open(JOB, login=f"{role}{organization}{person}", password="x", person=person)
    seat_give(JOB, account=account, role=role, since=dt.date(2025, 1, 1), organization=organization)
    client = Client()
    client.force_login(account)
    return client


def write(person: int, times: int, *, kind: str = "exam", on: dt.date = DAY) -> None:
    entries = [
        NewEntry(person, kind, on - dt.timedelta(days=9 * n), f"Событие {n}", uuid4(), "exams")
        for n in range(times)
    ]
    public.entries_add_many(JOB, entries=entries)


@pytest.fixture
def person() -> Person:
    card = someone()
    person_share(JOB, persons=[card.pk], organization=CLINIC)
    return card


def test_the_worker_reads_his_own_record_grouped_by_years(person: Person) -> None:
    write(person.pk, 3)
    write(person.pk, 1, kind="referral", on=dt.date(2019, 5, 4))
    text = client_of(Role.WORKER, person=person.pk).get("/record/mine/").content.decode()
    assert "<h3>2026</h3>" in text
    assert "<h3>2019</h3>" in text
    assert text.index("Событие 2") > text.index("Событие 1")
    assert text.count('class="mark') == 3, "examinations stand on the trajectory, referrals do not"


def test_a_kind_filters_and_the_next_page_goes_on_by_key(person: Person) -> None:
    write(person.pk, 60)
    write(person.pk, 2, kind="referral", on=dt.date(2001, 1, 1))
    client = client_of(Role.CLINIC, CLINIC)
    address = f"/record/{person.uid}/"
    assert client.get(f"{address}?kind=referral").content.decode().count("<time") == 2
    first = client.get(address).content.decode()
    onward = first.split('id="more" href="')[1].split('"')[0].replace("&amp;", "&")
    part = client.get(address + onward, headers={"HX-Request": "true"}).content.decode()
    assert (first.count("<time"), part.count("<time"), "<html" in part) == (50, 12, False)
    assert "Траектория" not in client.get(address + onward).content.decode()


def test_strangers_get_404_and_an_employer_never_opens_a_record(person: Person) -> None:
    write(person.pk, 1)
    entry = public.timeline_for(JOB, person.pk)[0]
    person_share(JOB, persons=[person.pk], organization=OTHER)
    another = someone("Серов")
    addresses = (f"/record/{person.uid}/", f"/record/entries/{entry.uid}/")
    knows, stranger = client_of(Role.CLINIC, OTHER), client_of(Role.CLINIC, 777)
    colleague, employer = client_of(Role.WORKER, person=another.pk), client_of(Role.EMPLOYER, OTHER)
    for address in (*addresses, f"/api/v1/record/{person.uid}", f"/api/v1/record/entries/{entry.uid}"):
        assert knows.get(address).status_code in (200, 302)
        assert (stranger.get(address).status_code, colleague.get(address).status_code) == (404, 404)
        refused = employer.get(address)
        assert refused.status_code in (403, 404)
        assert "Событие" not in refused.content.decode()


def test_the_worker_sees_who_opened_his_record(person: Person) -> None:
    write(person.pk, 1)
    client = client_of(Role.CLINIC, CLINIC)
    client.get(f"/record/{person.uid}/")
    entry = public.timeline_for(JOB, person.pk)[0]
    assert client.get(f"/record/entries/{entry.uid}/").status_code in (200, 302)
    worker = Actor(role=Role.WORKER, person=person.pk)
    seen = [(line.action, line.organization) for line in public.openings_of(worker, person.pk)]
    assert seen == [("record.entry_open", CLINIC), ("record.timeline_open", CLINIC)]
    own = client_of(Role.WORKER, person=person.pk)
    own.get("/record/mine/")
    assert len(history_of(person.uid).filter(action="record.timeline_open")) == 1


def test_the_api_pages_by_key(person: Person) -> None:
    write(person.pk, 120)
    client = client_of(Role.CLINIC, CLINIC)
    first = client.get(f"/api/v1/record/{person.uid}").json()
    rest = client.get(f"/api/v1/record/{person.uid}", {"after": first["next"]}).json()
    found = [row["uid"] for row in first["entries"] + rest["entries"]]
    assert (len(first["entries"]), len(set(found)), rest["next"]) == (100, 120, "")
    assert len(client.get(f"/api/v1/record/{person.uid}?kind=none").json()["entries"]) == 0
    assert client.get(f"/api/v1/record/{person.uid}?after=broken").status_code == 404


def test_a_page_asks_the_same_number_of_queries_however_long_the_life(person: Person) -> None:
    client = client_of(Role.CLINIC, CLINIC)
    write(person.pk, 2)
    client.get(f"/record/{person.uid}/")
    with CaptureQueriesContext(connection) as few:
        client.get(f"/record/{person.uid}/")
    write(person.pk, 300)
    with CaptureQueriesContext(connection) as many:
        client.get(f"/record/{person.uid}/")
    assert len(many) == len(few)


def test_hiring_and_dismissal_write_themselves_into_the_record(person: Person) -> None:
    plant = organization_open(
        JOB,
        kind=Kind.EMPLOYER,
        requisites=Requisites(name="АО «Завод»"),
        since=dt.date(2020, 1, 1),
        region="35",
    )
    post = post_open(JOB, employer=plant.pk, title="Токарь")
    job = employment_open(JOB, person=person.pk, post=post.uid, since=dt.date(2024, 6, 3))
    run_pending()
    employment_close(JOB, employment=job.uid, until=dt.date(2025, 2, 1), reason="по желанию")
    run_pending()
    titles = [row.title for row in public.timeline_for(JOB, person.pk)]
    assert titles == ["Увольнение: Токарь, АО «Завод»", "Приём на работу: Токарь, АО «Завод»"]
    text = client_of(Role.WORKER, person=person.pk).get("/record/mine/").content.decode()
    assert 'data-level="work"' in text


def test_the_trajectory_places_bars_beside_one_another_and_marks_in_time() -> None:
    first, second = dt.date(1990, 1, 1), dt.date(2010, 1, 1)
    lanes = [
        Lane("Работа", (Bar(first, second, "А"), Bar(second, None, "Б"), Bar(first, None, "В"))),
        Lane("Осмотры", marks=(Mark(second, "Осмотр"),)),
    ]
    sheet = drawing(lanes, dt.date(2026, 1, 1))
    assert sheet
    bars = {item.bar.title: item for item in sheet.lanes[0].bars}
    assert (bars["А"].y, bars["В"].y > bars["А"].y) == (bars["Б"].y, True)
    assert bars["А"].x == LABEL
    assert bars["Б"].x == pytest.approx(sheet.lanes[1].marks[0].x)
    assert bars["Б"].x + bars["Б"].width <= sheet.now <= WIDTH
    assert drawing([], dt.date(2026, 1, 1)) is None


def test_nobody_but_modules_declares_what_an_unknown_kind_is(person: Person) -> None:
    write(person.pk, 1, kind="новый_вид")
    text = client_of(Role.CLINIC, CLINIC).get(f"/record/{person.uid}/").content.decode()
    assert "новый_вид" in text
    assert Entry.objects.unscoped("test").count() == 1
