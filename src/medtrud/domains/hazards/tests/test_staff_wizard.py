"""The same list through the screens and through the API."""

import io
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from python_calamine import CalamineWorkbook

from medtrud.engines.background.public import run_pending
from medtrud.kernel.actor import Actor
from medtrud.registries.organizations.public import Organization, employments

from .conftest import HEAD, man, sheet

BASE = "/api/v1/exchange"
ROWS = [man(0), man(1), man(2, СНИЛС="112-233-445 96"), man(3, Пол="ж")]


def upload(office: Client, content: bytes, name: str = "штат.xlsx") -> Any:
    file = SimpleUploadedFile(name, content)
    data = {"file": file, "option_on": "01.03.2026", "option_missing": "report"}
    answer = office.post("/exchange/new/staff/", data, follow=True)
    run_pending()
    run_pending()
    return answer


def page(office: Client, address: str) -> str:
    answer = office.get(address)
    assert answer.status_code == 200, answer
    return re.sub(r"\s+", " ", answer.content.decode())


def test_the_whole_job_is_done_on_the_screens(office: Client, plant: Organization, engineer: Actor) -> None:
    assert "Скачать образец" in page(office, "/exchange/new/staff/")
    address = upload(office, sheet(ROWS)).redirect_chain[-1][0]
    text = page(office, address)
    assert "не сходится контрольное число" in text
    assert "не согласуется с отчеством" in text
    assert "Загрузить строки без ошибок" in text
    assert "Вредные факторы → Вредные факторы" in text
    warnings = page(office, f"{address}?tab=warnings")
    assert "контрольное число" not in warnings
    office.post(f"{address}commit/")
    assert "Выполняется" in page(office, address) or "Ждёт очереди" in page(office, address)
    run_pending()
    assert office.get(f"{address}progress/").headers["HX-Redirect"] == address
    assert "Загружено" in page(office, address)
    assert employments(engineer).count() == 3
    office.post(f"{address}undo/")
    run_pending()
    assert "Загрузка отменена" in page(office, address)
    assert employments(engineer).count() == 0
    assert "штат.xlsx" in page(office, "/exchange/")


def test_unknown_columns_are_chosen_on_the_screen(office: Client, plant: Organization) -> None:
    odd = ["Кто", "Когда", "Пол", "СНИЛС", "Где", "Кем", "С какого", "Что", "Насколько"]
    address = upload(office, sheet(ROWS, odd)).redirect_chain[-1][0]
    answer = office.get(address, follow=True)
    assert answer.redirect_chain[-1][0] == f"{address}columns/"
    text = answer.content.decode()
    assert "Не узнаны обязательные столбцы" in text
    assert "Участок 2" in text
    codes = [
        "full_name",
        "birth_date",
        "sex",
        "snils",
        "division",
        "post",
        "hired_on",
        "factors",
        "sout_class",
    ]
    columns = {f"column_{position}": code for position, code in enumerate(codes)}
    settings = {"header_row": "1", "option_on": "01.03.2026", "option_missing": "report"}
    assert office.post(f"{address}columns/", {**columns, **settings}).status_code == 302
    run_pending()
    assert "Загрузить строки без ошибок" in page(office, address)
    again = upload(office, sheet([man(7)], odd)).redirect_chain[-1][0]
    assert "Загрузить строки без ошибок" in page(office, again)


def test_two_columns_for_one_thing_come_back_as_an_error_of_the_form(
    office: Client, plant: Organization
) -> None:
    address = upload(office, sheet(ROWS)).redirect_chain[-1][0]
    answer = office.post(f"{address}columns/", {"column_0": "full_name", "column_1": "full_name"})
    assert answer.status_code == 422
    assert "выбрано для двух столбцов" in answer.content.decode()


def test_bad_rows_are_downloaded_corrected_and_uploaded_alone(office: Client, plant: Organization) -> None:
    address = upload(office, sheet(ROWS)).redirect_chain[-1][0]
    answer = office.get(f"{address}bad.xlsx")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert rows[0] == [*HEAD, "Причина"]
    assert [row[0] for row in rows[1:]] == [ROWS[2][0]]
    assert "контрольное число" in str(rows[1][-1])
    rows[1][3] = man(2)[3]
    corrected = sheet([rows[1]], [str(cell) for cell in rows[0]])
    text = page(office, upload(office, corrected, "исправлено.xlsx").redirect_chain[-1][0])
    assert "Не загружаются столбцы: «Причина»" in text
    assert "контрольное число" not in text.split("Не загружаются")[0]


def test_the_empty_form_is_recognised_when_it_comes_back_filled(office: Client, plant: Organization) -> None:
    form = office.get("/exchange/new/staff/form.xlsx").content
    assert "Новых" in page(office, upload(office, form).redirect_chain[-1][0])


def test_the_same_committed_file_says_that_nothing_changes(office: Client, plant: Organization) -> None:
    content = sheet([man(0)])
    address = upload(office, content).redirect_chain[-1][0]
    office.post(f"{address}commit/")
    run_pending()
    again = upload(office, content)
    assert again.redirect_chain[-1][0] == address
    assert "изменений нет" in again.content.decode()


@pytest.mark.parametrize(
    ("content", "says"), [(b"%PDF-1.7", "документ PDF"), (sheet([], []), "нет ни одной заполненной строки")]
)
def test_a_file_that_is_no_list_is_refused_on_the_screen(
    office: Client, plant: Organization, content: bytes, says: str
) -> None:
    assert says in page(office, upload(office, content).redirect_chain[-1][0])


def test_the_whole_job_is_done_through_the_api(office: Client, plant: Organization, engineer: Actor) -> None:
    [target] = [t for t in office.get(f"{BASE}/targets").json() if t["code"] == "staff"]
    assert {"full_name", "factors"} <= {column["code"] for column in target["columns"]}
    file = SimpleUploadedFile("штат.xlsx", sheet(ROWS))
    row = office.post(f"{BASE}/imports", {"file": file, "target": "staff", "options": "on=2026-03-01"}).json()
    assert row["state"] == "checking"
    run_pending()
    address = f"{BASE}/imports/{row['uid']}"
    row = office.get(address).json()
    assert (row["state"], row["counts"]["new"], row["counts"]["bad"]) == ("checked", 3, 1)
    assert [column["column"] for column in row["columns"]][:2] == ["full_name", "birth_date"]
    problems = office.get(f"{address}/problems?level=error").json()["rows"]
    assert [(p["row"], p["column"]) for p in problems] == [(4, "snils")]
    columns = {str(c["position"]): c["column"] for c in row["columns"] if c["column"] != "snils"}
    office.post(
        f"{address}/check", {"columns": columns, "options": row["options"]}, content_type="application/json"
    )
    run_pending()
    assert office.get(address).json()["counts"]["bad"] == 0
    assert office.get(f"{address}/bad.xlsx").status_code == 404
    assert office.post(f"{address}/commit").json()["state"] == "committing"
    run_pending()
    assert (office.get(address).json()["state"], employments(engineer).count()) == ("committed", 4)
    assert office.post(f"{address}/commit").status_code == 409
    office.post(f"{address}/undo")
    run_pending()
    assert (office.get(address).json()["state"], employments(engineer).count()) == ("undone", 0)


def test_wrong_requests_are_answered_in_russian(office: Client, plant: Organization) -> None:
    file = SimpleUploadedFile("штат.xlsx", b"x")
    answer = office.post(f"{BASE}/imports", {"file": file, "target": "nothing"})
    assert (answer.status_code, "Такой загрузки нет" in answer.json()["detail"]) == (404, True)
    unknown = "00000000-0000-4000-8000-000000000000"
    assert office.get(f"{BASE}/imports/{unknown}").status_code == 404
    file = SimpleUploadedFile("штат.xlsx", b"x")
    data = {"file": file, "target": "staff", "options": "on=2026-02-31"}
    answer = office.post(f"{BASE}/imports", data)
    assert (answer.status_code, "не существует" in answer.json()["detail"]) == (409, True)


def test_a_worker_and_a_stranger_find_no_imports(client: Client, office: Client, plant: Organization) -> None:
    address = upload(office, sheet(ROWS)).redirect_chain[-1][0]
    assert client.get(address).status_code == 302
    assert client.get(f"{BASE}/imports").status_code == 401
