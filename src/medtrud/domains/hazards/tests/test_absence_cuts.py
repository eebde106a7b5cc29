"""Sick leaves by factor and class: who worked where on the days of the report."""

import datetime as dt

import pytest

from medtrud.domains.absences.public import absence_add, analysis
from medtrud.domains.absences.types import NewAbsence
from medtrud.domains.hazards.types import FactorIn

from .test_exposure import JOB, Plant


@pytest.mark.django_db
def test_a_sick_leave_counts_for_each_factor_of_the_place_and_the_headcount_by_its_days() -> None:
    plant = Plant()
    quiet = plant.workplace("13")
    plant.set(FactorIn("4.4"), FactorIn("4.3.1"), since=dt.date(2025, 7, 2), total="3.1")
    plant.set(FactorIn("4.4"), since=dt.date(2025, 1, 1), total="2", place=quiet)
    man = plant.hire(dt.date(2024, 1, 1))
    plant.hire(dt.date(2024, 1, 1), place=quiet)
    leave = NewAbsence(man.person_id, plant.row.pk, dt.date(2025, 9, 1), dt.date(2025, 9, 11), reason="01")
    absence_add(JOB, absence=leave)
    report = analysis(JOB, employer=plant.row.pk, since=dt.date(2025, 1, 1), until=dt.date(2026, 1, 1))
    factors = {row.key: (row.cases, round(row.workers * 365)) for row in report.sections["factor"].rows}
    assert factors == {"4.3.1": (1, 183), "4.4": (1, 365 + 183)}
    classes = {row.key: (row.cases, row.days) for row in report.sections["class"].rows}
    assert classes == {"2": (0, 0), "3.1": (1, 10)}
