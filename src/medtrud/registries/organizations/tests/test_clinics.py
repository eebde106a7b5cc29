"""Licences, rooms, staff, accreditation, commissions."""

import datetime as dt
from dataclasses import replace

import pytest

from medtrud.kernel.actor import Role
from medtrud.kernel.errors import Forbidden, NotFound, Refused
from medtrud.registries.organizations.public import (
    Commission,
    StaffMember,
    accreditation_add,
    accreditation_of,
    chairman_of,
    commission_open,
    commissions,
    department_close,
    department_open,
    departments,
    licence_add,
    licences,
    room_open,
    rooms,
    specialties_of,
    staff_allowed,
    staff_close,
    staff_of,
    staff_open,
)

from .world import DAY, JOB, World, person, seat

NEUROLOGY = "27"
UNTIL = DAY + dt.timedelta(days=10)


def accredit(world: World, member: StaffMember) -> None:
    accreditation_add(
        world.registrar,
        staff=member.uid,
        specialty=NEUROLOGY,
        number="7725 031",
        since=dt.date(2021, 2, 11),
        until=UNTIL,
    )


def commission(world: World, head: StaffMember, *others: StaffMember) -> Commission:
    return commission_open(
        world.registrar,
        clinic=world.clinic.pk,
        order_number="14",
        order_on=DAY,
        chairman=head.uid,
        members=[member.uid for member in others],
        since=DAY,
    )


def test_a_doctor_signs_while_the_accreditation_lasts(world: World) -> None:
    member = world.doctor()
    actor = world.as_person(member, Role.CLINIC)
    with pytest.raises(Forbidden, match="нет действующей аккредитации"):
        staff_allowed(actor, clinic=world.clinic.pk, specialties=[NEUROLOGY], on=DAY)
    accredit(world, member)
    last = UNTIL - dt.timedelta(days=1)
    assert staff_allowed(actor, clinic=world.clinic.pk, specialties=[NEUROLOGY], on=last) == member
    assert accreditation_of(actor, staff=member.pk, specialty=NEUROLOGY, on=UNTIL) is None
    with pytest.raises(Forbidden, match="нет действующей аккредитации"):
        staff_allowed(actor, clinic=world.clinic.pk, specialties=["30"], on=DAY)


def test_specialties_are_those_held_and_accredited(world: World) -> None:
    member = world.doctor(specialties=(NEUROLOGY, "30"))
    accredit(world, member)
    found = specialties_of(world.registrar, person=member.person_id, clinic=world.clinic.pk, on=DAY)
    assert found == {NEUROLOGY}


def test_a_dismissed_doctor_signs_nothing(world: World) -> None:
    member = world.doctor()
    accredit(world, member)
    staff_close(world.registrar, staff=member.uid, until=DAY)
    assert not staff_of(world.registrar, clinic=world.clinic.pk, on=DAY)
    with pytest.raises(Refused, match="не числится"):
        staff_allowed(
            world.registrar, clinic=world.clinic.pk, specialties=[NEUROLOGY], on=DAY, staff=member.uid
        )


def test_a_registrar_enters_the_result_of_another_by_name_or_of_a_device_by_none(world: World) -> None:
    member = world.doctor()
    accredit(world, member)
    clinic = world.clinic.pk
    assert (
        staff_allowed(world.registrar, clinic=clinic, specialties=[NEUROLOGY], on=DAY, staff=member.uid)
        == member
    )
    assert staff_allowed(world.registrar, clinic=clinic, specialties=(), on=DAY) is None


def test_only_the_chairman_of_the_day_signs(world: World) -> None:
    head, other = world.chairman(), world.doctor("Ершова")
    commission(world, head, other)
    chairman = world.as_person(head)
    assert chairman_of(chairman, clinic=world.clinic.pk, on=DAY) == head
    assert chairman_of(JOB, clinic=world.clinic.pk, on=DAY) == head
    for actor, day in ((world.as_person(other), DAY), (chairman, DAY - dt.timedelta(days=1))):
        with pytest.raises(Forbidden, match="председатель врачебной комиссии"):
            chairman_of(actor, clinic=world.clinic.pk, on=day)
    with pytest.raises(NotFound):
        chairman_of(replace(chairman, organization=world.plant.pk), clinic=world.clinic.pk, on=DAY)


def test_a_commission_has_members_who_work_here(world: World) -> None:
    head, gone = world.chairman(), world.doctor("Ершова")
    with pytest.raises(Refused, match="нет членов"):
        commission(world, head, head)
    staff_close(world.registrar, staff=gone.uid, until=DAY)
    with pytest.raises(Refused, match="не работает в этой организации"):
        commission(world, head, gone)
    assert not commissions(world.registrar, clinic=world.clinic.pk)


def test_one_person_is_on_the_staff_once(world: World) -> None:
    member = world.doctor()
    with pytest.raises(Refused, match="уже числится здесь"):
        staff_open(
            world.registrar,
            clinic=world.clinic.pk,
            person=member.person_id,
            position="врач",
            since=DAY,
        )


def test_licence_departments_and_rooms_are_public_and_written_by_the_clinic_alone(world: World) -> None:
    therapy = department_open(world.registrar, clinic=world.clinic.pk, title="Терапия", since=DAY)
    room_open(world.registrar, clinic=world.clinic.pk, number="12", department=therapy.uid, since=DAY)
    licence_add(world.registrar, clinic=world.clinic.pk, number="ЛО-35", issued_on=DAY, since=DAY)
    worker = seat(Role.WORKER, person=person().pk)
    for found in (licences, departments, rooms):
        assert len(found(worker, clinic=world.clinic.pk)) == 1
    with pytest.raises(Refused, match="есть действующие кабинеты"):
        department_close(world.registrar, department=therapy.uid, until=UNTIL)
    with pytest.raises(Refused, match="уже есть"):
        room_open(world.registrar, clinic=world.clinic.pk, number="12", department=therapy.uid, since=DAY)
    other = seat(Role.CLINIC, world.other.pk)
    with pytest.raises(NotFound):
        room_open(other, clinic=world.clinic.pk, number="13", since=DAY)


def test_the_employer_sees_no_staff_of_the_clinic(world: World) -> None:
    world.contract()
    world.doctor()
    assert not staff_of(world.hr, clinic=world.clinic.pk)


def test_the_commission_is_headed_by_an_occupational_pathologist(world: World) -> None:
    """29н, п. 5; from 01.04.2027, when the order has lapsed, nothing says so."""
    therapist, member = world.doctor("Лукина"), world.doctor("Ершова")
    accredit(world, therapist)
    with pytest.raises(Refused, match="возглавляет врач-профпатолог"):
        commission(world, therapist, member)
    bare = world.doctor("Орлова", ("124",))
    with pytest.raises(Refused, match="нет действующей аккредитации"):
        commission(world, bare, member)
    assert commission(world, world.chairman("Белова"), member).chairman_id
