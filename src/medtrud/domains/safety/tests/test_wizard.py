"""Plans and registers from foreign tables: words are understood, faults named by row, nothing doubled."""

import datetime as dt
import io
from collections.abc import Sequence

import pytest
import xlsxwriter

from medtrud.domains.safety.public import incidents, measures
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
from medtrud.engines.exchange.types import State
from medtrud.kernel.errors import Refused

from .conftest import Plant


def book(rows: Sequence[Sequence[object]]) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as made:
        page = made.add_worksheet("Лист")
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    return stream.getvalue()


def take(plant: Plant, target: str, rows: Sequence[Sequence[object]]) -> Import:
    row = import_upload(plant.hr, target=target, stream=io.BytesIO(book(rows)), name="файл.xlsx", again=True)
    run_pending()
    row = import_of(plant.hr, row.uid)
    if row.state == State.MAPPING:
        import_check(plant.hr, uid=row.uid, columns={int(at): code for at, code in row.columns.items()})
        run_pending()
    import_commit(plant.hr, uid=row.uid)
    run_pending()
    return import_of(plant.hr, row.uid)


PLAN = (
    ("Наименование мероприятия", "Вид меры", "Срок выполнения", "Ответственный", "№ РМ", "Фактор", "Сумма"),
    ("Кожух на пилу", "технические", "01.12.2026", "Ивановааб Пётр", "12", "4.4", 120000),
    ("Убрать пилу", "колдовство", "01.12.2026", "", "", "", ""),
    ("Обучение", "", "01.11.2026", "Сидоров Сидор", "", "", ""),
    ("Наушники", "СИЗ", "01.11.2026", "", "77", "", ""),
    ("Наушники", "СИЗ", "01.11.2026", "", "", "9.99", ""),
)


def test_a_plan_is_taken_with_its_faults_named(plant: Plant) -> None:
    row = take(plant, "measures", PLAN)
    [made] = measures(plant.hr)
    assert (made.title, made.control, made.cost_kopecks) == ("Кожух на пилу", "engineering", 12000000)
    assert (made.person_id, made.workplace_id, made.factor) == (plant.engineer, plant.place.pk, "4.4")
    faults = {p.number: problem_text(row, p) for p in problems(plant.hr, row)}
    assert "«колдовство» не узнан" in faults[3]
    assert "не найден в штате" in faults[4]
    assert "Рабочее место «77» не найдено" in faults[5]
    assert "9.99" in faults[6]
    with pytest.raises(Refused, match="записывать нечего"):
        take(plant, "measures", PLAN)
    import_undo(plant.hr, uid=row.uid)
    run_pending()
    assert [each.state for each in measures(plant.hr)] == ["cancelled"]


def test_a_register_of_micro_injuries_is_numbered_in_order_and_can_be_annulled(plant: Plant) -> None:
    rows = (
        ("Дата", "Время", "ФИО", "Обстоятельства получения микротравмы", "Характер микротравмы"),
        ("20.05.2026", "9:40", "Ивановааб Пётр", "Порез о край", "порез"),
        ("10.05.2026", "", "Ивановааб Пётр", "Ушиб о дверь", "ушиб"),
        ("10.05.2026", "", "", "Ушиб", "ушиб"),
        ("10.05.2126", "", "Ивановааб Пётр", "Ушиб", ""),
    )
    row = take(plant, "incidents", rows)
    made = list(incidents(plant.hr).order_by("happened_on"))
    assert [each.number for each in made] == ["МТ-1/2026", "МТ-2/2026"]
    assert made[1].happened_time == dt.time(9, 40)
    faults = {p.number: problem_text(row, p) for p in problems(plant.hr, row)}
    assert sorted(faults) == [4, 5]
    import_undo(plant.hr, uid=row.uid)
    run_pending()
    assert {each.state for each in incidents(plant.hr)} == {"annulled"}
