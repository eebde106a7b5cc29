"""The columns of norms and of issues of protective equipment, and what their cells mean."""

import re
from collections.abc import Mapping
from decimal import Decimal

from medtrud.engines.exchange.types import Cell, Column, Unreadable

from . import sheet

ITEM = Column(
    "item",
    "СИЗ",
    ("Наименование СИЗ", "Средство защиты", "Наименование средства индивидуальной защиты", "Вид СИЗ"),
    required=True,
    example="Наушники противошумные",
)
QUANTITY = Column("quantity", "Количество", ("Кол-во", "Норма", "Норма выдачи"), required=True, example="1")
NORMS = (
    Column(
        "workplace",
        "Рабочее место",
        ("Номер рабочего места", "№ РМ", "Рабочее место №", "Должность", "Профессия"),
        required=True,
        example="12",
    ),
    ITEM,
    QUANTITY,
    Column(
        "months",
        "Срок носки, месяцев",
        ("Срок носки", "Срок", "Срок эксплуатации", "Периодичность"),
        hint="число месяцев, «1 год» или «до износа»; пусто - до износа",
        example="12",
    ),
    Column("basis", "Основание", ("Пункт норм", "Документ", "Основание нормы"), required=True),
    Column("since", "Действует с", ("С", "Дата начала"), hint="пусто - день загрузки"),
)
ISSUES = (
    Column("personnel", "Табельный номер", ("Таб. №", "Таб. номер", "Табельный №"), example="1024"),
    Column("worker", "Работник", ("ФИО", "Фамилия, имя, отчество", "Кому выдано", "Получил")),
    Column("birth", "Дата рождения", ("Д.р.", "Родился", "Год рождения")),
    ITEM,
    QUANTITY,
    Column("on", "Дата выдачи", ("Дата", "Выдано", "Когда выдано"), required=True),
    Column("model", "Модель", ("Марка", "Артикул", "Модель, марка, артикул")),
    Column("size", "Размер", ("Рост, размер", "Размер СИЗ")),
)
NUMBER = re.compile(r"^(\d{1,7}(?:[.,]\d{1,2})?)\s*(?:шт|пар|компл|л|кг|м)?[а-я]*\.?$")
MONTHS = re.compile(r"^(\d{1,3})\s*(мес|год|лет|г)?[а-я]*\.?$")
YEAR, LONGEST = 12, 600


def quantity(cells: Mapping[str, Cell]) -> Decimal:
    """Return how much; «2 пары» is 2."""
    said = sheet.number(cells, "quantity")
    found = NUMBER.match(said.casefold())
    if not found or not Decimal(found[1].replace(",", ".")):
        raise Unreadable(f"Количество «{said}» не узнано. Запишите число больше нуля.")
    return Decimal(found[1].replace(",", "."))


def months(cells: Mapping[str, Cell]) -> int | None:
    """Return for how many months; until worn out is None."""
    said = sheet.number(cells, "months").casefold()
    if not said or "износ" in said or "дежурн" in said:
        return None
    found = MONTHS.match(said)
    count = int(found[1]) * (YEAR if found[2] in {"год", "лет", "г"} else 1) if found else 0
    if not 0 < count <= LONGEST:
        raise Unreadable(f"Срок «{said}» не узнан. Запишите число месяцев или «до износа».")
    return count
