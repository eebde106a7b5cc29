"""The columns of a plan of measures and of a register of incidents, and what their cells mean."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from medtrud.engines.exchange.types import Cell, Column, Place, Unreadable, date_of, plain, whole

WHO = (
    Column(
        "worker",
        "Работник",
        ("ФИО", "Фамилия, имя, отчество", "Ответственный", "Пострадавший", "Исполнитель"),
    ),
    Column("personnel", "Табельный номер", ("Таб. №", "Таб. номер", "Табельный №")),
)
WHERE = (
    Column("division", "Подразделение", ("Цех", "Участок", "Отдел", "Структурное подразделение")),
    Column("workplace", "Рабочее место №", ("Номер рабочего места", "№ РМ", "Рабочее место")),
)
MEASURES = (
    Column(
        "title",
        "Мероприятие",
        ("Наименование мероприятия", "Содержание мероприятия", "Что сделать", "Содержание работ"),
        required=True,
        example="Установить кожух на пилу",
    ),
    Column(
        "control",
        "Уровень иерархии мер",
        ("Уровень", "Вид меры", "Тип меры", "Вид мероприятия"),
        hint="устранение, замена, технические, административные, СИЗ; пусто - административные",
        example="технические",
    ),
    Column("due", "Срок", ("Срок выполнения", "Дата выполнения план", "Срок исполнения"), required=True),
    *WHERE,
    *WHO,
    Column("factor", "Вредный фактор", ("Фактор", "Код фактора"), example="4.4"),
    Column(
        "cost", "Затраты", ("Стоимость", "Сумма", "Затраты, руб.", "Планируемые затраты"), example="120000"
    ),
    Column("basis", "Основание", ("Документ", "Карта СОУТ")),
)
INCIDENTS = (
    Column("on", "Дата", ("Дата происшествия", "Дата получения микротравмы", "Когда"), required=True),
    Column("time", "Время", ("Время происшествия",), example="09:40"),
    Column(
        "kind",
        "Вид",
        ("Вид происшествия", "Категория"),
        hint="микротравма, опасная ситуация, несчастный случай, инцидент; пусто - микротравма",
    ),
    *WHO,
    *WHERE,
    Column(
        "circumstances",
        "Обстоятельства",
        ("Описание", "Что произошло", "Обстоятельства получения микротравмы"),
        required=True,
    ),
    Column("injury", "Характер повреждения", ("Характер микротравмы", "Повреждение", "Вид травмы")),
    Column("severity", "Тяжесть", ("Степень тяжести",)),
    Column("place", "Место", ("Место происшествия",)),
)
CONTROLS = (
    ("устран", "elimination"),
    ("замен", "substitution"),
    ("техн", "engineering"),
    ("инженер", "engineering"),
    ("админ", "administrative"),
    ("организ", "administrative"),
    ("сиз", "ppe"),
    ("средства инд", "ppe"),
)
KINDS = (
    ("микро", "micro_injury"),
    ("опасн", "near_miss"),
    ("почти", "near_miss"),
    ("несчаст", "injury"),
    ("травм", "injury"),
    ("нс", "injury"),
    ("инцид", "incident"),
    ("авар", "incident"),
)
SEVERITIES = (("лёг", "light"), ("лег", "light"), ("тяж", "severe"), ("смерт", "fatal"))


def cells_of(layout: Mapping[str, Sequence[Place]], row: Sequence[Cell]) -> dict[str, Cell]:
    """Return the cells of a row by the code of their column."""
    found: dict[str, Cell] = {}
    for code, places in layout.items():
        for place in places:
            if place.index < len(row) and row[place.index] != "":
                found[code] = row[place.index]
    return found


def text(cells: Mapping[str, Cell], code: str) -> str:
    """Return a cell as text."""
    return plain(cells.get(code, ""))


def number(cells: Mapping[str, Cell], code: str) -> str:
    """Return a code or a number as text."""
    return whole(cells.get(code, ""))


def day(cells: Mapping[str, Cell], code: str, title: str, on: dt.date) -> dt.date:
    """Return the day of a cell; a missing one is told by its title."""
    found = date_of(cells.get(code, ""), on)
    if found is None:
        raise Unreadable(f"Не указано: {title}. Заполните дату.")
    return found


def time(cells: Mapping[str, Cell], code: str) -> dt.time | None:
    """Return the time of a cell."""
    cell: Any = cells.get(code, "")
    if isinstance(cell, dt.time):
        return cell
    said = plain(cell)
    if not said:
        return None
    try:
        return dt.time.fromisoformat(said if len(said) > 4 else f"0{said}")  # noqa: PLR2004 - 9:40
    except ValueError:
        raise Unreadable(f"«{said}» - не время. Запишите его как 09:40.") from None


def kopecks(cells: Mapping[str, Cell], code: str) -> int | None:
    """Return money in kopecks."""
    said = number(cells, code).replace(" ", "").replace(",", ".").removesuffix("руб.").removesuffix("₽")
    if not said:
        return None
    try:
        return round(float(said) * 100)
    except ValueError:
        raise Unreadable(f"«{said}» - не сумма. Запишите число рублей.") from None


def meaning(said: str, words: Sequence[tuple[str, str]], default: str, title: str) -> str:
    """Return what a word means; an empty cell means the default."""
    bare = said.strip().casefold()
    if not bare:
        return default
    found = next((code for word, code in words if word in bare), "")
    if not found:
        raise Unreadable(f"{title} «{said}» не узнан. Выберите слово из подсказки столбца.")
    return found
