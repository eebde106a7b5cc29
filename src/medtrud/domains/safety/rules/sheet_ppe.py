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
CATALOGUE = (
    Column(
        "title", "Наименование",
        ("СИЗ", "Наименование СИЗ", "Средство защиты", "Номенклатура",
         "Наименование средства индивидуальной защиты"),
        required=True, example="Наушники противошумные",
    ),
    Column("unit", "Единица", ("Ед. изм.", "Единица измерения", "Ед."), hint="пусто - шт.", example="пара"),
    Column("point", "Пункт норм", ("Пункт типовых норм", "Пункт ЕТН")),
    Column("protection", "Класс защиты", ("Защитные свойства", "Марка защиты")),
    Column("codes", "Факторы", ("Код фактора", "Вредный фактор", "От чего защищает"), example="4.4"),
    Column("reduction", "Снижение уровня", ("Эффективность", "Снижение, дБ"),
           hint="дБ для шума, разы для прочего"),
    Column("price", "Цена, руб.", ("Цена", "Стоимость", "Цена за единицу"), example="1250"),
    Column("certificate", "Сертификат",
           ("Номер сертификата", "№ сертификата", "Декларация", "Сертификат соответствия")),
    Column("issuer", "Кем выдан", ("Орган по сертификации",)),
    Column("since", "Сертификат с", ("Дата выдачи сертификата", "Действует с")),
    Column("until", "Сертификат до",
           ("Срок действия сертификата", "Действует до", "Сертификат действует до")),
)  # fmt: skip
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
NUTRITION = (
    Column("personnel", "Табельный номер", ("Таб. №", "Таб. номер", "Табельный №"), example="1024"),
    Column("worker", "Работник", ("ФИО", "Фамилия, имя, отчество", "Кому выдаётся")),
    Column("birth", "Дата рождения", ("Д.р.", "Родился")),
    Column(
        "kind", "Что выдаётся", ("Вид", "Продукт", "Молоко или ЛПП", "Вид выдачи"), required=True,
        hint="молоко, кисломолочные, творог, сыр, деньги или номер рациона", example="молоко",
    ),
    Column("since", "С", ("Дата начала", "Назначено с", "Действует с"), required=True, example="01.02.2026"),
    Column("basis", "Основание", ("Документ", "Приказ", "Пункт")),
    Column("request", "Заявление", ("Заявление на деньги", "Дата и номер заявления")),
)  # fmt: skip
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


def reduction(cells: Mapping[str, Cell]) -> float | None:
    """Return by how much the equipment lowers a level; nothing is known without it."""
    said = sheet.number(cells, "reduction").casefold().removesuffix("дб").strip()
    if not said:
        return None
    found = NUMBER.match(said.replace(".", ","))
    if not found or not float(found[1].replace(",", ".")):
        raise Unreadable(f"Снижение уровня «{said}» не узнано. Запишите число больше нуля.")
    return float(found[1].replace(",", "."))


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
