import datetime as dt
import itertools
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from medtrud.domains.record import public, queries
from medtrud.domains.record.models import Entry
from medtrud.domains.record.rules import LABEL, WIDTH, Span, drawing, whole_of
from medtrud.domains.record.types import Bar, Curve, Lane, Mark, Measurement, NewEntry, Point
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
    events = text[text.index('id="events"') :]
    assert events.index("Событие 2") > events.index("Событие 1")
    wide = text[text.index('wide-sheet"') : text.index('narrow-sheet"')]
    assert wide.count('class="mark') == 3, "examinations stand on the trajectory, referrals do not"
    assert text.count("<td") == 3 * 4, "the table names each"


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
    assert sheet is not None
    assert sheet.now is not None
    bars = {item.bar.title: item for item in sheet.lanes[0].bars}
    assert (bars["А"].y, bars["В"].y > bars["А"].y) == (bars["Б"].y, True)
    assert bars["А"].x == LABEL
    assert bars["Б"].x == pytest.approx(sheet.lanes[1].marks[0].x)
    assert bars["Б"].x + bars["Б"].width <= sheet.now <= WIDTH
    assert drawing([], dt.date(2026, 1, 1)) is None


def test_a_closer_look_clips_bars_and_joins_near_marks() -> None:
    on = dt.date(2026, 6, 1)
    marks = tuple(Mark(dt.date(2020, 1, 1) + dt.timedelta(days=7 * n), f"№ {n}") for n in range(300))
    lanes = [
        Lane("Работа", (Bar(dt.date(1990, 1, 1), None, "А"),)),
        Lane("Осмотры", marks=(*marks, Mark(dt.date(2024, 5, 5), "плохо", "bad"))),
        Lane(
            "Слух",
            points=tuple(Point(dt.date(year, 3, 1), year - 2000, f"{year}") for year in (2019, 2021, 2025)),
        ),
    ]
    whole = whole_of(lanes, on)
    assert whole == Span(1990, 2027)
    sheet = drawing(lanes, on, span=Span(2024, 2025))
    assert sheet is not None
    work, exams = sheet.lanes
    assert work.bars[0].x == LABEL
    assert work.bars[0].width == pytest.approx(WIDTH - LABEL - 17, abs=3)
    assert [item.tone for item in exams.marks if item.tone] == ["bad"]
    assert sheet.now is None
    far = drawing(lanes, on)
    assert far is not None
    joined = far.lanes[1].marks
    assert sum(item.count for item in joined) == 301
    assert all(later.x - earlier.x > 6 for earlier, later in itertools.pairwise(joined))
    assert len(far.lanes[2].points) == 3


@given(st.integers(1950, 2020), st.integers(1, 60), st.integers(-80, 80), st.integers(1, 80))
def test_zoom_never_leaves_the_life_and_the_whole_can_always_be_reached(
    first: int, years: int, begin: int, length: int
) -> None:
    whole = Span(first, first + years)
    span = Span(first + begin, first + begin + length).within(whole)
    for step in (span, span.zoomed(), span.widened(whole), span.shifted(whole, 1), span.shifted(whole, -1)):
        assert whole.first <= step.first < step.last <= whole.last
    assert span.zoomed().last - span.zoomed().first <= span.last - span.first
    for _ in range(12):
        span = span.widened(whole)
    assert span == whole


def test_a_closer_look_is_asked_from_the_server_and_is_not_a_second_opening(person: Person) -> None:
    write(person.pk, 120)
    client = client_of(Role.CLINIC, CLINIC)
    address = f"/record/{person.uid}/"
    first = client.get(address).content.decode()
    closer = first.split('data-zoom="in" href="')[1].split('"')[0].replace("&amp;", "&")
    part = client.get(address + closer, headers={"HX-Request": "true"}).content.decode()
    assert ("<html" in part, 'id="trajectory"' in part, 'id="events"' in part) == (False, True, False)
    assert 'data-zoom="all" href="?from=' in part
    whole = client.get(f"{address}?from=2025&to=2026").content.decode()
    assert 'data-first="2025"' in whole
    assert "<html" in whole
    assert len(history_of(person.uid).filter(action="record.timeline_open")) == 2
    for odd in ("?from=2026&to=2025", "?from=x&to=1", "?from=0000&to=9999", "?from=2025"):
        assert client.get(address + odd).status_code == 200


def test_lanes_about_a_person_and_functions_come_from_above(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def leaves(actor: Actor, people: object, on: dt.date) -> list[Lane]:
        return [Lane("Больничные", (Bar(DAY, None, "Болезнь", level="sick"),), order=60)]

    def hearing(people: object, on: dt.date) -> list[Measurement]:
        days = [(n, DAY + dt.timedelta(days=n)) for n in range(3)]
        return [Measurement(person.pk, "loud", 25 + n, day, "", "", "x") for n, day in days]

    for name, empty in (("_life", []), ("_measured", []), ("_curves", {})):
        monkeypatch.setattr(queries, name, empty)
    public.life_lanes_declare(leaves)
    public.measurements_declare(hearing)
    public.curves_declare(Curve("loud", "Слух проверочный", "дБ"))
    text = client_of(Role.WORKER, person=person.pk).get("/record/mine/").content.decode()
    assert text.index("Больничные") < text.index("Слух проверочный")
    assert text.count("<polyline") == 2
    assert "27 дБ" in text


def test_nobody_but_modules_declares_what_an_unknown_kind_is(person: Person) -> None:
    write(person.pk, 1, kind="новый_вид")
    text = client_of(Role.CLINIC, CLINIC).get(f"/record/{person.uid}/").content.decode()
    assert "новый_вид" in text
    assert Entry.objects.unscoped("test").count() == 1
