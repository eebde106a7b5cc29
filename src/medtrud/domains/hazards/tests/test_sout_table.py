"""Cards from a spreadsheet with anybody's column names, and from other systems."""

import datetime as dt
import io
import json
from typing import Any

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from medtrud.domains.hazards.public import sout_cards
from medtrud.domains.hazards.queries import lines_of_card
from medtrud.engines.background.public import run_pending
from medtrud.engines.exchange.public import (
    Import,
    import_check,
    import_commit,
    import_of,
    import_undo,
    import_upload,
)
from medtrud.kernel.actor import Actor

from .conftest import engineer, office, plant, said, sheet
from .sout_xml import assessed, report

__all__ = ["engineer", "office", "plant"]
API = "/api/v1/hazards"
HEAD = ["№ РМ", "Цех", "Профессия", "Кол-во работающих", "Шум", "Тяжесть", "Шум, дБА", "КУТ", "Молоко"]
ROWS: list[list[Any]] = [
    ["1", "Цех 1 / Участок 2", "Токарь", 3, "3.1", "2", "83,4", "3.1", "нет"],
    ["2А", "Цех 1", "Кузнец", 2, "3.1", "", 88.4, "3.1", "да"],
]


def load(engineer: Actor, head: list[str], rows: list[list[Any]], **options: str) -> Import:
    stream = io.BytesIO(sheet(rows, head))
    row = import_upload(
        engineer, target="sout_cards", stream=stream, name="карты.xlsx", options=options, again=True
    )
    run_pending()
    return import_of(engineer, row.uid)


def test_a_table_of_cards_is_taken_in_checked_and_undone(engineer: Actor) -> None:
    row = load(engineer, HEAD, ROWS, approved_on="2025-11-20")
    assert (row.state, row.counts["new"], row.counts["bad"]) == ("checked", 2, 0), said(engineer, row)
    assert said(engineer, row) == [
        "3: шум: в отчёте 3.1, по измерениям 3.2; итог: в отчёте 3.1, по измерениям 3.2."
    ]
    import_commit(engineer, uid=row.uid)
    run_pending()
    card = sout_cards(engineer).get(number="2А")
    assert (card.stated, card.differs, card.guarantees["Milk"]["ActualAvailability"]) == ("3.1", True, "1")
    first = sout_cards(engineer).get(number="1")
    assert [line.factor for line in lines_of_card(engineer, first)] == ["noise", "heaviness"]
    again = load(engineer, HEAD, ROWS, approved_on="2025-11-20")
    assert again.counts["unchanged"] == 2
    import_undo(engineer, uid=row.uid)
    run_pending()
    assert not sout_cards(engineer).exists()


def test_unknown_column_names_are_shown_by_the_person(engineer: Actor) -> None:
    head = ["Код места", "Кем работает", "Где", "Вывод комиссии", "Когда утвердили"]
    row = load(engineer, head, [["7", "Маляр", "Окраска", "3,2", "20.11.2025"]])
    assert row.state == "mapping"
    codes = ["number", "position", "division", "stated", "approved_on"]
    import_check(engineer, uid=row.uid, columns=dict(enumerate(codes)))
    run_pending()
    row = import_of(engineer, row.uid)
    assert (row.state, row.counts["new"]) == ("checked", 1), said(engineer, row)
    import_commit(engineer, uid=row.uid)
    run_pending()
    card = sout_cards(engineer).get()
    assert (card.stated, card.since, card.unit) == ("3.2", dt.date(2025, 11, 20), "Окраска")


def test_bad_rows_are_named_and_good_ones_kept(engineer: Actor) -> None:
    rows: list[list[Any]] = [
        ROWS[0],
        ROWS[0],
        ["", *ROWS[0][1:]],
        ["9", "Цех", "Токарь", "много", "9", "", "", "3.1", ""],
    ]
    row = load(engineer, HEAD, rows, approved_on="2025-11-20")
    told = " ".join(said(engineer, row))
    assert row.counts["new"] == 1
    assert "уже стоит в строке 2" in told
    assert "Номер рабочего места: пусто" in told
    assert "«много» — не число людей" in told
    assert "не существует" in told


def test_without_a_date_the_rows_wait_for_it(engineer: Actor) -> None:
    row = load(engineer, HEAD, ROWS)
    assert "Неизвестно, когда утверждён отчёт" in said(engineer, row)[0]


def ask(client: Client, method: str, url: str, status: int = 200, **facts: Any) -> Any:
    body = json.dumps(facts).encode() if facts else b""
    answer = client.generic(method, f"{API}{url}", body, content_type="application/json")
    assert answer.status_code == status, answer.content.decode()
    return answer.json()


def test_another_system_writes_and_reads_a_card(office: Client) -> None:
    card = {
        "number": "5", "position": "Токарь", "unit": ["Цех", "Участок"], "stated": "3.1",
        "approved_on": "2026-02-01",
        "lines": [{"factor": "noise", "stated": "3.1",
                   "levels": [{"indicator": "noise_laeq", "value": 88.4, "unit": "дБА"}]}],
    }  # fmt: skip
    made = ask(office, "POST", "/cards", 201, **card)
    assert (made["derived"], made["differs"]) == ("3.2", True)
    assert "88,4" in made["lines"][0]["reasons"][0]["text"]
    assert ask(office, "GET", "/cards?differs=true&on=2026-03-01")[0]["uid"] == made["uid"]
    assert ask(office, "GET", f"/cards/{made['uid']}")["unit"] == "Цех / Участок"
    refused = ask(office, "POST", "/cards", 409, **card)
    assert "уже записана" in json.dumps(refused, ensure_ascii=False)
    negative = card | {
        "number": "6",
        "lines": [{"factor": "noise", "levels": [{"indicator": "noise_laeq", "value": -1}]}],
    }
    assert "меньше нуля" in json.dumps(ask(office, "POST", "/cards", 409, **negative), ensure_ascii=False)
    shaken = {"indicator": "vib_z", "value": 0.7, "unit": "м/с²"}
    metres = card | {"number": "6", "lines": [{"factor": "vibration_whole", "levels": [shaken]}]}
    told = json.dumps(ask(office, "POST", "/cards", 409, **metres), ensure_ascii=False)
    assert "единица «м/с²», а сравнивают в «дБ»" in told
    strange = card | {"number": "6", "lines": [{"factor": "colour", "levels": []}]}
    assert "фактора «colour» нет" in json.dumps(
        ask(office, "POST", "/cards", 409, **strange), ensure_ascii=False
    )
    unknown = card | {"number": "6", "lines": [{"factor": "gravity"}]}
    assert "нет" in json.dumps(ask(office, "POST", "/cards", 409, **unknown), ensure_ascii=False)


def test_another_system_sends_a_file(office: Client, engineer: Actor) -> None:
    file = SimpleUploadedFile("a.xml", report(assessed("2")).encode())
    answer = office.post(f"{API}/sout-imports", {"file": file, "whole": "false"})
    assert answer.status_code == 202, answer.content.decode()
    uid = answer.json()["uid"]
    run_pending()
    assert ask(office, "GET", f"/sout-imports/{uid}")["counts"]["new"] == 1
    ask(office, "POST", f"/sout-imports/{uid}/take", 202)
    run_pending()
    assert ask(office, "GET", f"/sout-imports/{uid}")["state"] == "committed"
    assert sout_cards(engineer).count() == 1
    ask(office, "POST", f"/sout-imports/{uid}/undo")
    assert not sout_cards(engineer).exists()


def nasty() -> bytes:
    """A summary sheet as they come: merged heads, another order, units, words beside classes, totals."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        page = book.add_worksheet("Сводная")
        page.merge_range(0, 0, 0, 9, "Сводная ведомость результатов проведения специальной оценки")
        page.merge_range(1, 3, 1, 6, "Классы (подклассы) условий труда")
        for column, text in enumerate(
            ("Итоговый класс (подкласс)", "Профессия/должность/специальность работника",
             "Индивидуальный номер рабочего места")
        ):  # fmt: skip
            page.write(1, column, text)
        for column, text in enumerate(
            ("Шум, дБА", "Шум (класс)", "Тяжесть трудового процесса, класс", "Химический фактор",
             "Молоко (да/нет)", "Численность, чел.", "Наименование структурного подразделения"), 3
        ):  # fmt: skip
            page.write(2, column, text)
        rows: tuple[tuple[Any, ...], ...] = (
            ("3.1 (вредный)", "Токарь", "12", "83,4", "З.1", "2", "-", "нет", "3", "Цех 1"),
            ("3,2", "Кузнец", "12А", "88,4 дБА", "3.2", "3,1 (вредный)", "2", "нет", "2 чел.", "Цех 1"),
            ("вредный 3.1 / 3.2", "Маляр", "14", "", "", "", "З.2", "да", "1", "Цех 2"),
            ("2", "Сварщик", "15", "-5", "2", "", "", "", 1, "Цех 1"),
            ("2", "Резчик", "16", "4,2 м/с²", "2", "", "", "", 1, "Цех 1"),
            ("3.1", "Сварщик", 12, "", "3.1", "", "", "", 1, "Цех 1"),
            ("Итого:", "", "", "", "", "", "", "", 9, ""),
        )
        for number, row in enumerate(rows, 3):
            for column, cell in enumerate(row):
                page.write(number, column, cell)
    return stream.getvalue()


def test_a_nasty_sheet_is_read_and_its_faults_named(engineer: Actor) -> None:
    row = import_upload(
        engineer, target="sout_cards", stream=io.BytesIO(nasty()), name="сводная.xlsx",
        options={"approved_on": "2025-11-20"}, again=True,
    )  # fmt: skip
    run_pending()
    row = import_of(engineer, row.uid)
    assert row.state == "mapping"
    import_check(engineer, uid=row.uid, columns={int(place): code for place, code in row.columns.items()})
    run_pending()
    row = import_of(engineer, row.uid)
    assert (row.state, row.counts["new"], row.counts["bad"]) == ("checked", 2, 4), said(engineer, row)
    assert said(engineer, row) == [
        "6: Класс условий труда «вредный 3.1 / 3.2» не существует. Укажите 1, 2, 3.1, 3.2, 3.3, 3.4 или 4.",
        "7: «-5» меньше нуля, так не бывает. Проверьте уровень и знак.",
        "8: «4,2 м/с²»: шум сравнивают в дБА, а единица «м/с²». Впишите уровень в дБА.",
        "9: Рабочее место № 12 уже стоит в строке 4. Оставьте одну строку.",
    ]
    import_commit(engineer, uid=row.uid)
    run_pending()
    cards = {card.number: card for card in sout_cards(engineer)}
    assert {number: (card.stated, card.workers) for number, card in cards.items()} == {
        "12": ("3.1", 3), "12А": ("3.2", 2),
    }  # fmt: skip
    noise = {line.factor: line for line in lines_of_card(engineer, cards["12А"])}["noise"]
    assert (noise.stated, noise.derived, noise.levels[0]["value"]) == ("3.2", "3.2", "88.4")
