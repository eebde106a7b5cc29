"""An employer with people, his personnel officer, and a clinic with a contract."""

import datetime as dt
from typing import Any
from uuid import UUID

import pytest

from medtrud.domains.absences.types import NewAbsence
from medtrud.engines.access.public import desks
from medtrud.kernel.actor import Actor, Role
from medtrud.registries.organizations.public import (
    contract_accept,
    contract_open,
    employment_open,
    organization_open,
    post_open,
)
from medtrud.registries.organizations.types import Kind, Requisites
from medtrud.registries.people.public import person_register, person_share

JOB = Actor.job("test")
HIRED = dt.date(2020, 1, 1)


def seat(role: Role, organization: int | None = None, person: int | None = None) -> Actor:
    permissions = desks()[role].permissions
    return Actor(role=role, organization=organization, person=person, permissions=permissions)


class Plant:
    """An employer, his personnel officer, a clinic with an accepted contract."""

    def __init__(self, name: str = "Завод") -> None:
        self.row = organization_open(JOB, kind=Kind.EMPLOYER, requisites=Requisites(name), since=HIRED)
        self.hr = seat(Role.EMPLOYER, self.row.pk)
        self.post = post_open(self.hr, employer=self.row.pk, title="Токарь")
        self.hired = 0

    def hire(
        self,
        *,
        since: dt.date = HIRED,
        born: dt.date = dt.date(1980, 5, 1),
        sex: str = "male",
        division: UUID | None = None,
        snils: str = "",
    ) -> int:
        """Take on a person and return his key."""
        self.hired += 1
        letters = "абвгдежзик"
        name = "".join(letters[int(digit)] for digit in f"{self.hired:03d}")
        person = person_register(
            JOB,
            last_name=f"Иванов{name}",
            first_name="Пётр",
            birth_date=born,
            sex=sex,
            snils=snils,
            confirmed=True,
        ).pk
        person_share(JOB, persons=[person], organization=self.row.pk)
        employment_open(self.hr, person=person, post=self.post.uid, since=since, division=division)
        return person

    def away(self, person: int, since: dt.date, until: dt.date | None = None, **facts: Any) -> NewAbsence:
        """Return a sick leave by illness, unless the facts say otherwise."""
        facts = {"reason": "" if "kind" in facts else "01"} | facts
        return NewAbsence(person=person, employer=self.row.pk, since=since, until=until, **facts)

    def clinic(self, *persons: int) -> Actor:
        """Return a doctor's seat of a clinic the employer has a contract with; it may see these people."""
        clinic = organization_open(JOB, kind=Kind.CLINIC, requisites=Requisites("Клиника"), since=HIRED)
        doctor = seat(Role.CLINIC, clinic.pk)
        contract = contract_open(
            doctor, employer=self.row.pk, clinic=clinic.pk, number="1", signed_on=HIRED, since=HIRED
        )
        contract_accept(self.hr, contract=contract.uid, on=HIRED)
        person_share(JOB, persons=list(persons), organization=clinic.pk)
        return doctor


@pytest.fixture
def plant(db: None) -> Plant:
    return Plant()
