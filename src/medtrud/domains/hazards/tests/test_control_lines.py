"""The programme of production control from a table and by the API: faults, repeats, undo."""

import datetime as dt
import io
from collections.abc import Sequence

import pytest
from django.test import Client
from django.urls import reverse

from medtrud.domains.hazards.models import ControlLine
from medtrud.domains.hazards.public import control_line_end, control_line_set
from medtrud.domains.hazards.queries.control import control_lines
from medtrud.domains.hazards.rules.control_columns import period_of
from medtrud.domains.hazards.tests.conftest import sheet
from medtrud.domains.hazards.tests.test_career import JOB, Works
from medtrud.domains.hazards.types.control import ControlLineIn
from medtrud.engines.access.public import account_open, seat_give
from medtrud.engines.background.public import run_pending
from medtrud.engines.exchange.public import (
    Import,
    import_check,
    import_commit,
    import_of,
    import_undo,
    import_upload,
    problem_text,
    problems,
)
from medtrud.engines.exchange.types import State, Unreadable
from medtrud.kernel.actor import Role
from medtrud.kernel.errors import Refused

BEGUN = dt.date(2024, 1, 1)
HEAD = (
    "Контрольная точка",
    "Контролируемый показатель",
    "Кратность контроля",
    "Метод контроля",
    "Начало действия",
)
TABLE = (
    ("1", "Шум", "2 раза в год", "ГОСТ Р ИСО 9612", "01.02.2026"),
    ("Станок", "локальная вибрация", "ежегодно", "", ""),
    ("77", "4.4", "12", "", ""),
    ("1", "99.9", "12", "", ""),
    ("1", "4.3.2", "иногда", "", ""),
    ("1", "4.3.2", "5 раз в год", "", ""),
    ("1", "4.3.2", "0", "", ""),
    ("1", "п. 4.4", "12", "", ""),
    ("", "4.4", "12", "", ""),
    ("1", "", "12", "", ""),
)
FAULTS = {
    4: "такого рабочего места нет", 5: "99.9", 6: "«иногда» не узнана", 7: "не целое число месяцев",
    8: "Период 0 мес.", 9: "уже стоит в строке 2", 10: "Рабочее место не указано", 11: "Не указан фактор",
}  # fmt: skip


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


def uploaded(works: Works, rows: Sequence[Sequence[object]], head: Sequence[str] = HEAD) -> Import:
    content = io.BytesIO(sheet([list(row) for row in rows], list(head)))
    taken = import_upload(works.hr, target="control_lines", stream=content, name="п.xlsx", again=True)
    run_pending()
    taken = import_of(works.hr, taken.uid)
    if taken.state == State.MAPPING:
        import_check(works.hr, uid=taken.uid, columns={int(at): code for at, code in taken.columns.items()})
        run_pending()
    return import_of(works.hr, taken.uid)


def take(works: Works, rows: Sequence[Sequence[object]], head: Sequence[str] = HEAD) -> Import:
    taken = uploaded(works, rows, head)
    import_commit(works.hr, uid=taken.uid)
    run_pending()
    return import_of(works.hr, taken.uid)


def going(works: Works) -> list[tuple[str, int, str]]:
    rows = control_lines(works.hr, employer=works.row.pk).order_by("code")
    return [(row.code, row.period_months, row.method) for row in rows]


def noise(works: Works, since: dt.date = BEGUN, months: int = 12) -> ControlLine:
    line = ControlLineIn(works.place.pk, "4.4", months, method="МУК 1")
    return control_line_set(works.hr, line=line, since=since)


def test_a_table_brings_new_lines_changes_known_ones_and_goes_back(works: Works) -> None:
    before = noise(works)
    taken = take(works, TABLE)
    assert going(works) == [("4.3.1", 12, ""), ("4.4", 6, "ГОСТ Р ИСО 9612")]
    assert (taken.counts["new"], taken.counts["changed"], taken.counts["bad"]) == (1, 1, 8)
    before.refresh_from_db()
    assert before.until == dt.date(2026, 2, 1)
    faults = {each.number: problem_text(taken, each) for each in problems(works.hr, taken)}
    assert faults.keys() == FAULTS.keys()
    for number, part in FAULTS.items():
        assert part in faults[number]
    import_undo(works.hr, uid=taken.uid)
    run_pending()
    assert going(works) == [("4.4", 12, "МУК 1")]


def test_the_same_table_twice_changes_nothing(works: Works) -> None:
    take(works, TABLE[:2])
    again = uploaded(works, TABLE[:2])
    assert (again.counts["new"], again.counts["changed"], again.counts["unchanged"]) == (0, 0, 2)
    with pytest.raises(Refused, match="записывать нечего"):
        import_commit(works.hr, uid=again.uid)


def test_what_a_table_does_not_tell_goes_on_as_it_was(works: Works) -> None:
    noise(works)
    take(works, [("1", "4.4", "6")], ("Рабочее место", "Фактор", "Раз в, мес."))
    assert going(works) == [("4.4", 6, "МУК 1")]


def test_a_line_younger_than_its_change_is_a_fault_of_the_row(works: Works) -> None:
    noise(works, since=dt.date(2026, 3, 1))
    taken = uploaded(works, TABLE[:1])
    [fault] = [problem_text(taken, each) for each in problems(works.hr, taken)]
    assert "действует с 01.03.2026" in fault


def test_a_table_whose_lines_were_changed_since_stays(works: Works) -> None:
    taken = take(works, TABLE[:2])
    line = control_lines(works.hr, employer=works.row.pk).get(code="4.4")
    control_line_end(works.hr, line=line.uid, until=dt.date(2026, 5, 1))
    import_undo(works.hr, uid=taken.uid)
    run_pending()
    assert import_of(works.hr, taken.uid).state == State.COMMITTED
    assert going(works) == [("4.3.1", 12, "")]


def test_the_programme_leads_to_its_table(office: Client) -> None:
    assert (
        reverse("exchange:import_upload", args=["control_lines"])
        in office.get("/hazards/control/").content.decode()
    )


@pytest.mark.parametrize(
    ("said", "months"),
    [("12", 12), ("6 мес.", 6), ("1 раз в год", 12), ("раз в квартал", 3), ("2 раза в год", 6),
     ("1 раз в 2 года", 24), ("Ежемесячно", 1), ("не реже 1 раза в полугодие", 6), ("1 р/год", 12),
     ("раз в пять лет", 60), ("четыре раза в год", 3), ("ежеквартально", 3), ("1 раз в 6 месяцев", 6)],
)  # fmt: skip
def test_a_period_is_understood_in_words(said: str, months: int) -> None:
    assert period_of(said) == months


@pytest.mark.parametrize("said", ["", "часто", "7 раз в год", "раз в смену", "0 раз в год", "12 лет"])
def test_a_period_nobody_means_is_named(said: str) -> None:
    with pytest.raises(Unreadable, match="Периодичность"):
        period_of(said)


def test_another_system_keeps_the_programme(works: Works, office: Client) -> None:
    body = {"workplace": str(works.place.uid), "code": "4.4", "period_months": 12, "since": "2024-01-01"}
    made = office.post("/api/v1/hazards/control", body, content_type="application/json")
    assert made.status_code == 201, made.content
    first = made.json()
    twice = office.post("/api/v1/hazards/control", body, content_type="application/json")
    assert twice.status_code == 409
    assert "уже есть в программе" in twice.content.decode()
    version = {"code": "4.4", "period_months": 6, "since": "2026-02-01", "method": "ГОСТ Р ИСО 9612"}
    where = f"/api/v1/hazards/control/{first['uid']}"
    newer = office.post(f"{where}/versions", version, content_type="application/json")
    assert newer.status_code == 201, newer.content
    assert office.get(where).json()["until"] == "2026-02-01"
    late = office.post(f"{where}/versions", version, content_type="application/json")
    assert late.status_code == 409
    assert "уже действует только до 01.02.2026" in late.content.decode()
    [row] = office.get("/api/v1/hazards/control?code=4.4&overdue=true").json()["rows"]
    assert (row["uid"], row["period_months"], row["due_on"]) == (newer.json()["uid"], 6, "2026-08-01")
    ended = office.post(
        f"/api/v1/hazards/control/{row['uid']}/end", {"until": "2026-03-01"}, content_type="application/json"
    )
    assert ended.status_code == 204
    assert office.get("/api/v1/hazards/control").json() == {"rows": [], "next": ""}


def test_a_long_programme_comes_in_pages(works: Works, office: Client) -> None:
    for code in ("4.4", "4.3.1", "4.3.2"):
        control_line_set(works.hr, line=ControlLineIn(works.place.pk, code, 12), since=BEGUN)
    first = office.get("/api/v1/hazards/control?size=2").json()
    assert len(first["rows"]) == 2
    rest = office.get("/api/v1/hazards/control", {"size": 2, "after": first["next"]}).json()
    assert len(rest["rows"]) == 1
    assert not rest["next"]
