"""The columns of a table of measurements and how laboratories call them."""

import datetime as dt

from medtrud.engines.exchange.types import Column
from medtrud.kernel.text import sort_key

from ..types import FactorRow, annex_since, code_clean, factor_parse

PROTOCOL_COLUMNS = (
    Column(
        "number",
        "Номер протокола",
        ("Протокол", "№ протокола", "Протокол №", "Номер и дата протокола"),
        required=True,
        example="ПК-12/1",
    ),
    Column(
        "measured_on",
        "Дата измерений",
        ("Дата", "Дата проведения измерений", "Измерено", "Дата замера", "Дата замеров"),
        required=True,
        example="15.03.2026",
    ),
    Column(
        "laboratory",
        "Лаборатория",
        ("Испытательная лаборатория", "ИЛ", "Организация, проводившая измерения", "Испытательный центр"),
        example="ООО «Лаборатория»",
    ),
    Column(
        "workplace",
        "Рабочее место №",
        (
            "Номер рабочего места",
            "№ РМ",
            "№ рабочего места",
            "Индивидуальный номер",
            "Номер РМ",
            "Рабочее место",
        ),
        required=True,
        example="12",
        hint="номер или название, как в списке рабочих мест",
    ),
    Column(
        "code",
        "Код фактора",
        ("Фактор", "Пункт приказа", "Код по 29н", "Наименование фактора", "Показатель", "Измеряемый фактор"),
        required=True,
        example="4.4",
        hint="код приказа № 29н или название: шум, локальная вибрация, общая вибрация",
    ),
    Column("substance", "Вещество", ("Наименование вещества", "Определяемое вещество"), example="марганец"),
    Column("point", "Точка или операция", ("Точка измерения", "Операция", "Место измерения")),
    Column(
        "value",
        "Значение",
        (
            "Результат",
            "Результат измерения",
            "Уровень",
            "Фактическое значение",
            "Измеренное значение",
            "Факт",
        ),
        required=True,
        example="84,5",
    ),
    Column(
        "unit",
        "Единица",
        ("Ед. изм.", "Единица измерения", "Ед.изм", "Единицы"),
        required=True,
        example="дБА",
    ),
    Column("norm_max", "Норма", ("ПДУ", "ПДК", "Допустимый уровень", "Норматив", "ПДУ/ПДК"), example="80"),
    Column("uncertainty", "Неопределённость", ("Погрешность", "±", "Неопределенность U"), example="1,6"),
    Column("hours", "Часов за смену", ("Длительность", "Время воздействия, ч", "Часов"), example="6"),
    Column("category", "Категория работ", ("Категория тяжести", "Категория"), example="IIа"),
    Column("shifts", "Смен в году", ("Число смен", "N"), example="248"),
    Column("instrument", "Средство измерений", ("Прибор", "СИ", "Наименование СИ"), example="Экофизика-110А"),
    Column("serial", "Заводской номер", ("Зав. №", "Заводской № СИ", "Зав. номер"), example="АВ-120345"),
    Column(
        "verified_until",
        "Поверка действует по",
        ("Срок поверки", "Поверка до", "Действует до", "Дата окончания поверки"),
        example="01.09.2026",
    ),
)
NAMES = {
    "шум": "4.4",
    "эквивалентный уровень шума": "4.4",
    "вибрация локальная": "4.3.1",
    "локальная вибрация": "4.3.1",
    "вибрация общая": "4.3.2",
    "общая вибрация": "4.3.2",
}


def factor_said(text: str, day: dt.date) -> FactorRow:
    """Return the factor a cell means: a code of the list in force on a day, or a common name."""
    return factor_parse(NAMES.get(sort_key(text), code_clean(text)), annex_since(day))
