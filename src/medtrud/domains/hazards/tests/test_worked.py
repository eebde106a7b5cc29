"""The worked document agrees with the product, number by number."""

import datetime as dt
import re
from pathlib import Path

import pytest

from medtrud.domains.absences.public import absence_add
from medtrud.domains.absences.types import NewAbsence
from medtrud.domains.hazards.demo.career import STAGES, life
from medtrud.domains.hazards.public import CareerExposure, exposure_of
from medtrud.kernel.actor import Actor
from medtrud.registries.organizations.public import employers
from medtrud.registries.people.public import Person

JOB = Actor.job("test")
ON = dt.date(2026, 9, 1)
DOCUMENT = Path(__file__).parents[5] / "docs" / "worked" / "exposure.md"
DAY = r"(\d\d)\.(\d\d)\.(\d{4})"


@pytest.fixture
def man(db: None) -> Person:
    return life(JOB)


@pytest.fixture
def told(man: Person) -> CareerExposure:
    return exposure_of(JOB, man.uid, on=ON)


def rows_of(part: str) -> list[list[str]]:
    """Return the cells of the tables of one part of the document."""
    text = DOCUMENT.read_text(encoding="utf8").split(f"## {part}.")[1].split("\n## ")[0]
    lines = [line for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def number(text: str) -> float:
    """Read the last number of a cell: «2679 - 31 = 2648» is 2648."""
    return float(text.rsplit("=", 1)[-1].replace(" ", "").replace(",", "."))


def test_every_figure_of_the_document_is_the_figure_of_the_product(told: CareerExposure) -> None:
    rows = [row for row in rows_of("6") if re.match(r"total|\d", row[0])]
    assert len(rows) > 12
    for code, name, value, unit in rows:
        factor = told.factor(code)
        assert factor is not None, code
        figure = next(each for each in factor.figures if each.code == name)
        places = len(value.partition(",")[2])
        assert figure.value is not None
        assert round(figure.value, places) == number(value), (code, name)
        assert figure.unit == unit, (code, name)


@pytest.mark.parametrize(("part", "code"), [("3", "4.4"), ("4", "4.3.1"), ("5", "3.1.4")])
def test_every_period_of_the_document_is_a_period_of_the_product(
    told: CareerExposure, part: str, code: str
) -> None:
    factor = told.factor(code)
    assert factor is not None
    days = {}
    for row in rows_of(part):
        found = re.match(f"{DAY} - {DAY}", row[0])
        if found:
            one = [int(each) for each in found.groups()]
            since, last = dt.date(one[2], one[1], one[0]), dt.date(one[5], one[4], one[3])
            days[since, last] = number(row[3] if part == "3" else row[1])
    assert days
    for (since, last), count in days.items():
        inside = [
            each for each in factor.stretches if since <= each.since and each.until <= last + dt.timedelta(1)
        ]
        assert sum(each.days for each in inside if each.value is not None) == count, since


def test_the_gap_of_the_document_is_named(told: CareerExposure) -> None:
    factor = told.factor("4.4")
    assert factor is not None
    assert factor.gaps == ("01.09.1999 - 29.02.2000: нет измерений (182 дн.)",)
    assert "**182 дня**" in DOCUMENT.read_text(encoding="utf8")


def test_one_more_sick_leave_takes_exactly_its_days(man: Person) -> None:
    employer = employers(JOB, text=STAGES[-1].inn).get()
    since = dt.date(2024, 3, 4)
    leave = NewAbsence(man.pk, employer.pk, since, since + dt.timedelta(days=10), reason="01")
    absence_add(JOB, absence=leave)
    told = exposure_of(JOB, man.uid, on=ON).total
    assert told.main.value == 9793
    assert "ровно 9793 дня" in DOCUMENT.read_text(encoding="utf8")
