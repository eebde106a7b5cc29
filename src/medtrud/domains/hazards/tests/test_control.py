"""Production control on screen, by the wizard and by the API: due, exceeded, trend, expired verification."""

import datetime as dt
import io
import re
from uuid import UUID

import pytest
from django.test import Client

from medtrud.domains.hazards.public import control_line_set, exposure_of
from medtrud.domains.hazards.queries.control import control_overdue
from medtrud.domains.hazards.tests.conftest import sheet
from medtrud.domains.hazards.tests.test_career import Works, register
from medtrud.domains.hazards.types.control import ControlLineIn
from medtrud.engines.access.public import account_open, seat_give
from medtrud.engines.background.public import run_pending
from medtrud.engines.exchange.public import (
    import_commit,
    import_of,
    import_undo,
    import_upload,
    problem_text,
    problems,
)
from medtrud.kernel.actor import Actor, Role
from medtrud.registries.people.public import Person

JOB = Actor.job("test")
ON = dt.date(2026, 1, 1)


@pytest.fixture
def works(db: None) -> Works:
    found = Works()
    found.factors("4.4")
    return found


@pytest.fixture
def office(works: Works) -> Client:
    account = account_open(JOB, login="engineer", password="long-enough-Password-7")
    seat_give(JOB, account=account, role=Role.EMPLOYER, since=dt.date(2020, 1, 1), organization=works.row.pk)
    client = Client()
    client.force_login(account)
    return client


def test_the_programme_tells_what_is_due(works: Works, office: Client) -> None:
    line = ControlLineIn(works.place.pk, "4.4", 12, method="ГОСТ Р ИСО 9612")
    control_line_set(works.hr, line=line, since=dt.date(2020, 1, 1))
    assert control_overdue(works.hr, employer=works.row.pk, on=dt.date(2021, 1, 1)) == 0
    assert control_overdue(works.hr, employer=works.row.pk, on=dt.date(2021, 1, 2)) == 1
    works.measured(dt.date(2025, 6, 30), 82.0)
    assert control_overdue(works.hr, employer=works.row.pk, on=dt.date(2026, 6, 30)) == 0
    assert control_overdue(works.hr, employer=works.row.pk, on=dt.date(2026, 7, 1)) == 1
    text = office.get("/hazards/control/?tab=overdue").content.decode()
    assert "30.06.2026" in text
    assert "просрочено" in text
    assert office.get("/hazards/control/print/").content.startswith(b"%PDF")
    page = office.get(f"/hazards/levels/{works.place.uid}/4.4/").content.decode()
    assert "Измерять раз в 12" in page
    uid = re.search(r"/hazards/control/line/([0-9a-f-]{36})/end/", page)
    assert uid
    changed = {"workplace": str(works.place.uid), "code": "4.4", "period_months": "6", "since": "01.02.2026"}
    office.post(f"/hazards/control/line/{uid[1]}/", changed)
    assert control_overdue(works.hr, employer=works.row.pk, on=dt.date(2025, 12, 31)) == 1
    page = office.get(f"/hazards/levels/{works.place.uid}/4.4/").content.decode()
    uid = re.search(r"/hazards/control/line/([0-9a-f-]{36})/end/", page)
    assert uid
    office.post(f"/hazards/control/line/{uid[1]}/end/")
    assert (
        "В программе контроля" not in office.get(f"/hazards/levels/{works.place.uid}/4.4/").content.decode()
    )


def test_a_protocol_by_hand_shows_its_exceedance_and_trend(works: Works, office: Client) -> None:
    facts = {
        "number": "17", "measured_on": "15.05.2025", "laboratory": "ЛПЭ", "instrument": "Шумомер",
        "verified_until": "01.01.2026", "workplace_0": str(works.place.uid), "code_0": "4.4",
        "value_0": "86,5", "unit_0": "дБА", "norm_max_0": "80",
    }  # fmt: skip
    answer = office.post("/hazards/protocols/record/", facts, follow=True)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "превышение" in text
    assert "86,5" in text
    assert "Станок" in office.get("/hazards/exceedances/").content.decode()
    page = office.get(f"/hazards/levels/{works.place.uid}/4.4/").content.decode()
    assert "протокол № 17" in page
    chart = office.get(f"/hazards/levels/{works.place.uid}/4.4/chart/").json()
    assert chart["series"][0]["values"] == [86.5]
    assert office.get("/hazards/protocols/print/").content.startswith(b"%PDF")


def test_a_half_filled_line_comes_back(works: Works, office: Client) -> None:
    facts = {
        "number": "17", "measured_on": "15.05.2025", "laboratory": "ЛПЭ", "workplace_0": str(works.place.uid),
        "code_0": "4.4", "value_0": "86,5", "unit_0": "дБА", "value_1": "3",
    }  # fmt: skip
    answer = office.post("/hazards/protocols/record/", facts)
    assert answer.status_code == 422
    assert "всю строку измерения" in answer.content.decode()


def test_a_table_of_a_laboratory_comes_in_by_the_wizard(works: Works) -> None:
    man = register("Иванов")
    works.hire(man, dt.date(2020, 1, 1))
    head = ["№ протокола", "Дата замера", "Испытательный центр", "№ РМ", "Фактор", "Результат", "Ед. изм.",
            "ПДУ", "Прибор", "Поверка до"]  # fmt: skip
    rows = [
        ["5/1", "10.01.2025", "ИЦ", "1", "Шум", "84,0", "дБА", 80, "Шумомер", "01.01.2026"],
        ["5/1", "10.01.2025", "ИЦ", "1", "4.4", "-3", "дБА", 80, "Шумомер", "01.01.2026"],
        ["5/1", "10.01.2025", "ИЦ", "1", "4.4", "84", "м/с²", 80, "Шумомер", "01.01.2026"],
        ["5/1", "10.01.2025", "ИЦ", "77", "4.4", "84", "дБА", 80, "Шумомер", "01.01.2026"],
        ["5/2", "10.02.2025", "ИЦ", "1", "4.4", "99", "дБА", 80, "Шумомер", "01.01.2025"],
    ]
    content = sheet(rows, head)
    taken = import_upload(works.hr, target="protocols", stream=io.BytesIO(content), name="л.xlsx", options={})
    run_pending()
    taken = import_of(works.hr, taken.uid)
    said = [problem_text(taken, each) for each in problems(works.hr, taken).order_by("number")]
    for text, part in zip(said, ("меньше нуля", "измеряют в дБА", "такого рабочего места нет"), strict=True):
        assert part in text
    import_commit(works.hr, uid=taken.uid)
    run_pending()
    uid: UUID = Person.objects.unscoped("test").get(pk=man).uid
    noise = exposure_of(works.hr, uid, on=ON).factor("4.4")
    assert noise is not None
    assert noise.main.value == pytest.approx(84.0)  # the second protocol is kept and does not count
    import_undo(works.hr, uid=taken.uid)
    run_pending()
    noise = exposure_of(works.hr, uid, on=ON).factor("4.4")
    assert noise is not None
    assert noise.main.value is None


def test_another_system_gives_a_protocol_and_reads_the_exposure(works: Works, office: Client) -> None:
    man = register("Иванов")
    works.hire(man, dt.date(2020, 1, 1))
    value = {"workplace": str(works.place.uid), "code": "4.4", "value": 85.0, "unit": "дБА"}
    body = {"number": "9", "measured_on": "2025-01-10", "laboratory": "ИЦ", "values": [value]}
    answer = office.post("/api/v1/hazards/protocols", body, content_type="application/json")
    assert answer.status_code == 200, answer.content
    assert answer.json()["values"][0]["exceeded"] is True
    wrong = body | {"number": "10", "values": [value | {"value": -1}]}
    refused = office.post("/api/v1/hazards/protocols", wrong, content_type="application/json")
    assert refused.status_code == 409
    assert "меньше нуля" in refused.content.decode()
    uid = Person.objects.unscoped("test").get(pk=man).uid
    told = office.get(f"/api/v1/hazards/exposure/{uid}?on=2026-01-01").json()
    assert told["own"] is True
    assert told["factors"][0]["figures"][0]["value"] == pytest.approx(85.0)
    assert office.get("/api/v1/hazards/exceedances").json()[0]["value"] == 85.0
    assert office.get("/api/v1/hazards/control").json() == {"rows": [], "next": ""}
