"""What HR and the clinic see on screens, in files and through the API."""

import datetime as dt
import io

import pytest
import python_calamine as calamine
from django.test import Client
from pypdf import PdfReader

from medtrud.domains.absences.public import absence_add, absences, medical_set
from medtrud.domains.absences.types import NewMedical, reasons
from medtrud.domains.absences.types.journal import HEAD
from medtrud.engines.access.public import account_open, seat_give
from medtrud.kernel.actor import Role
from medtrud.registries.organizations.public import employments_of
from medtrud.registries.people.public import names_of

from .conftest import JOB, Plant
from .test_analysis import Control

PERIOD = "since=01.01.2025&last=31.12.2025"


def sign_in(role: Role, organization: int) -> Client:
    account = account_open(JOB, login=f"{role}-{organization}", password="long-enough-Password-7")
    seat_give(JOB, account=account, role=role, since=dt.date(2020, 1, 1), organization=organization)
    client = Client()
    client.force_login(account)
    return client


def test_hr_writes_a_leave_and_closes_it_on_the_screens(plant: Plant) -> None:
    man = plant.hire()
    job = employments_of(plant.hr, person=man).get()
    office = sign_in(Role.EMPLOYER, plant.row.pk)
    form = {"worker": str(job.uid), "why": "reason-01", "since": "02.03.2026", "last": "", "number": "91"}
    offered = office.get("/absences/workers/?q=Ивановааб").json()
    assert offered[0]["value"] == "Ивановааб Пётр, 01.05.1980"
    answer = office.post("/absences/add/", form | {"worker": offered[0]["value"]})
    assert answer.status_code == 302, answer.content.decode()
    row = absences(plant.hr).get()
    office.post(f"/absences/{row.document}/close/", {"last": "08.03.2026"})
    assert absences(plant.hr).get().until == dt.date(2026, 3, 9)
    again = office.post(
        "/absences/add/", form | {"since": "05.03.2026", "number": "92", "last": "09.03.2026"}
    )
    assert again.status_code == 422
    assert "пересекаются с записанными: 02.03.2026 по 08.03.2026" in again.content.decode()


def test_the_page_of_a_leave_shows_the_diagnosis_to_the_clinic_only(plant: Plant) -> None:
    man = plant.hire()
    doctor = plant.clinic(man)
    row = absence_add(doctor, absence=plant.away(man, dt.date(2026, 3, 2), dt.date(2026, 3, 9)))
    medical_set(doctor, absence=row.uid, medical=NewMedical(diagnosis="J06.9"))
    address = f"/absences/{row.document}/"
    assert doctor.organization is not None
    assert "J06.9" in sign_in(Role.CLINIC, doctor.organization).get(address).content.decode()
    page = sign_in(Role.EMPLOYER, plant.row.pk).get(address).content.decode()
    assert "J06.9" not in page
    assert "иагноз" not in page


@pytest.fixture
def control(db: None) -> Control:
    return Control()


def test_the_report_stands_on_screen_in_a_workbook_and_on_paper(control: Control) -> None:
    office = sign_in(Role.EMPLOYER, control.row.pk)
    page = office.get(f"/absences/analysis/?{PERIOD}&cut=unit").content.decode()
    assert "77,8" in page
    assert "31,3–160,3" in page
    assert "скрыто" in page
    book = calamine.load_workbook(io.BytesIO(office.get(f"/absences/analysis/table/?{PERIOD}").content))
    assert "16-ВН" not in book.sheet_names
    assert "Классы МКБ-10" not in book.sheet_names
    pdf = office.get(f"/absences/analysis/print/?{PERIOD}").content
    text = "".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(pdf)).pages)
    assert "Контрольный завод" in text
    assert "77,8" in text
    chart = office.get(f"/absences/analysis/chart/?{PERIOD}&cut=months").json()
    assert chart["labels"][0] == "январь"


def test_the_clinic_gets_the_form_by_classes_and_ages_and_reads_that_its_layout_was_not_compared(
    control: Control,
) -> None:
    doctor = control.clinic(*control.a, *control.b)
    leave = absence_add(
        doctor, absence=control.away(control.a[4], dt.date(2025, 11, 1), dt.date(2025, 11, 11))
    )
    medical_set(doctor, absence=leave.uid, medical=NewMedical(diagnosis="J20.9"))
    assert doctor.organization is not None
    client = sign_in(Role.CLINIC, doctor.organization)
    content = client.get(f"/absences/analysis/table/?{PERIOD}&employer={control.row.uid}").content
    rows = calamine.load_workbook(io.BytesIO(content)).get_sheet_by_name("16-ВН").to_python()
    assert "Макет формы не сверен" in str(rows[-2][0])
    lungs = next(row for row in rows if str(row[0]).startswith("Болезни органов дыхания") and row[1] == "м")
    assert lungs[2:4] == [10, 1]
    assert lungs[4 + 6] == 1  # 45–49 years
    pdf = client.get(f"/absences/analysis/print/?{PERIOD}&employer={control.row.uid}").content
    assert "не сверен" in "".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(pdf)).pages)


def test_another_system_writes_and_reads_absences(control: Control) -> None:
    office = sign_in(Role.EMPLOYER, control.row.pk)
    job = employments_of(control.hr, person=control.a[4]).get()
    body = {"employment": str(job.uid), "since": "2026-03-02", "last": "2026-03-06", "reason": "01"}
    made = office.post("/api/v1/absences", body, content_type="application/json")
    assert made.status_code == 200, made.content.decode()
    uid = made.json()["uid"]
    assert office.get(f"/api/v1/absences/{uid}").json()["last"] == "2026-03-06"
    clash = office.post("/api/v1/absences", body | {"last": "2026-03-09"}, content_type="application/json")
    assert clash.status_code == 409
    report = office.get("/api/v1/absences/analysis?since=2025-01-01&last=2025-12-31").json()
    assert (report["cases"], report["days"]) == (7, 100)
    assert all(row["cases"] is None for row in report["sections"]["unit"])
    assert "icd" not in report["sections"]


def test_the_printed_register_is_the_list_column_by_column_and_names_no_diagnosis(plant: Plant) -> None:
    man, other = plant.hire(), plant.hire()
    doctor = plant.clinic(man)
    ill = absence_add(doctor, absence=plant.away(man, dt.date(2026, 3, 2), dt.date(2026, 3, 9)))
    medical_set(doctor, absence=ill.uid, medical=NewMedical(diagnosis="J06.9"))
    absence_add(plant.hr, absence=plant.away(other, dt.date(2026, 4, 1), dt.date(2026, 4, 3)))
    absence_add(plant.hr, absence=plant.away(other, dt.date(2025, 4, 1), dt.date(2025, 4, 3)))
    office = sign_in(Role.EMPLOYER, plant.row.pk)
    asked = "?since_from=01.01.2026&tab=sick"
    content = office.get(f"/absences/register/table/{asked}").content
    title, _, head, *lines = calamine.load_workbook(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert tuple(head) == HEAD
    told = [line for line in lines if isinstance(line[0], float)]
    rows = list(absences(plant.hr).filter(since__year=2026).order_by("since"))
    names = names_of(plant.hr, [row.person_id for row in rows])
    assert [line[1] for line in told] == [names[row.person_id].full for row in rows]
    assert all("Токарь" in str(line[2]) for line in told)
    assert [line[4] for line in told] == [f"{row.reason} {reasons()[row.reason].title}" for row in rows]
    assert [line[6] for line in told] == ["02.03.2026", "01.04.2026"]
    assert [line[7] for line in told] == ["08.03.2026", "02.04.2026"]
    assert [line[8] for line in told] == [7, 2]
    assert "с 01.01.2026" in str(title[0])
    pdf = office.get(f"/absences/register/print/{asked}").content
    text = "".join("".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(pdf)).pages).split())
    for line in told:
        for cell in line[1:]:
            said = str(int(cell)) if isinstance(cell, float) else str(cell)
            assert "".join(said.split()) in text
    assert "01.04.2025" not in text
    assert "J06" not in text
    assert office.get("/absences/register/table/?since_to=31.12.9999").status_code == 200
    page = office.get(f"/absences/{asked}").content.decode()
    assert f"/absences/register/print/{asked.replace('&', '&amp;')}" in page


def test_a_clinic_and_a_worker_print_no_register_of_a_personnel_office(plant: Plant) -> None:
    doctor = plant.clinic(plant.hire())
    assert doctor.organization is not None
    client = sign_in(Role.CLINIC, doctor.organization)
    assert client.get("/absences/register/print/").status_code == 403
    assert "/absences/register/print/" not in client.get("/absences/").content.decode()
