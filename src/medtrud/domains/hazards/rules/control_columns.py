"""The columns of a programme of production control and what their cells mean."""

import re

from medtrud.engines.exchange.types import Column, Unreadable

CONTROL_COLUMNS = (
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
            "Место проведения измерений",
            "Точка контроля",
            "Контрольная точка",
        ),
        required=True,
        example="12",
        hint="номер или название, как в списке рабочих мест",
    ),
    Column(
        "code",
        "Код фактора",
        (
            "Фактор",
            "Вредный фактор",
            "Вредный производственный фактор",
            "Пункт приказа",
            "Код по 29н",
            "Наименование фактора",
            "Показатель",
            "Контролируемый показатель",
            "Измеряемый фактор",
            "Объект контроля",
        ),
        required=True,
        example="4.4",
        hint="код приказа № 29н или название: шум, локальная вибрация, общая вибрация",
    ),
    Column(
        "period",
        "Периодичность",
        (
            "Кратность",
            "Кратность контроля",
            "Периодичность контроля",
            "Периодичность измерений",
            "Периодичность, мес.",
            "Частота",
            "Частота контроля",
            "Раз в, мес.",
            "Раз в, месяцев",
        ),
        required=True,
        example="1 раз в год",
        hint="число месяцев или слова: 1 раз в год, раз в квартал, 2 раза в год",
    ),
    Column(
        "substance",
        "Вещество или показатель",
        ("Вещество", "Наименование вещества", "Определяемое вещество"),
        example="марганец",
    ),
    Column(
        "method",
        "Методика измерений",
        ("Методика", "Метод", "Метод измерений", "Метод контроля", "Нормативный документ на метод", "МВИ"),
        example="ГОСТ Р ИСО 9612",
    ),
    Column("basis", "Основание", ("Документ", "Нормативный документ", "Приказ", "Программа")),
    Column(
        "since",
        "Действует с",
        ("С", "Дата начала", "Начало действия"),
        hint="пусто - день загрузки",
        example="01.01.2026",
    ),
)
YEAR = 12
UNITS = (("кварт", 3), ("полугод", 6), ("месяц", 1), ("мес", 1), ("год", YEAR), ("лет", YEAR), ("г", YEAR))
SINGLE = (
    ("ежемесячн", 1), ("ежекварт", 3), ("полугодов", 6), ("ежегодн", YEAR), ("годов", YEAR),
    ("квартальн", 3), ("месячн", 1),
)  # fmt: skip
BARE = re.compile(r"^(\d{1,3})(?:\.0)?(?:мес[а-я]*)?\.?$")
OFTEN = re.compile(
    r"^(?:не реже )?(?:(\d{1,2}|один|два|три|четыре) )?(?:раза?|р\.?) "
    r"в (?:(\d{1,2}|два|три|пять) )?([а-я]+)\.?$"
)
WORDS = {"один": 1, "два": 2, "три": 3, "четыре": 4, "пять": 5}


def period_of(said: str) -> int:
    """Return every how many months: «12», «1 раз в год», «2 раза в год», «ежеквартально»."""
    text = " ".join(said.casefold().replace("ё", "е").replace("/", " в ").split())
    if bare := BARE.match(text.replace(" ", "")):
        return int(bare[1])
    for word, months in SINGLE:
        if text.startswith(word):
            return months
    found = OFTEN.match(text)
    unit = next((months for word, months in UNITS if found and found[3].startswith(word)), 0)
    if not found or not unit:
        raise Unreadable(
            f"Периодичность «{said}» не узнана. Запишите число месяцев или «1 раз в год», «раз в квартал»."
        )
    times, span = _count(found[1]), _count(found[2]) * unit
    if not times or span % times:
        raise Unreadable(
            f"Периодичность «{said}» - это не целое число месяцев. Запишите, раз в сколько месяцев измерять."
        )
    return span // times


def _count(said: str | None) -> int:
    return WORDS.get(said or "один") or int(said or 1)
