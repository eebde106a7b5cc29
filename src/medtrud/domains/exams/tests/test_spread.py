"""Days for many people: the rule, the screen with its preview, the API."""

import datetime as dt
import re
from uuid import uuid4

import pytest
from django.test import Client

from medtrud.domains.exams.models import Campaign, Exam
from medtrud.domains.exams.public import exam_plan, exams_spread
from medtrud.domains.exams.rules.spread import spread, working_days
from medtrud.domains.exams.types.spread import SpreadOrder, Waiting
from medtrud.kernel.actor import Role
from medtrud.kernel.dates import weekday
from medtrud.kernel.errors import NotFound, Refused

from .outside import Outside
from .test_visit_screens import planned, sign_in, text_of
from .world import World

MONDAY = dt.date(2026, 3, 16)
DAYS = [MONDAY + dt.timedelta(days=count) for count in range(3)]


def people(*divisions: str) -> list[Waiting]:
    return [Waiting(uuid4(), division) for division in divisions]


def test_a_weekend_gets_nobody() -> None:
    assert working_days(dt.date(2026, 3, 13), dt.date(2026, 3, 17), weekday) == [
        dt.date(2026, 3, 13), MONDAY, dt.date(2026, 3, 17),
    ]  # fmt: skip


def test_divisions_stay_together_and_names_keep_their_order_inside() -> None:
    waiting = people("Цех 2", "Цех 1", "Цех 2", "Цех 1")
    found = spread(waiting, DAYS, per_day=2, taken={})
    assert [day.divisions for day in found.days] == [[("Цех 1", 2)], [("Цех 2", 2)], []]
    assert found.days[0].people == (waiting[1], waiting[3])
    assert not found.left


def test_by_alphabet_the_order_of_names_is_kept() -> None:
    waiting = people("Б", "А", "Б")
    found = spread(waiting, DAYS, per_day=2, taken={}, order=SpreadOrder.ALPHABET)
    assert [day.people for day in found.days] == [tuple(waiting[:2]), tuple(waiting[2:]), ()]


def test_the_clinic_takes_no_more_than_it_can_with_other_campaigns() -> None:
    taken = {DAYS[0]: 9, DAYS[1]: 12}
    found = spread(people(*["А"] * 7), DAYS, per_day=3, taken=taken, capacity=10)
    assert [len(day.people) for day in found.days] == [1, 0, 3]
    assert [day.total for day in found.days] == [10, 12, 3]
    assert len(found.left) == 3


@pytest.fixture
def world(icd10: None) -> World:
    return World()


@pytest.fixture
def desk(world: World) -> Client:
    return sign_in(Role.CLINIC, world.clinic.pk, world.doctor.person)


def facts(**more: str) -> dict[str, str]:
    chosen = {"since": "20.02.2026", "last": "24.02.2026", "per_day": "1", "division": "*"}
    return chosen | {"order": "alphabet", "capacity": ""} | more


@pytest.mark.django_db
def test_the_spread_is_looked_at_before_it_is_saved(world: World, desk: Client) -> None:
    rows = planned(world, "Громов", "Зимин", "Ильин")
    address = f"/exams/agreement/{Campaign.objects.unscoped('test').get().uid}/spread/"
    assert "Все — 3" in text_of(desk, address)
    shown = desk.post(address, facts()).content.decode()
    assert "Без дня остаются: 1" in shown  # 21–22 February a weekend, 23 a holiday, as the year says
    assert "без переносов: календарь на 2026 год не загружен" in shown.lower()
    assert not Exam.objects.unscoped("test").filter(planned_on__isnull=False).exists()
    mark = re.search(r'name="mark" value="([^"]+)"', shown)
    assert mark
    exam_plan(world.registrar, exam=rows[0].uid, on=dt.date(2026, 2, 20))
    changed = desk.post(address, facts(mark=mark[1])).content.decode()
    assert "Раскладка изменилась" in changed
    mark = re.search(r'name="mark" value="([^"]+)"', changed)
    assert mark
    assert desk.post(address, facts(mark=mark[1])).status_code == 302
    days = Exam.objects.unscoped("test").order_by("pk").values_list("planned_on", flat=True)
    assert list(days) == [dt.date(2026, 2, 20), dt.date(2026, 2, 20), dt.date(2026, 2, 24)]


@pytest.mark.django_db
def test_days_without_work_and_turned_dates_are_refused_on_the_form(world: World, desk: Client) -> None:
    planned(world, "Громов")
    address = f"/exams/agreement/{Campaign.objects.unscoped('test').get().uid}/spread/"
    holidays = desk.post(address, facts(since="21.02.2026", last="23.02.2026"))
    assert holidays.status_code == 422
    assert "нет рабочих дней" in holidays.content.decode()
    turned = desk.post(address, facts(since="24.02.2026", last="20.02.2026"))
    assert "Последний день раньше первого" in turned.content.decode()


@pytest.mark.django_db
def test_a_visit_that_got_its_day_meanwhile_stops_the_whole(world: World) -> None:
    first, second = planned(world, "Громов", "Зимин")
    exam_plan(world.registrar, exam=first.uid, on=MONDAY)
    with pytest.raises(Refused, match="изменились осмотры: 1"):
        exams_spread(world.registrar, days={MONDAY: [first.uid, second.uid]})
    second.refresh_from_db()
    assert second.planned_on is None
    with pytest.raises((NotFound, Refused)):
        exams_spread(World().registrar, days={MONDAY: [second.uid]})


@pytest.mark.django_db
def test_another_system_spreads_days(world: World) -> None:
    planned(world, "Громов", "Зимин")
    address = f"/campaigns/{Campaign.objects.unscoped('test').get().uid}/spread"
    clinic = Outside("spread", Role.CLINIC, world.clinic.pk, world.doctor.person)
    body = {"since": "2026-02-20", "last": "2026-02-24", "per_day": 1}
    shown = clinic.post(address, body)
    assert not shown["saved"]
    assert [len(day["exams"]) for day in shown["days"]] == [1, 1]
    assert clinic.post(address, body | {"save": True})["saved"]
    assert not Exam.objects.unscoped("test").filter(planned_on__isnull=True).exists()
