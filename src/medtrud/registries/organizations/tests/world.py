"""A plant, a hospital, a clinic, and people to work there."""

import datetime as dt
from dataclasses import replace
from itertools import count

from medtrud.engines.access.public import desks
from medtrud.kernel.actor import Actor, Role
from medtrud.registries.organizations.public import (
    Organization,
    StaffMember,
    accreditation_add,
    contract_open,
    division_open,
    organization_open,
    post_open,
    staff_open,
    workplace_open,
)
from medtrud.registries.organizations.types import Kind, Requisites
from medtrud.registries.people.public import Person, person_register

JOB = Actor.job("test")
DAY = dt.date(2026, 2, 1)
_numbers = count(1)


def seat(role: Role, organization: int | None = None, person: int | None = None) -> Actor:
    """Return somebody on a seat with all rights of its desk."""
    return Actor(
        role=role,
        name=str(role),
        organization=organization,
        person=person,
        permissions=desks()[role].permissions,
        region="35",
    )


def organization(kind: Kind, name: str, **more: str) -> Organization:
    return organization_open(
        JOB, kind=kind, requisites=Requisites(name=name, **more), since=dt.date(2020, 1, 1), region="35"
    )


def person(last: str = "Иванов", sex: str = "male", born: dt.date = dt.date(1980, 5, 17)) -> Person:
    """Register somebody new: no two have one name and one birthday."""
    born = born + dt.timedelta(days=next(_numbers))
    return person_register(JOB, last_name=last, first_name="Пётр", birth_date=born, sex=sex)


class World:
    """The plant with a contract, another employer without one."""

    def __init__(self) -> None:
        self.plant = organization(Kind.EMPLOYER, "ООО «Вологодский станкозавод»", inn="3525000006")
        self.other = organization(Kind.EMPLOYER, "АО «Автоколонна»")
        self.clinic = organization(Kind.CLINIC, "Поликлиника № 1")
        self.hr = seat(Role.EMPLOYER, self.plant.pk)
        self.stranger = seat(Role.EMPLOYER, self.other.pk)
        self.registrar = seat(Role.CLINIC, self.clinic.pk)
        self.shop = division_open(self.hr, employer=self.plant.pk, title="Цех 2")
        self.turner = post_open(self.hr, employer=self.plant.pk, title="Токарь", division=self.shop.uid)
        self.fitter = post_open(self.hr, employer=self.plant.pk, title="Слесарь", division=self.shop.uid)
        self.lathe = workplace_open(
            self.hr, employer=self.plant.pk, title="Станок 16К20", number="12", division=self.shop.uid
        )

    def contract(self) -> None:
        contract_open(
            JOB, employer=self.plant.pk, clinic=self.clinic.pk, number="7", signed_on=DAY, since=DAY
        )

    def doctor(self, last: str = "Лукина", specialties: tuple[str, ...] = ("27",)) -> StaffMember:
        return staff_open(
            self.registrar,
            clinic=self.clinic.pk,
            person=person(last, "female").pk,
            position="врач",
            since=dt.date(2025, 1, 1),
            specialties=specialties,
        )

    def chairman(self, last: str = "Орлова") -> StaffMember:
        """Take on an occupational pathologist with a valid accreditation."""
        member = self.doctor(last, ("124",))
        accreditation_add(
            self.registrar,
            staff=member.uid,
            specialty="124",
            number="7725 124",
            since=dt.date(2021, 2, 11),
            until=dt.date(2031, 2, 11),
        )
        return member

    def as_person(self, member: StaffMember, role: Role = Role.COMMISSION) -> Actor:
        return replace(seat(role, self.clinic.pk), person=member.person_id)
