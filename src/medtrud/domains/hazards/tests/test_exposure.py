"""Factors and classes of workplaces, and what they mean for the people who work there."""

import datetime as dt
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from medtrud.domains.hazards.public import (
    class_parse,
    classes_of,
    exposure_at,
    factors_of,
    factors_on,
    factors_set,
    factors_set_many,
    factors_undo,
    harmful_classes,
    harmful_periods_add_many,
)
from medtrud.domains.hazards.types import FactorIn, FactorsChanged, HarmfulPeriodIn, WorkplaceFactors
from medtrud.engines.access.public import desks
from medtrud.engines.background.public import on, run_pending
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.errors import NotFound, Refused
from medtrud.registries.organizations.public import (
    Employment,
    Workplace,
    contract_open,
    employment_close,
    employment_open,
    organization_open,
    post_open,
    workplace_open,
)
from medtrud.registries.organizations.types import Kind, Requisites
from medtrud.registries.people.public import person_register

JOB = Actor.job("test")
DAY = dt.date(2026, 2, 1)
NOISE = FactorIn("4.4", sout_class="3.1")


def seat(role: Role, organization: int | None = None, person: int | None = None) -> Actor:
    permissions = desks()[role].permissions
    return Actor(role=role, organization=organization, person=person, permissions=permissions)


class Plant:
    def __init__(self, name: str = "Завод") -> None:
        self.row = organization_open(
            JOB, kind=Kind.EMPLOYER, requisites=Requisites(name), since=dt.date(2015, 1, 1)
        )
        self.hr = seat(Role.EMPLOYER, self.row.pk)
        self.post = post_open(self.hr, employer=self.row.pk, title="Токарь")
        self.place = self.workplace("12")

    def workplace(self, number: str) -> Workplace:
        return workplace_open(self.hr, employer=self.row.pk, title=f"Место {number}", number=number)

    def hire(
        self, since: dt.date, *, place: Workplace | None = None, person: int | None = None
    ) -> Employment:
        if person is None:
            born = dt.date(1960, 1, 1) + dt.timedelta(days=uuid4().int % 9000)
            person = person_register(
                JOB, last_name="Иванов", first_name="Пётр", birth_date=born, sex="male", confirmed=True
            ).pk
        return employment_open(
            self.hr, person=person, post=self.post.uid, workplace=(place or self.place).uid, since=since
        )

    def set(
        self, *factors: FactorIn, since: dt.date, total: str = "", place: Workplace | None = None
    ) -> None:
        factors_set(
            self.hr, workplace=(place or self.place).uid, factors=factors, sout_class=total, since=since
        )


@pytest.fixture
def plant(db: None) -> Plant:
    return Plant()


def codes(plant: Plant, day: dt.date) -> list[str]:
    found = exposure_at(plant.hr, [plant.place.pk], on=day)
    return [factor.code for factor in found[plant.place.pk].factors] if found else []


def test_a_workplace_has_the_factors_of_the_day(plant: Plant) -> None:
    plant.set(NOISE, FactorIn("1.9"), FactorIn("1.10"), since=dt.date(2024, 1, 1), total="3.1")
    plant.set(FactorIn("4.3.1"), FactorIn("1.10"), since=DAY, total="2")
    assert codes(plant, dt.date(2023, 12, 31)) == []
    assert codes(plant, DAY - dt.timedelta(days=1)) == ["1.9", "1.10", "4.4"]
    assert codes(plant, DAY) == ["1.10", "4.3.1"]
    assert [row.sout_class for row in classes_of(plant.hr, workplace=plant.place.pk)] == ["2", "3.1"]


def test_a_factor_carries_its_name_substances_and_letters(plant: Plant) -> None:
    plant.set(FactorIn("1.3", ("формальдегид", " формальдегид "), "РКАО", "3.2"), since=DAY)
    [factor] = exposure_at(plant.hr, [plant.place.pk], on=DAY)[plant.place.pk].factors
    assert factor.title.startswith("Альдегиды алифатические")
    assert (factor.substances, factor.markers, factor.sout_class) == (("формальдегид",), "АКРО", "3.2")


def test_letters_may_be_unknown_or_none(plant: Plant) -> None:
    plant.set(FactorIn("1.3"), FactorIn("1.6", markers=""), since=DAY)
    found = exposure_at(plant.hr, [plant.place.pk], on=DAY)[plant.place.pk].factors
    assert [factor.markers for factor in found] == [None, ""]


@pytest.mark.parametrize(
    ("factor", "says"),
    [
        (FactorIn("4.11"), "кодом «4.11» нет в перечне на 01.02.2026"),
        (FactorIn("1.8"), "заголовок"),
        (FactorIn("1.3", markers="A"), "набраны латиницей"),
        (FactorIn("4.4", sout_class="3.5"), "Класса условий труда «3.5» нет"),
    ],
)
def test_what_is_not_in_the_act_is_refused(plant: Plant, factor: FactorIn, says: str) -> None:
    with pytest.raises(Refused, match=says):
        plant.set(factor, since=DAY)


def test_the_same_list_twice_changes_nothing(plant: Plant) -> None:
    rows = [WorkplaceFactors(plant.place.pk, (NOISE,), "3,1")]
    assert factors_set_many(plant.hr, rows=rows, since=DAY) == 1
    assert factors_set_many(plant.hr, rows=rows, since=DAY + dt.timedelta(days=9)) == 0
    assert len(factors_of(plant.hr, workplace=plant.place.pk)) == 1


def test_a_slip_is_corrected_the_same_day_and_stays_in_the_history(plant: Plant) -> None:
    plant.set(FactorIn("4.4"), since=DAY)
    plant.set(NOISE, since=DAY)
    [row, slip] = factors_of(plant.hr, workplace=plant.place.pk).order_by("-pk")
    assert (row.sout_class, row.until) == ("3.1", None)
    assert (slip.since, slip.until) == (DAY, DAY)
    assert codes(plant, DAY) == ["4.4"]


def test_the_past_is_not_rewritten(plant: Plant) -> None:
    plant.set(NOISE, since=DAY)
    with pytest.raises(Refused, match=r"уже записаны с 01\.02\.2026"):
        plant.set(FactorIn("1.9"), since=DAY - dt.timedelta(days=1))


def test_the_database_keeps_one_class_a_day(plant: Plant) -> None:
    plant.set(since=DAY, total="3.1")
    with pytest.raises(Exception, match="hazards_workplaceclass_once"), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO hazards_workplaceclass (uid, employer_id, workplace_id, sout_class, card_number,"
            " since, basis, source_sheet) VALUES (gen_random_uuid(), %s, %s, '2', '', %s, '', '')",
            [plant.row.pk, plant.place.pk, DAY + dt.timedelta(days=400)],
        )


def test_a_job_brings_the_factors_of_its_workplace(plant: Plant) -> None:
    plant.set(NOISE, since=dt.date(2024, 1, 1), total="3.1")
    job = plant.hire(dt.date(2025, 2, 1))
    found = factors_on(plant.hr, [job.pk], on=DAY)[job.pk]
    assert [factor.code for factor in found.factors] == ["4.4"]
    assert (found.sout_class, found.harmful_since) == ("3.1", dt.date(2025, 2, 1))


def test_harmful_service_is_summed_over_workplaces_and_employers(plant: Plant) -> None:
    """29н, п. 40: classes 3.1 and worse count, class 2 does not."""
    quiet = plant.workplace("13")
    plant.set(since=dt.date(2018, 1, 1), total="3.1")
    plant.set(since=dt.date(2018, 1, 1), total="2", place=quiet)
    first = plant.hire(dt.date(2019, 1, 1))
    employment_close(plant.hr, employment=first.uid, until=dt.date(2020, 1, 1))
    second = plant.hire(dt.date(2020, 1, 1), place=quiet, person=first.person_id)
    employment_close(plant.hr, employment=second.uid, until=dt.date(2025, 1, 1))
    elsewhere = Plant("Другой завод")
    elsewhere.set(since=dt.date(2025, 7, 1), total="4")
    third = elsewhere.hire(dt.date(2025, 1, 1), person=first.person_id)
    days = 365 + (DAY - dt.date(2025, 7, 1)).days
    found = factors_on(elsewhere.hr, [third.pk], on=DAY)[third.pk]
    assert found.harmful_since == DAY - dt.timedelta(days=days)


def test_service_declared_by_papers_counts_once(plant: Plant) -> None:
    plant.set(since=dt.date(2024, 1, 1), total="3.2")
    job = plant.hire(dt.date(2015, 1, 1))
    rows = [HarmfulPeriodIn(job.person_id, dt.date(2015, 1, 1), dt.date(2025, 1, 1), "3.1")]
    assert harmful_periods_add_many(plant.hr, employer=plant.row.pk, rows=rows) == 1
    assert harmful_periods_add_many(plant.hr, employer=plant.row.pk, rows=rows) == 0
    assert factors_on(plant.hr, [job.pk], on=DAY)[job.pk].harmful_since == dt.date(2015, 1, 1)


def test_a_change_is_told_once_with_the_workplaces(plant: Plant) -> None:
    heard: list[FactorsChanged] = []

    @on(FactorsChanged)
    def listen(event: FactorsChanged) -> None:
        heard.append(event)

    second = plant.workplace("13")
    rows = [WorkplaceFactors(place.pk, (NOISE,)) for place in (second, plant.place)]
    factors_set_many(plant.hr, rows=rows, since=DAY)
    run_pending()
    assert heard == [FactorsChanged(plant.row.pk, (plant.place.pk, second.pk), DAY)]


def test_an_import_is_taken_back_and_what_it_had_ended_goes_on(plant: Plant) -> None:
    plant.set(NOISE, since=dt.date(2024, 1, 1), total="3.1")
    file = uuid4()
    rows = [WorkplaceFactors(plant.place.pk, (FactorIn("1.9"),), "2", file=file)]
    factors_set_many(plant.hr, rows=rows, since=DAY)
    assert codes(plant, DAY) == ["1.9"]
    assert factors_undo(plant.hr, file=file) == 2
    assert codes(plant, DAY) == ["4.4"]
    assert exposure_at(plant.hr, [plant.place.pk], on=DAY)[plant.place.pk].sout_class == "3.1"


def test_strangers_see_and_write_nothing_the_clinic_and_the_worker_look(plant: Plant) -> None:
    plant.set(NOISE, since=DAY)
    job = plant.hire(DAY)
    stranger = Plant("Чужой").hr
    assert not factors_of(stranger, workplace=plant.place.pk)
    with pytest.raises(NotFound):
        factors_set(stranger, workplace=plant.place.uid, factors=[], since=DAY)
    clinic = organization_open(JOB, kind=Kind.CLINIC, requisites=Requisites("Поликлиника"), since=DAY)
    doctor = seat(Role.CLINIC, clinic.pk)
    assert not factors_of(doctor, workplace=plant.place.pk)
    contract_open(JOB, employer=plant.row.pk, clinic=clinic.pk, number="1", signed_on=DAY, since=DAY)
    assert len(factors_of(doctor, workplace=plant.place.pk)) == 1
    worker = seat(Role.WORKER, person=job.person_id)
    assert [factor.code for factor in factors_on(worker, [job.pk], on=DAY)[job.pk].factors] == ["4.4"]


def test_exposure_costs_the_same_queries_however_many_work(plant: Plant) -> None:
    def price(jobs: list[Employment]) -> int:
        with CaptureQueriesContext(connection) as queries:
            factors_on(plant.hr, [job.pk for job in jobs], on=DAY)
        return len(queries)

    plant.set(NOISE, since=dt.date(2024, 1, 1), total="3.1")
    jobs = [plant.hire(dt.date(2025, 1, 1)) for _ in range(6)]
    assert price(jobs[:1]) == price(jobs) == 7


def test_classes_are_read_as_people_write_them() -> None:
    assert [class_parse(text) for text in ("3,1", "Класс 3.1", "кл. 2", "", " 4 ")] == [
        "3.1",
        "3.1",
        "2",
        "",
        "4",
    ]
    assert harmful_classes() == {"3.1", "3.2", "3.3", "3.4", "4"}


def test_what_was_recorded_still_opens_when_the_act_has_lapsed(plant: Plant) -> None:
    plant.set(NOISE, since=DAY, total="3.1")
    later = dt.date(2027, 4, 1)
    [factor] = exposure_at(plant.hr, [plant.place.pk], on=later)[plant.place.pk].factors
    assert (factor.code, factor.title) == ("4.4", "4.4")
