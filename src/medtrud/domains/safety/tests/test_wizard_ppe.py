"""Norms and issues from foreign tables: faults named by row, the good rows written, undone."""

import pytest

from medtrud.domains.safety.public import ppe_due, ppe_issues
from medtrud.domains.safety.queries.ppe import ppe_norms
from medtrud.engines.background.public import run_pending
from medtrud.engines.exchange.public import import_undo, problem_text, problems
from medtrud.kernel.errors import Refused

from .conftest import DAY, Plant
from .test_ppe import at_work, earmuffs, issued
from .test_wizard import take

pytestmark = pytest.mark.django_db
NORMS = (
    ("Профессия", "Наименование СИЗ", "Норма выдачи", "Срок носки", "Пункт норм"),
    ("12", "наушники", "2 шт.", "2 года", "п. 9"),
    ("77", "Наушники", "1", "12", "п. 9"),
    ("12", "Шлем", "1", "12", "п. 9"),
    ("12", "Наушники", "много", "12", "п. 9"),
    ("12", "Наушники", "1", "вечно", "п. 9"),
    ("12", "Наушники", "1", "12", ""),
)
ISSUES = (
    ("Таб. №", "ФИО", "Дата рождения", "СИЗ", "Кол-во", "Дата выдачи", "Модель", "Размер"),
    ("", "Громов Пётр", "01.05.1980", "Наушники", "1", "20.05.2026", "М-1", "L"),
    ("", "Громов Пётр", "02.05.1980", "Наушники", "1", "20.05.2026", "", ""),
    ("999", "", "", "Наушники", "1", "20.05.2026", "", ""),
    ("", "Громов Пётр", "", "Наушники", "1", "20.05.2019", "", ""),
    ("", "Громов Пётр", "", "Наушники", "1", "20.05.2126", "", ""),
    ("", "", "", "Наушники", "1", "20.05.2026", "", ""),
)


def test_norms_replace_what_was_and_come_back_when_undone(plant: Plant) -> None:
    earmuffs(plant)
    row = take(plant, "ppe_norms", NORMS)
    going = ppe_norms(plant.hr).filter(until__isnull=True)
    assert [(int(one.quantity), one.months, one.basis) for one in going] == [(2, 24, "п. 9")]
    faults = {p.number: problem_text(row, p) for p in problems(plant.hr, row)}
    assert "«77» не найдено" in faults[3]
    assert "«Шлем» нет в каталоге" in faults[4]
    assert "«много» не узнано" in faults[5]
    assert "«вечно» не узнан" in faults[6]
    assert sorted(faults) == [3, 4, 5, 6, 7]
    with pytest.raises(Refused, match="записывать нечего"):
        take(plant, "ppe_norms", NORMS)
    import_undo(plant.hr, uid=row.uid)
    run_pending()
    assert [one.basis for one in going.all()] == ["Нормы завода, п. 3"]


def test_issues_are_written_once_and_annulled_when_undone(plant: Plant) -> None:
    job, item = at_work(plant), earmuffs(plant)
    row = take(plant, "ppe_issues", ISSUES)
    [made] = ppe_issues(plant.hr)
    assert (made.person_id, made.model, made.size, made.source_row) == (job.person_id, "М-1", "L", 2)
    faults = {p.number: problem_text(row, p) for p in problems(plant.hr, row)}
    assert "табельным номером 999" in faults[4]
    assert sorted(faults) == [3, 4, 5, 6, 7]
    with pytest.raises(Refused, match="записывать нечего"):
        take(plant, "ppe_issues", ISSUES)
    assert ppe_due(plant.hr, employer=plant.row.pk, on=DAY) == []
    import_undo(plant.hr, uid=row.uid)
    run_pending()
    assert len(ppe_due(plant.hr, employer=plant.row.pk, on=DAY)) == 1
    issued(plant, job, item)


def test_equipment_without_a_certificate_is_a_fault_of_its_row(plant: Plant) -> None:
    at_work(plant)
    earmuffs(plant, until=DAY)
    with pytest.raises(Refused, match="записывать нечего"):
        take(plant, "ppe_issues", ISSUES[:2])
    assert not ppe_issues(plant.hr)
