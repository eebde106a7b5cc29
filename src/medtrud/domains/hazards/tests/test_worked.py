"""The worked document agrees with the product, number by number."""

import datetime as dt
import io
import json
import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from pypdf import PdfReader

from medtrud.domains.absences.public import absence_add
from medtrud.domains.absences.types import NewAbsence
from medtrud.domains.hazards.demo.career import STAGES, life
from medtrud.domains.hazards.public import CareerExposure, exposure_of
from medtrud.engines.access.public import account_open, seat_give
from medtrud.kernel.actor import Actor, Role
from medtrud.registries.organizations.public import employers, organization_open
from medtrud.registries.organizations.types import Kind, Requisites
from medtrud.registries.people.public import Person, person_share

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
    assert factor.gaps == ("01.09.1999 – 29.02.2000: нет измерений (182 дн.)",)
    assert "**182 дня**" in DOCUMENT.read_text(encoding="utf8")


def test_one_more_sick_leave_takes_exactly_its_days(man: Person) -> None:
    employer = employers(JOB, text=STAGES[-1].inn).get()
    since = dt.date(2024, 3, 4)
    leave = NewAbsence(man.pk, employer.pk, since, since + dt.timedelta(days=10), reason="01")
    absence_add(JOB, absence=leave)
    told = exposure_of(JOB, man.uid, on=ON).total
    assert told.main.value == 9793
    assert "ровно 9793 дня" in DOCUMENT.read_text(encoding="utf8")


def client(role: Role, organization: int | None = None, person: int | None = None) -> Client:
    """Sign somebody in."""
    account = account_open(JOB, login=f"test-{role}", password="long-enough-Password-7", person=person)
    seat_give(JOB, account=account, role=role, since=dt.date(2020, 1, 1), organization=organization)
    found = Client()
    found.force_login(account)
    return found


def clinic_of(man: Person) -> int:
    clinic = organization_open(
        JOB, kind=Kind.CLINIC, requisites=Requisites("Клиника"), since=dt.date(2020, 1, 1)
    )
    person_share(JOB, persons=[man.pk], organization=clinic.pk)
    return clinic.pk


def test_a_doctor_reads_the_page_and_prints_the_extract(man: Person) -> None:
    doctor = client(Role.CLINIC, clinic_of(man))
    page = doctor.get(f"/hazards/exposure/{man.uid}/?on=01.09.2026")
    text = page.content.decode()
    assert page.status_code == 200
    for said in ("91,5", "Леспромхоз", "182 дн.", "СИЗ: 15,0", "протокол № 09-1976"):
        assert said in text, said
    chart = doctor.get(f"/hazards/exposure/{man.uid}/chart/4.4/?on=01.09.2026").json()
    assert chart["labels"][0] == "1999"
    assert chart["series"][0]["values"][:2] == [None, 96.0]
    pdf = doctor.get(f"/hazards/exposure/{man.uid}/print/?on=01.09.2026")
    assert pdf.content.startswith(b"%PDF")
    printed = "".join(each.extract_text() for each in PdfReader(io.BytesIO(pdf.content)).pages)
    assert "91,5" in printed
    assert "Громов Николай Петрович" in printed


def test_the_worker_reads_his_own_in_plain_words(man: Person) -> None:
    worker = client(Role.WORKER, person=man.pk)
    text = worker.get("/hazards/exposure/mine/").content.decode()
    assert "Моя экспозиция" in text
    assert "шум в среднем был" in text


def test_an_employer_reads_his_own_workplaces_and_no_reasons(man: Person) -> None:
    employer = employers(JOB, text=STAGES[-1].inn).get()
    text = (
        client(Role.EMPLOYER, employer.pk).get(f"/hazards/exposure/{man.uid}/?on=01.09.2026").content.decode()
    )
    assert "Леспромхоз" not in text
    assert "только ваши рабочие места" in text
    assert "84,0" in text
    for word in ("листок", "заболевание", "нетрудоспособност"):
        assert word not in text.casefold().replace("утрата трудоспособности", ""), word
    group = client(Role.COMMISSION, clinic_of(man)).get("/hazards/exposure/")
    assert group.status_code == 200


def test_the_command_line_tells_the_same(man: Person, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("exposure", person=man.uid, on=ON)
    told = json.loads(capsys.readouterr().out)
    assert told["factors"][0]["figures"]["harmful_days"]["value"] == 9803
    with pytest.raises(SystemExit) as ended:
        call_command("exposure")
    assert ended.value.code == 2
