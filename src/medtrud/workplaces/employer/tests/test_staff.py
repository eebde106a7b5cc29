"""The staff on the employer's desk: a list, a card, hiring, transfer, dismissal; factors of a workplace."""

import datetime as dt
from itertools import count
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from medtrud.domains.hazards.public import exposure_at, factors_of, factors_set
from medtrud.domains.hazards.types import FactorIn
from medtrud.engines.access.public import account_open, desks, seat_give
from medtrud.kernel.actor import Actor, Role
from medtrud.registries.organizations.public import (
    Employment,
    division_open,
    employments,
    organization_open,
    post_open,
    worker_hire,
    workplace_open,
)
from medtrud.registries.organizations.types import Kind, Requisites
from medtrud.registries.people.public import persons
from medtrud.registries.people.types import PersonRow

JOB = Actor.job("test")
DAY = dt.date(2026, 2, 1)
_numbers = count(1)


class Plant:
    def __init__(self, name: str = "Завод") -> None:
        self.row = organization_open(
            JOB, kind=Kind.EMPLOYER, requisites=Requisites(name), since=dt.date(2015, 1, 1)
        )
        self.hr = Actor(
            role=Role.EMPLOYER, organization=self.row.pk, permissions=desks()[Role.EMPLOYER].permissions
        )
        self.shop = division_open(self.hr, employer=self.row.pk, title="Цех 2")
        self.turner = post_open(self.hr, employer=self.row.pk, title="Токарь", division=self.shop.uid)
        self.fitter = post_open(self.hr, employer=self.row.pk, title="Слесарь", division=self.shop.uid)
        self.lathe = workplace_open(
            self.hr, employer=self.row.pk, title="Станок", number="12", division=self.shop.uid
        )
        account = account_open(JOB, login=f"hr-{next(_numbers)}", password="Long-enough-77")
        seat_give(
            JOB, account=account, role=Role.EMPLOYER, organization=self.row.pk, since=dt.date(2025, 1, 1)
        )
        self.browser = Client()
        self.browser.force_login(account)

    def hire(self, last: str = "Иванов") -> Employment:
        born = dt.date(1980, 1, 1) + dt.timedelta(days=next(_numbers))
        return worker_hire(
            self.hr,
            person=PersonRow(last, "Пётр", "", born, "male"),
            post=self.turner.uid,
            workplace=self.lathe.uid,
            since=dt.date(2024, 3, 1),
        )

    def text(self, url: str) -> str:
        answer = self.browser.get(url)
        assert answer.status_code == 200, answer.content.decode()[:2000]
        return answer.content.decode()


@pytest.fixture
def plant(db: None) -> Plant:
    return Plant()


def test_somebody_is_hired_moved_and_dismissed_in_the_browser(plant: Plant) -> None:
    facts = {
        "last_name": "Петрова",
        "first_name": "Анна",
        "birth_date": "05.06.1985",
        "sex": "female",
        "post": str(plant.turner.uid),
        "workplace": str(plant.lathe.uid),
        "personnel_number": "0107",
        "kind": "main",
        "since": "01.03.2024",
    }
    answer = plant.browser.post("/employer/staff/hire/", facts)
    [job] = employments(plant.hr)
    assert answer.headers["Location"] == f"/employer/staff/{job.uid}/"
    shown = plant.text(f"/employer/staff/{job.uid}/")
    assert "Петрова Анна" in shown
    assert "Станок" in shown
    assert "Петрова" in plant.text("/employer/staff/?q=петр")
    assert "Петрова" in plant.text("/employer/staff/?q=0107")

    move = {"post": str(plant.fitter.uid), "workplace": "", "since": "01.02.2026", "personnel_number": "0107"}
    plant.browser.post(f"/employer/staff/{job.uid}/transfer/", move)
    now = employments(plant.hr).get(until__isnull=True)
    assert (now.post, now.hired_on) == (plant.fitter, dt.date(2024, 3, 1))
    assert "перевод" in plant.text(f"/employer/staff/{now.uid}/")

    plant.browser.post(f"/employer/staff/{now.uid}/close/", {"last_day": "10.02.2026", "reason": "ст. 80"})
    now.refresh_from_db()
    assert now.until == dt.date(2026, 2, 11)
    assert "Петрова" not in plant.text("/employer/staff/")
    assert "Петрова" in plant.text("/employer/staff/?tab=past")


def test_a_namesake_is_asked_about_and_nothing_typed_is_lost(plant: Plant) -> None:
    job = plant.hire()
    facts = {
        "last_name": "Сидоров",
        "first_name": "Иван",
        "birth_date": "05.06.1985",
        "sex": "male",
        "snils": "112-233-445 96",
        "post": str(plant.turner.uid),
        "kind": "main",
        "since": "01.03.2024",
    }
    answer = plant.browser.post("/employer/staff/hire/", facts)
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "не сходится контрольное число" in shown
    assert 'value="112-233-445 96"' in shown
    assert list(employments(plant.hr)) == [job]


def test_the_staff_is_filtered_by_division_post_and_factor(plant: Plant) -> None:
    plant.hire("Алексеев")
    factors_set(plant.hr, workplace=plant.lathe.uid, factors=[FactorIn("4.4")], sout_class="3.1", since=DAY)
    assert "Алексеев" in plant.text("/employer/staff/?factor=4.4")
    assert "Алексеев" in plant.text(f"/employer/staff/?division={plant.shop.pk}&post={plant.turner.pk}")
    assert "Алексеев" not in plant.text(f"/employer/staff/?post={plant.fitter.pk}")


def test_strangers_find_no_worker_and_no_workplace(plant: Plant) -> None:
    job = plant.hire("Алексеев")
    other = Plant("Чужой завод")
    for url in (
        f"/employer/staff/{job.uid}/",
        f"/employer/staff/{job.uid}/transfer/",
        f"/employer/staff/{job.uid}/close/",
        f"/hazards/{plant.lathe.uid}/",
        f"/hazards/{plant.lathe.uid}/factors/4.4/",
        f"/hazards/{plant.lathe.uid}/class/",
    ):
        assert other.browser.get(url).status_code == 404
    assert "Алексеев" not in other.text("/employer/staff/?q=алекс")


def test_the_list_costs_the_same_queries_however_many_work(plant: Plant) -> None:
    def price(url: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            plant.text(url)
        return len(queries)

    factors_set(plant.hr, workplace=plant.lathe.uid, factors=[FactorIn("4.4")], sout_class="3.1", since=DAY)
    urls = ["/employer/staff/", "/hazards/"]
    plant.hire("Алексеев")
    plant.hire("Борисов")
    workplace_open(plant.hr, employer=plant.row.pk, title="Пресс", number="13")
    before = [price(url) for url in urls]
    for letter in "ВГДЕ":
        plant.hire(f"{letter}асильев")
        workplace_open(plant.hr, employer=plant.row.pk, title=f"Место {letter}")
    assert [price(url) for url in urls] == before


def test_a_workplace_gets_a_factor_with_its_substances(plant: Plant) -> None:
    page = f"/hazards/{plant.lathe.uid}/"
    assert "Факторов нет" in plant.text(page)
    assert '"value": "1.3"' in plant.text("/hazards/codes/?q=альдегид+алифат")
    answer = plant.browser.post(f"{page}factors/add/", {"code": "1.3"})
    assert answer.headers["Location"] == f"{page}factors/1.3/"
    assert "формальдегид [АКРО]" in plant.text(f"{page}factors/1.3/")
    facts = {
        "known": ["формальдегид"],
        "other": "ацетальдегид",
        "letters": "",
        "sout_class": "3.2",
        "since": "01.02.2026",
        "basis": "карта 12",
    }
    assert plant.browser.post(f"{page}factors/1.3/", facts).status_code == 302
    [row] = factors_of(plant.hr, workplace=plant.lathe.pk)
    assert (row.substances, row.markers) == (["формальдегид", "ацетальдегид"], None)
    shown = plant.text(page)
    assert "формальдегид" in shown
    assert "карта 12" in shown


def test_the_class_and_the_end_of_a_factor_leave_a_history(plant: Plant) -> None:
    page = f"/hazards/{plant.lathe.uid}/"
    plant.browser.post(f"{page}factors/4.4/", {"sout_class": "3.1", "other": "", "since": "01.02.2025"})
    plant.browser.post(f"{page}class/", {"sout_class": "3.1", "card_number": "12", "since": "01.02.2025"})
    assert plant.browser.post(f"{page}factors/4.4/end/", {"since": "01.02.2026"}).status_code == 302
    assert exposure_at(plant.hr, [plant.lathe.pk], on=DAY)[plant.lathe.pk].factors == ()
    old = plant.text(f"{page}?on=31.01.2026")
    assert "Показано на 31.01.2026" in old
    assert "Факторов нет" not in old
    assert "Факторов нет" in plant.text(page)


def test_a_code_that_is_not_in_the_act_is_refused_with_the_nearest(plant: Plant) -> None:
    answer = plant.browser.post(f"/hazards/{plant.lathe.uid}/factors/add/", {"code": "4.11"})
    assert answer.status_code == 422
    assert "нет в перечне" in answer.content.decode()


def test_workplaces_without_factors_are_found(plant: Plant) -> None:
    workplace_open(plant.hr, employer=plant.row.pk, title="Пресс", number="13")
    factors_set(plant.hr, workplace=plant.lathe.uid, factors=[FactorIn("4.4")], sout_class="3.1", since=DAY)
    bare = plant.text("/hazards/?tab=bare")
    assert "Пресс" in bare
    assert "Станок" not in bare
    assert "Станок" in plant.text("/hazards/?class=3.1")
    assert "Станок" not in plant.text("/hazards/?class=2")


SNILS = "112-233-445 95"
OVERLAPS = (
    ("turner", "main", "03.06.2024", "уже есть основная работа"),  # the same post again
    ("fitter", "main", "03.06.2024", "уже есть основная работа"),  # a second main job
    ("turner", "secondary", "01.01.2024", "в эти дни"),  # the same post from an earlier day
)


@pytest.mark.parametrize("edge", ["screen", "rest"])
@pytest.mark.parametrize(("post", "kind", "since", "said"), OVERLAPS)
def test_overlapping_employments_are_refused_and_nothing_is_half_saved(
    plant: Plant, edge: str, post: str, kind: str, since: str, said: str
) -> None:
    person = {"last_name": "Петрова", "first_name": "Анна", "sex": "female", "snils": SNILS}
    facts = {"kind": kind, "post": str(getattr(plant, post).uid)}

    def hire(since: str, **more: str) -> Any:
        if edge == "screen":
            form = person | facts | {"birth_date": "05.06.1985", "since": since} | more
            return plant.browser.post("/employer/staff/hire/", form)
        day, month, year = since.split(".")
        body = {"person": person | {"birth_date": "1985-06-05"}, "since": f"{year}-{month}-{day}"}
        return plant.browser.post(
            "/api/v1/organizations/employments", body | facts | more, content_type="application/json"
        )

    hire("01.03.2024", post=str(plant.turner.uid), kind="main")
    [job] = employments(plant.hr)
    people = persons(JOB).count()
    again = hire(since)
    assert again.status_code in {409, 422}, again.content.decode()
    assert said in again.content.decode()
    assert list(employments(plant.hr)) == [job]
    assert persons(JOB).count() == people
