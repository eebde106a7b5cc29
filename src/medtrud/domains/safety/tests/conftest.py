"""A plant with people and places."""

import datetime as dt
from uuid import UUID

import pytest

from medtrud.domains.absences.public import absence_add
from medtrud.domains.absences.types import NewAbsence
from medtrud.engines.access.public import desks
from medtrud.kernel.actor import Actor, Role
from medtrud.registries.organizations.public import (
    division_open,
    employment_open,
    organization_open,
    post_open,
    workplace_open,
)
from medtrud.registries.organizations.types import Kind, Requisites
from medtrud.registries.people.public import person_register, person_share

JOB = Actor.job("test")
DAY = dt.date(2026, 5, 20)
HIRED = dt.date(2020, 1, 1)
BORN = dt.date(1980, 5, 1)


def seat(role: Role, organization: int | None = None, person: int | None = None) -> Actor:
    permissions = desks()[role].permissions
    return Actor(role=role, organization=organization, person=person, permissions=permissions)


class Plant:
    """An employer with a division, a workplace and an engineer."""

    def __init__(self, name: str = "Завод") -> None:
        self.row = organization_open(JOB, kind=Kind.EMPLOYER, requisites=Requisites(name), since=HIRED)
        self.hr = seat(Role.EMPLOYER, self.row.pk)
        self.post = post_open(self.hr, employer=self.row.pk, title="Токарь")
        self.unit = division_open(self.hr, employer=self.row.pk, title="Цех 1")
        self.place = workplace_open(self.hr, employer=self.row.pk, title="Пила", number="12")
        self.hired = 0
        self.engineer = self.hire()

    def hire(self) -> int:
        """Take on a person and return his key."""
        self.hired += 1
        name = "Иванов" + "".join("абвгдежзик"[int(digit)] for digit in f"{self.hired:03d}")
        person = person_register(
            JOB, last_name=name, first_name="Пётр", birth_date=BORN, sex="male", confirmed=True
        ).pk
        person_share(JOB, persons=[person], organization=self.row.pk)
        employment_open(self.hr, person=person, post=self.post.uid, division=self.unit.uid, since=HIRED)
        return person

    def hurt(self, person: int, since: dt.date, days: int) -> UUID:
        """Write a sick leave by an accident at work."""
        until = since + dt.timedelta(days=days)
        new = NewAbsence(person, self.row.pk, since, until, reason="04")
        return absence_add(self.hr, absence=new).document


@pytest.fixture
def plant(db: None) -> Plant:
    return Plant()
