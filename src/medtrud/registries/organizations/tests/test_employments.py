"""Who works where, from a day to a day."""

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from medtrud.engines.background.public import run_pending
from medtrud.engines.signing.public import authority_open, certificate_issue
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.errors import NotFound, Refused
from medtrud.registries.organizations.public import (
    Employment,
    employment_close,
    employment_of,
    employment_open,
    employment_transfer,
    employments_of,
    employments_on,
    post_open,
    seniority_on,
)
from medtrud.registries.organizations.types import EmploymentKind
from medtrud.registries.people.public import names_of

from .world import DAY, World, person, seat

HIRED = dt.date(2020, 3, 2)


def hire(world: World, **more: Any) -> Employment:
    facts: dict[str, Any] = {
        "person": person().pk,
        "post": world.turner.uid,
        "workplace": world.lathe.uid,
        "since": HIRED,
    }
    return employment_open(world.hr, **(facts | more))


def test_a_hired_person_is_on_the_staff_from_the_first_day(world: World) -> None:
    job = hire(world)
    assert list(employments_on(world.hr, employer=world.plant.pk, on=HIRED)) == [job]
    assert not employments_on(world.hr, employer=world.plant.pk, on=HIRED - dt.timedelta(days=1))
    assert job.division == world.shop


def test_the_employer_sees_the_name_of_whom_he_hires(world: World) -> None:
    job = hire(world)
    assert names_of(world.hr, [job.person_id])[job.person_id].short == "Иванов П."
    assert names_of(world.stranger, [job.person_id]) == {}


def test_a_transfer_ends_one_job_and_begins_the_next_the_same_day(world: World) -> None:
    old = hire(world, personnel_number="0101")
    new = employment_transfer(world.hr, employment=old.uid, since=DAY, post=world.fitter.uid)
    old.refresh_from_db()
    assert (old.until, old.close_reason) == (DAY, "перевод")
    assert (new.since, new.previous, new.hired_on, new.personnel_number) == (DAY, old, HIRED, "0101")
    assert [job.post.title for job in employments_of(world.hr, person=old.person_id)] == ["Слесарь", "Токарь"]
    assert list(employments_on(world.hr, employer=world.plant.pk, on=DAY - dt.timedelta(days=1))) == [old]


def test_a_transfer_to_where_he_works_is_refused(world: World) -> None:
    job = hire(world)
    with pytest.raises(Refused, match="Измените хотя бы одно"):
        employment_transfer(
            world.hr, employment=job.uid, since=DAY, post=world.turner.uid, workplace=world.lathe.uid
        )


def test_a_closed_job_is_never_changed(world: World) -> None:
    job = hire(world)
    employment_close(world.hr, employment=job.uid, until=DAY, reason="ст. 80 ТК РФ")
    assert not employments_on(world.hr, employer=world.plant.pk, on=DAY)
    with pytest.raises(Refused, match="Прошлые записи не изменяются"):
        employment_close(world.hr, employment=job.uid, until=DAY + dt.timedelta(days=9))


def test_nobody_leaves_before_he_came(world: World) -> None:
    job = hire(world)
    with pytest.raises(Refused, match=r"принят в эту должность 02\.03\.2020"):
        employment_close(world.hr, employment=job.uid, until=HIRED)


def test_one_post_of_a_person_never_overlaps_itself(world: World) -> None:
    job = hire(world)
    employment_close(world.hr, employment=job.uid, until=DAY)
    with pytest.raises(Refused, match="уже работает в этой должности"):
        hire(world, person=job.person_id, since=DAY - dt.timedelta(days=1))
    hire(world, person=job.person_id, since=DAY)  # the day he left is free


def test_a_person_has_one_main_job_at_an_employer_and_may_have_others(world: World) -> None:
    job = hire(world)
    with pytest.raises(Refused, match="уже есть основная работа"):
        hire(world, person=job.person_id, post=world.fitter.uid)
    hire(world, person=job.person_id, post=world.fitter.uid, kind=EmploymentKind.SECONDARY)


def test_a_personnel_number_belongs_to_one_worker_at_a_time(world: World) -> None:
    job = hire(world, personnel_number="77")
    with pytest.raises(Refused, match="Табельный номер занят"):
        hire(world, personnel_number="77")
    employment_close(world.hr, employment=job.uid, until=DAY)
    hire(world, personnel_number="77")


def test_strangers_get_404_and_the_clinic_only_looks(world: World) -> None:
    job = hire(world)
    for actor in (world.stranger, world.registrar, seat(Role.ANALYST)):
        with pytest.raises(NotFound):
            employment_of(actor, job.uid)
    with pytest.raises(NotFound):
        employment_close(world.stranger, employment=job.uid, until=DAY)
    world.contract()
    assert employment_of(world.registrar, job.uid) == job


def test_a_worker_sees_his_own_jobs_wherever_they_are(world: World) -> None:
    job, _ = hire(world), hire(world)
    elsewhere = post_open(world.stranger, employer=world.other.pk, title="Водитель")
    second = employment_open(world.stranger, person=job.person_id, post=elsewhere.uid, since=DAY)
    me = seat(Role.WORKER, person=job.person_id)
    assert list(employments_of(me, person=job.person_id)) == [second, job]


def test_a_post_of_another_employer_is_not_found(world: World) -> None:
    strange = post_open(world.stranger, employer=world.other.pk, title="Водитель")
    with pytest.raises(NotFound):
        hire(world, post=strange.uid)
    with pytest.raises(NotFound):
        hire(world, post=uuid4())


def test_seniority_sums_the_periods_in_one_post(world: World) -> None:
    job = hire(world, since=dt.date(2020, 1, 1))
    employment_close(world.hr, employment=job.uid, until=dt.date(2021, 1, 1))
    again = hire(world, person=job.person_id, since=dt.date(2025, 1, 1))
    found = seniority_on(world.hr, [again.pk], on=dt.date(2026, 1, 1))[again.pk]
    assert (found.days, found.years, found.months) == (366 + 365, 2, 24)
    assert found.since == dt.date(2026, 1, 1) - dt.timedelta(days=731)


def test_the_staff_and_its_seniority_cost_the_same_queries_however_many_work(world: World) -> None:
    def price() -> int:
        with CaptureQueriesContext(connection) as queries:
            jobs = list(employments_on(world.hr, employer=world.plant.pk, on=DAY))
            seniority_on(world.hr, [job.pk for job in jobs], on=DAY)
        return len(queries)

    hire(world)
    one = price()
    for _ in range(5):
        hire(world)
    assert price() == one == 3


def test_the_certificate_of_the_dismissed_is_revoked_and_of_the_transferred_is_not(world: World) -> None:
    job_actor = Actor.job("test")
    authority_open(job_actor, algorithm="ec", name="Центр", organization="Завод")
    job = hire(world)
    names = {"surname": "Петров", "given_name": "Иван"}
    row = certificate_issue(
        job_actor,
        kind="person",
        names=names,
        person=job.person_id,
        organization=world.plant.pk,
        algorithm="ec",
    )
    moved = employment_transfer(world.hr, employment=job.uid, post=world.fitter.uid, since=DAY)
    run_pending()
    row.refresh_from_db()
    assert row.state == "active"
    employment_close(world.hr, employment=moved.uid, until=DAY + dt.timedelta(days=1))
    run_pending()
    row.refresh_from_db()
    assert (row.state, row.reason) == ("revoked", "cessation_of_operation")
