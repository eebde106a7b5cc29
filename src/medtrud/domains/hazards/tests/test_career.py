"""A career through the doors: jobs, conditions, protocols, sick leaves, and who sees what of it."""

import datetime as dt
import math
from uuid import UUID

import pytest

from medtrud.domains.absences.public import absence_add, absence_cancel
from medtrud.domains.absences.types import NewAbsence
from medtrud.domains.hazards.models import ExposurePeriod, ExposureTotal, Protocol
from medtrud.domains.hazards.public import (
    CareerExposure,
    exposure_of,
    exposure_versions,
    exposures_of,
    factors_set,
    protection_set,
    protocol_record,
    protocol_withdraw,
)
from medtrud.domains.hazards.types import FactorIn
from medtrud.domains.hazards.types.control import InstrumentIn, ProtocolIn, ValueIn
from medtrud.domains.hazards.types.dose import FactorExposure
from medtrud.engines.access.public import desks
from medtrud.engines.background.public import run_pending
from medtrud.engines.store.public import today
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.errors import NotFound, Refused
from medtrud.registries.organizations.public import (
    employment_close,
    employment_open,
    organization_open,
    post_open,
    workplace_open,
)
from medtrud.registries.organizations.types import EmploymentKind, Kind, Requisites
from medtrud.registries.people.public import Person, person_register, person_share, persons_merge

JOB = Actor.job("test")
BEGUN = dt.date(2000, 1, 1)
ON = dt.date(2026, 1, 1)


def seat(role: Role, organization: int | None = None, person: int | None = None) -> Actor:
    permissions = desks()[role].permissions
    return Actor(role=role, organization=organization, person=person, permissions=permissions)


class Works:
    """An employer with one workplace, a man, and what was measured."""

    def __init__(self, name: str = "Завод", number: int = 1) -> None:
        self.row = organization_open(JOB, kind=Kind.EMPLOYER, requisites=Requisites(name), since=BEGUN)
        self.hr = seat(Role.EMPLOYER, self.row.pk)
        self.post = post_open(self.hr, employer=self.row.pk, title="Токарь")
        self.place = workplace_open(
            self.hr, employer=self.row.pk, title="Станок", number=str(number), since=BEGUN
        )

    def factors(self, *codes: str, since: dt.date = BEGUN, sout_class: str = "3.1") -> None:
        rows = [FactorIn(code, sout_class=sout_class) for code in codes]
        factors_set(self.hr, workplace=self.place.uid, factors=rows, sout_class=sout_class, since=since)

    def measured(
        self, on: dt.date, value: float, code: str = "4.4", unit: str = "дБА", until: dt.date | None = None
    ) -> UUID:
        line = ValueIn(self.place.pk, code, value, unit)
        meter = InstrumentIn("Шумомер", "17", verified_until=until)
        protocol = ProtocolIn(f"{code}-{on}", on, "ЛПЭ", (line,), (meter,))
        return protocol_record(self.hr, protocol=protocol, on=ON).uid

    def hire(
        self, person: int, since: dt.date, until: dt.date | None = None, kind: str = EmploymentKind.MAIN
    ) -> None:
        person_share(JOB, persons=[person], organization=self.row.pk)
        job = employment_open(
            self.hr,
            person=person,
            post=self.post.uid,
            workplace=self.place.uid,
            since=since,
            kind=EmploymentKind(kind),
        )
        if until:
            employment_close(self.hr, employment=job.uid, until=until, reason="уволен")


@pytest.fixture
def works(db: None) -> Works:
    return Works()


@pytest.fixture
def man(db: None) -> int:
    return register("Иванов")


def register(last: str) -> int:
    return person_register(
        JOB, last_name=last, first_name="Пётр", birth_date=dt.date(1975, 5, 1), sex="male", confirmed=True
    ).pk


def career(person: int, actor: Actor | None = None, on: dt.date = ON) -> CareerExposure:
    uid = Person.objects.unscoped("test").get(pk=person).uid
    return exposure_of(actor or JOB, uid, on=on)


def found(told: CareerExposure, code: str = "4.4") -> FactorExposure:
    factor = told.factor(code)
    assert factor is not None
    return factor


def figure(person: int, code: str, name: str, **more: object) -> float | None:
    told = found(career(person, **more), code)  # type: ignore[arg-type]
    return next(each.value for each in told.figures if each.code == name)


def test_a_protocol_changes_the_exposure_from_its_date(works: Works, man: int) -> None:
    works.factors("4.4")
    works.hire(man, dt.date(2020, 1, 1))
    works.measured(dt.date(2020, 1, 1), 80.0)
    assert figure(man, "4.4", "level") == pytest.approx(80.0)
    works.measured(dt.date(2024, 1, 1), 90.0)
    early, late = (dt.date(2024, 1, 1) - dt.date(2020, 1, 1)).days, (ON - dt.date(2024, 1, 1)).days
    mean = 10 * math.log10((early * 10**8 + late * 10**9) / (early + late))
    assert figure(man, "4.4", "level") == pytest.approx(mean)
    assert figure(man, "4.4", "level", on=dt.date(2024, 1, 1)) == pytest.approx(80.0)


def test_a_sick_leave_lowers_the_harmful_service_by_exactly_its_days(works: Works, man: int) -> None:
    works.factors("4.4")
    works.hire(man, dt.date(2020, 1, 1))
    works.measured(dt.date(2020, 1, 1), 85.0)
    before = figure(man, "total", "harmful_days")
    leave = NewAbsence(man, works.row.pk, dt.date(2021, 3, 1), dt.date(2021, 3, 15), reason="01")
    added = absence_add(works.hr, absence=leave)
    assert before is not None
    assert figure(man, "total", "harmful_days") == before - 14
    assert figure(man, "4.4", "harmful_days") == before - 14
    absence_cancel(works.hr, absence=added.document, why="ошибка")
    assert figure(man, "total", "harmful_days") == before


def test_time_without_measurements_is_named_and_not_filled(works: Works, man: int) -> None:
    works.factors("4.4", since=dt.date(2003, 1, 1))
    works.hire(man, dt.date(2000, 1, 1))
    works.measured(dt.date(2008, 1, 1), 85.0)
    told = found(career(man))
    assert told.gaps == (
        "01.01.2000 – 31.12.2002: нет сведений об условиях труда (1 096 дн.)",
        "01.01.2003 – 31.12.2007: нет измерений (1 826 дн.)",
    )
    assert told.sums.measured == (ON - dt.date(2008, 1, 1)).days


def test_parallel_jobs_are_named_and_counted_once(works: Works, man: int) -> None:
    second = Works("Мастерская", 2)
    for each, level in ((works, 80.0), (second, 90.0)):
        each.factors("4.4")
        each.measured(BEGUN, level)
    works.hire(man, dt.date(2020, 1, 1), dt.date(2022, 1, 1))
    second.hire(man, dt.date(2021, 1, 1), dt.date(2022, 1, 1), kind=EmploymentKind.SECONDARY)
    told = found(career(man))
    assert told.sums.days == 731
    assert told.sums.parallel == 365
    assert len(told.flags) == 1
    assert told.flags[0].startswith("01.01.2020 – 31.12.2021: 365 дн. параллельной работы")
    assert figure(man, "4.4", "level") == pytest.approx(10 * math.log10((366 * 1e8 + 365 * 1e9) / 731))


def test_an_employer_sees_only_his_own_workplaces(works: Works, man: int) -> None:
    other = Works("Мастерская", 2)
    for each, level in ((works, 80.0), (other, 90.0)):
        each.factors("4.4")
        each.measured(BEGUN, level)
    other.hire(man, dt.date(2010, 1, 1), dt.date(2015, 1, 1))
    works.hire(man, dt.date(2020, 1, 1))
    own = career(man, actor=works.hr)
    assert own.own
    assert [job.employer for job in own.jobs] == [works.row.pk]
    assert found(own).main.value == pytest.approx(80.0)
    run_pending()
    assert not exposure_versions(works.hr, person=man).exists()
    assert exposure_versions(seat(Role.WORKER, person=man), person=man).exists()
    many = exposures_of(works.hr, [man], on=ON)
    assert many[man]["4.4"].value == pytest.approx(80.0)
    assert not exposures_of(seat(Role.EMPLOYER, 999), [man], on=ON)


def test_a_clinic_of_a_stranger_gets_nothing(works: Works, man: int) -> None:
    works.hire(man, dt.date(2020, 1, 1))
    with pytest.raises(NotFound):
        career(man, actor=seat(Role.CLINIC, 12345))


def test_protection_is_counted_beside(works: Works, man: int) -> None:
    works.factors("4.4")
    works.hire(man, dt.date(2020, 1, 1))
    works.measured(BEGUN, 95.0)
    protection_set(
        works.hr,
        workplace=works.place.uid,
        code="4.4",
        reduction=20.0,
        since=dt.date(2020, 1, 1),
        basis="СИЗ",
    )
    assert figure(man, "4.4", "level") == pytest.approx(95.0)
    assert figure(man, "4.4", "level_protected") == pytest.approx(75.0)


def test_an_expired_verification_is_marked_and_does_not_count(works: Works, man: int) -> None:
    works.factors("4.4")
    works.hire(man, dt.date(2020, 1, 1))
    works.measured(BEGUN, 82.0)
    uid = works.measured(dt.date(2024, 5, 1), 95.0, until=dt.date(2024, 4, 30))
    row = Protocol.objects.visible_to(works.hr).get(uid=uid)
    assert row.flaw == "Поверка прибора «Шумомер» № 17 закончилась 30.04.2024, измерено 01.05.2024."
    assert figure(man, "4.4", "level") == pytest.approx(82.0)


@pytest.mark.parametrize(
    ("value", "unit", "code", "said"),
    [
        (-5.0, "дБА", "4.4", "меньше нуля"),
        (2.5, "м/с²", "4.4", "Единица «м/с²» не подходит: 4.4 «Шум» измеряют в дБА"),
        (85.0, "дБА", "4.3.1", "измеряют в м/с²"),
        (float("nan"), "дБА", "4.4", "не число"),
        (85.0, "дБА", "99.1", "нет в перечне"),
    ],
)
def test_a_wrong_value_is_refused(works: Works, value: float, unit: str, code: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        works.measured(dt.date(2024, 5, 1), value, code, unit)


def test_another_unit_than_before_is_refused(works: Works) -> None:
    works.measured(dt.date(2024, 5, 1), 4.0, "1.1", "мг/м³")
    with pytest.raises(Refused, match="измеряли в «мг/м³»"):
        works.measured(dt.date(2024, 6, 1), 4.0, "1.1", "%")


def test_a_new_version_comes_only_with_another_figure(works: Works, man: int) -> None:
    works.factors("4.4")
    works.hire(man, dt.date(2020, 1, 1))
    works.measured(BEGUN, 82.0)
    run_pending()
    rows = ExposureTotal.objects.unscoped("test").filter(person=man, code="4.4")
    first = rows.get(replaced_at=None)
    works.measured(dt.date(2024, 1, 1), 82.0)
    run_pending()
    assert rows.get(replaced_at=None).version == first.version
    protocol = works.measured(dt.date(2025, 1, 1), 88.0)
    run_pending()
    last = rows.get(replaced_at=None)
    assert last.version == first.version + 1
    assert last.cause.startswith("протокол № 4.4-2025-01-01")
    assert last.value == pytest.approx(figure(man, "4.4", "level", on=today()))
    periods = ExposurePeriod.objects.unscoped("test").get(total=last)
    assert periods.values == [82.0, 82.0, 88.0]
    assert sum(periods.days) == last.days
    assert rows.get(version=first.version).replaced_at is not None
    protocol_withdraw(works.hr, protocol=protocol, on=ON, why="ошибка лаборатории")
    run_pending()
    assert rows.get(replaced_at=None).value == pytest.approx(82.0)
    assert rows.count() >= first.version + 2


def test_a_sick_leave_touches_only_its_person(works: Works, man: int) -> None:
    other = register("Петров")
    works.factors("4.4")
    for each in (man, other):
        works.hire(each, dt.date(2020, 1, 1))
    run_pending()
    rows = ExposureTotal.objects.unscoped("test")
    before = rows.filter(person=other).count()
    leave = NewAbsence(man, works.row.pk, dt.date(2021, 3, 1), dt.date(2021, 3, 15), reason="01")
    absence_add(works.hr, absence=leave)
    run_pending()
    assert rows.filter(person=other).count() == before
    assert rows.get(person=man, code="total", replaced_at=None).off_days == 14


def test_merged_cards_have_one_exposure(works: Works, man: int) -> None:
    double = register("Петров")
    works.factors("4.4")
    works.hire(man, dt.date(2010, 1, 1), dt.date(2011, 1, 1))
    works.hire(double, dt.date(2020, 1, 1), dt.date(2021, 1, 1))
    run_pending()
    persons_merge(JOB, kept=_uid(man), gone=_uid(double), reason="один человек")
    run_pending()
    rows = ExposureTotal.objects.unscoped("test").filter(replaced_at=None, code="total")
    assert rows.get(person=man).harmful_days == 365 + 366
    assert not rows.filter(person=double).exists()


def _uid(person: int) -> UUID:
    uid: UUID = Person.objects.unscoped("test").get(pk=person).uid
    return uid
