"""Lists of HR by the wizard: foreign columns, words and letters; faults are named by row."""

import datetime as dt
import io
from collections.abc import Sequence

import pytest
import xlsxwriter

from medtrud.domains.absences.public import absences, medical_of
from medtrud.domains.absences.rules.sheet import why
from medtrud.engines.background.public import run_pending
from medtrud.engines.exchange.public import (
    Import,
    import_commit,
    import_of,
    import_undo,
    import_upload,
    problem_text,
    problems,
)
from medtrud.engines.exchange.types import State, Unreadable
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused

from .conftest import Plant

HEAD = ("Сотрудник", "Таб. №", "Вид отсутствия", "Начало", "Окончание", "№ ЭЛН", "Вид листка")


def book(rows: Sequence[Sequence[object]], head: Sequence[str] = HEAD) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as made:
        page = made.add_worksheet("Отсутствия")
        for number, row in enumerate([head, *rows]):
            for column, cell in enumerate(row):
                page.write(number, column, cell)
    return stream.getvalue()


def take(actor: Actor, content: bytes, target: str = "absences") -> Import:
    stream = io.BytesIO(content)
    row = import_upload(actor, target=target, stream=stream, name="табель.xlsx", again=True)
    run_pending()
    assert import_of(actor, row.uid).state == State.CHECKED, import_of(actor, row.uid).state
    import_commit(actor, uid=row.uid)
    run_pending()
    return import_of(actor, row.uid)


def said(actor: Actor, row: Import) -> dict[int, str]:
    return {p.number: problem_text(row, p) for p in problems(actor, row)}


def test_a_list_with_foreign_columns_is_taken_and_its_faults_are_named_by_row(plant: Plant) -> None:
    for _ in range(3):
        plant.hire()
    rows = [
        ("Иванвааб Пётр", "", "Б", "02.03.2026", "06.03.2026", "910000000001", "первичный"),
        ("Ивановааб Пётр", "", "Б", "02.03.2026", "06.03.2026", "910000000001", "первичный"),
        ("Ивановааб П.", "", "болезнь", "07.03.2026", "10.03.2026", "910000000002", "продолжение"),
        ("Ивановаав Пётр", "", "ОТ", "01.06.2026", "14.06.2026", "", ""),
        ("Ивановаав Пётр", "", "травма", "10.06.2026", "12.06.2026", "910000000003", ""),
        ("Ивановааг Пётр", "", "загул", "10.06.2026", "12.06.2026", "", ""),
        ("Ивановааг Пётр", "", "командировка", "12.06.2026", "10.06.2026", "", ""),
    ]
    row = take(plant.hr, book(rows))
    faults = said(plant.hr, row)
    assert sorted(faults) == [2, 6, 7, 8]
    assert "«Иванвааб Пётр» не найден в штате" in faults[2]
    assert "пересекаются с 01.06.2026 по 14.06.2026 (отпуск)" in faults[6]
    assert "«загул» не узнана" in faults[7]
    assert "раньше первого" in faults[8]
    kept = [(r.since, r.until, r.kind, r.primary) for r in absences(plant.hr)]
    assert kept == [
        (dt.date(2026, 6, 1), dt.date(2026, 6, 15), "vacation", True),
        (dt.date(2026, 3, 7), dt.date(2026, 3, 11), "illness", False),
        (dt.date(2026, 3, 2), dt.date(2026, 3, 7), "illness", True),
    ]


def test_the_same_list_changes_nothing_and_an_undone_one_leaves_nothing(plant: Plant) -> None:
    plant.hire()
    content = book([("Ивановааб Пётр", "", "01", "02.03.2026", "06.03.2026", "910000000001", "")])
    row = take(plant.hr, content)
    with pytest.raises(Refused, match="записывать нечего"):
        take(plant.hr, content)
    import_undo(plant.hr, uid=row.uid)
    run_pending()
    assert list(absences(plant.hr)) == []


def test_a_clinic_brings_diagnoses_in_and_the_employer_never_reads_them(plant: Plant) -> None:
    man = plant.hire()
    doctor = plant.clinic(man)
    head = ("ФИО", "Код причины", "Дата начала", "Дата окончания", "Номер ЭЛН", "Код МКБ")
    content = book([("Ивановааб Пётр", "1", "02.03.2026", "06.03.2026", "910000000001", "J06.9")], head)
    take(doctor, content, "sick_leaves")
    [row] = absences(plant.hr)
    assert medical_of(doctor, [row.document])[row.document].diagnosis == "J06.9"
    assert medical_of(plant.hr, [row.document]) == {}


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("1", ("illness", "01")),
        ("04 - несчастный случай", ("injury", "04")),
        ("Больничный лист", ("", "01")),
        ("Отпуск по уходу за ребёнком до 3 лет", ("parental", "")),
        ("Отпуск по беременности и родам", ("", "05")),
        ("Ежегодный отпуск", ("vacation", "")),
        ("ОЖ", ("parental", "")),
        ("К", ("trip", "")),
        ("отпуск без сохранения зарплаты", ("unpaid", "")),
    ],
)
def test_words_letters_and_codes_say_why(text: str, meaning: tuple[str, str]) -> None:
    assert why(text) == meaning


def test_an_unknown_word_is_refused() -> None:
    with pytest.raises(Unreadable, match="не узнана"):
        why("хандра")
