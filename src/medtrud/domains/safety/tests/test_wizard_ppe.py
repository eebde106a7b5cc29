"""Norms and issues from foreign tables: faults named by row, the good rows written, undone."""

import datetime as dt
from decimal import Decimal

import pytest

from medtrud.domains.safety.public import ppe_due, ppe_issues
from medtrud.domains.safety.queries.nutrition import grants
from medtrud.domains.safety.queries.ppe import ppe_items, ppe_norms
from medtrud.domains.safety.types.words import with_unit
from medtrud.engines.background.public import run_pending
from medtrud.engines.exchange.public import import_undo, problem_text, problems
from medtrud.kernel.errors import Refused

from .conftest import DAY, Plant
from .test_nutrition import harmed
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


CATALOGUE = (
    ("Номенклатура", "Ед. изм.", "Код фактора", "Снижение, дБ", "Цена", "№ сертификата",
     "Дата выдачи сертификата", "Действует до"),
    ("Перчатки", "пара", "", "", "95,50", "С-1", "01.01.2026", "01.01.2028"),
    ("Вкладыши", "пара", "4.4", "20 дБ", "", "", "", ""),
    ("НАУШНИКИ", "", "", "", "", "С-9", "01.01.2026", "01.01.2028"),
    ("Каска", "", "", "5", "", "", "", ""),
    ("Щиток", "", "99.9", "", "", "", "", ""),
    ("Маска", "", "", "", "", "С-2", "01.01.2026", "01.01.2025"),
    ("Маска", "", "", "", "", "С-2", "", ""),
    ("", "", "", "", "", "", "", ""),
    ("Сапоги", "пара", "", "", "дорого", "", "", ""),
)  # fmt: skip


def test_a_catalogue_brings_equipment_and_certificates_once_and_goes_back(plant: Plant) -> None:
    earmuffs(plant)
    row = take(plant, "ppe_items", CATALOGUE)
    items = {one.title: one for one in ppe_items(plant.hr)}
    assert sorted(items) == ["Вкладыши", "Наушники", "Перчатки"]
    assert (items["Вкладыши"].codes, items["Вкладыши"].reduction) == (["4.4"], 20)
    assert items["Перчатки"].price_kopecks == 9550
    assert "С-9" in {paper.number for paper in items["Наушники"].certificates.all()}
    faults = {p.number: problem_text(row, p) for p in problems(plant.hr, row)}
    assert sorted(faults) == [5, 6, 7, 8, 10]
    assert "фактор нет" in faults[5]
    assert "99.9" in faults[6]
    assert "раньше, чем начинается" in faults[7]
    with pytest.raises(Refused, match="записывать нечего"):
        take(plant, "ppe_items", CATALOGUE)
    import_undo(plant.hr, uid=row.uid)
    run_pending()
    assert [one.title for one in ppe_items(plant.hr)] == ["Наушники"]


GRANTS = (
    ("ФИО", "Дата рождения", "Вид", "Назначено с", "Основание", "Заявление"),
    ("Громов Пётр", "01.05.1980", "молоко", "01.06.2026", "приказ № 5", ""),
    ("Громов Пётр", "01.05.1980", "нектар", "01.06.2026", "приказ № 5", ""),
    ("Громов Пётр", "01.05.1980", "деньги", "01.06.2026", "приказ № 5", ""),
    ("Нетаков Иван", "01.05.1980", "молоко", "01.06.2026", "приказ № 5", ""),
    ("Громов Пётр", "01.05.1980", "молоко", "", "приказ № 5", ""),
)


def test_grants_of_milk_are_checked_against_the_right_of_each_and_go_back(plant: Plant) -> None:
    harmed(plant)
    row = take(plant, "nutrition_grants", GRANTS)
    [made] = grants(plant.hr)
    assert (made.kind, made.basis, made.since) == ("milk", "приказ № 5", dt.date(2026, 6, 1))
    faults = {p.number: problem_text(row, p) for p in problems(plant.hr, row)}
    assert sorted(faults) == [3, 4, 5, 6]
    assert "«нектар», не узнано" in faults[3]
    assert "заявлению" in faults[4]
    with pytest.raises(Refused, match="записывать нечего"):
        take(plant, "nutrition_grants", GRANTS)
    import_undo(plant.hr, uid=row.uid)
    run_pending()
    assert grants(plant.hr).get().until == dt.date(2026, 6, 2)


def test_milk_without_a_right_is_a_fault_of_its_row(plant: Plant) -> None:
    at_work(plant)
    bare = (GRANTS[0], ("Громов Пётр", "01.05.1980", "молоко", "01.06.2026", "", ""))
    with pytest.raises(Refused, match="записывать нечего"):
        take(plant, "nutrition_grants", bare)
    assert not grants(plant.hr)


@pytest.mark.parametrize(
    ("quantity", "unit", "said"),
    [("1", "пара", "1 пара"), ("2", "пара", "2 пары"), ("5.00", "пара", "5 пар"), ("21", "пара", "21 пара"),
     ("11", "комплект", "11 комплектов"), ("0.5", "комплект", "0,5 комплекта"), ("3", "шт.", "3 шт.")],
)  # fmt: skip
def test_a_quantity_agrees_with_its_unit(quantity: str, unit: str, said: str) -> None:
    assert with_unit(Decimal(quantity), unit) == said.replace(" ", "\xa0")
