"""A plant with people and places."""

import datetime as dt
from uuid import UUID

import pytest

from medtrud.domains.absences.public import absence_add
from medtrud.domains.absences.tests.conftest import Plant as Base
from medtrud.registries.organizations.public import division_open, workplace_open

DAY = dt.date(2026, 5, 20)


class Plant(Base):
    """An employer with a division, a workplace and an engineer."""

    def __init__(self, name: str = "Завод") -> None:
        super().__init__(name)
        self.unit = division_open(self.hr, employer=self.row.pk, title="Цех 1")
        self.place = workplace_open(self.hr, employer=self.row.pk, title="Пила", number="12")
        self.engineer = self.hire()

    def hurt(self, person: int, since: dt.date, days: int) -> UUID:
        """Write a sick leave by an accident at work."""
        until = since + dt.timedelta(days=days)
        return absence_add(self.hr, absence=self.away(person, since, until, reason="04")).document


@pytest.fixture
def plant(db: None) -> Plant:
    return Plant()
