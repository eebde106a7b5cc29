"""Cells of a staff list: names, sex, СНИЛС, classes, years of service. Each says what is wrong in words."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Generic, NamedTuple, TypeVar

from medtrud.engines.exchange.types import Cell, cyrillic, plain
from medtrud.kernel.dates import add_months
from medtrud.kernel.identifiers import SNILS_DIGITS, enp_parse, snils_controls, snils_parse

T = TypeVar("T")

NAME = re.compile(r"[^\W\d_]+(?:[ '’`.\-]+[^\W\d_]+)*\.?", re.UNICODE)
INITIALS = re.compile(r"^[А-ЯЁA-Z]\.?\s*(?:[А-ЯЁA-Z]\.?)?$")
MIXED = re.compile(r"[A-Za-z].*[А-Яа-яЁё]|[А-Яа-яЁё].*[A-Za-z]")
MALE, FEMALE = "male", "female"
SEXES = {
    **dict.fromkeys(("м", "муж", "муж.", "мужской", "мужчина", "m", "male", "1"), MALE),
    **dict.fromkeys(("ж", "жен", "жен.", "женский", "женщина", "f", "w", "female", "2"), FEMALE),
}
CLASSES = frozenset({"1", "2", "3.1", "3.2", "3.3", "3.4", "4"})
CLASS = re.compile(
    r"(?:класс|подкласс|кут)?\s*([1-4З](?:\s?[.,]\s?[1-4])?)\s*\.?(?:$|\s*[(\-–—].*)", re.IGNORECASE
)
YEARS = re.compile(
    r"(\d+(?:[.,]\d+)?)\s*(?:л\.?|лет|год[а]?|г\.?)?\s*(?:и\s*)?(?:(\d{1,2})\s*(?:мес|м).*)?$", re.IGNORECASE
)
MAIN, SECONDARY = "main", "secondary"
MONTHS = 12
LONGEST_SERVICE = 80  # years; more is a slip of the pen
SEPARATORS = re.compile(r"\s*(?:/|\\|→|>|\|)\s*")


class Said(NamedTuple, Generic[T]):
    """A value with what must be told about it."""

    value: T
    error: str = ""
    warning: str = ""


class Memo(dict[Cell, T]):
    """Remembers what was understood of a value: lists repeat themselves."""

    def __init__(self, read: Callable[[Cell], T]) -> None:
        super().__init__()
        self.read = read

    def __missing__(self, cell: Cell) -> T:
        value = self[cell] = self.read(cell)
        return value


def name_said(cell: Cell, what: str) -> Said[str]:
    """Read a part of a name: Фамилия, Имя, Отчество."""
    text = plain(cell)
    if not text:
        return Said("")
    if not NAME.fullmatch(text):
        return Said("", f"{what} «{text}» содержит лишние знаки. Оставьте только буквы, как в паспорте.")
    if what == "Имя" and INITIALS.match(text):
        return Said("", f"Вместо имени стоят инициалы «{text}». Впишите имя и отчество полностью.")
    if not text.isascii() and MIXED.search(text):
        fixed = cyrillic(text)
        if MIXED.search(fixed):
            return Said(
                "", f"{what} «{text}» набрана русскими и латинскими буквами. Наберите её заново по-русски."
            )
        return Said(fixed, "", f"{what} «{text}»: часть букв была латинской, заменена русскими. Проверьте.")
    return Said(text)


def years(count: int) -> str:
    """Write a number of years in Russian: 1 год, 4 года, 12 лет."""
    if count % 10 in (1, 2, 3, 4) and count % 100 not in (11, 12, 13, 14):
        return f"{count} {'год' if count % 10 == 1 else 'года'}"
    return f"{count} лет"


def sex_of_patronymic(middle_name: str) -> str:
    """Return the sex a patronymic tells, or nothing."""
    end = middle_name.casefold().rstrip(".")
    if end.endswith(("ович", "евич", "ич", "оглы", "оглу", "улы", "уулу")):
        return MALE
    return FEMALE if end.endswith(("овна", "евна", "ична", "инична", "кызы", "гызы", "кизи")) else ""


def sex_said(cell: Cell) -> Said[str]:
    """Read the sex."""
    text = plain(cell).casefold()
    if not text:
        return Said("")
    if text in SEXES:
        return Said(SEXES[text])
    return Said("", f"Пол «{plain(cell)}» не понят. Укажите м или ж.")


def snils_said(cell: Cell) -> Said[str]:
    """Read a СНИЛС; a number that lost its leading zeros to the spreadsheet gets them back."""
    if type(cell) is str:
        digits = cell.replace("-", "").replace(" ", "")
        if len(digits) == SNILS_DIGITS and digits.isdecimal() and snils_controls(digits):
            return Said(digits)
    text = f"{int(cell):011d}" if isinstance(cell, float) and cell.is_integer() else plain(cell)
    if not text:
        return Said("")
    try:
        return Said(snils_parse(text.replace("№", "")))
    except ValueError as error:
        return Said("", str(error))


def policy_said(cell: Cell) -> Said[str]:
    """Read the number of an insurance policy; a wrong one is left out, the person is not."""
    text = plain(cell)
    if not text:
        return Said("")
    try:
        return Said(enp_parse(text))
    except ValueError as error:
        return Said("", "", f"{error} Полис не записан.")


def class_said(cell: Cell) -> Said[str]:
    """Read the class of conditions, whatever the spreadsheet has made of it."""
    if isinstance(cell, dt.date):
        found = f"{cell.day}.{cell.month}"
        if found in CLASSES:
            return Said(
                found, "", f"Класс {found} превращён табличным редактором в дату; прочитан как {found}."
            )
        return Said(
            "", f"Вместо класса условий труда стоит дата {plain(cell)}. Запишите класс, например 3.1."
        )
    text = plain(cell)
    if text.casefold() in ("", "-", "–", "—", "нет", "не проведена", "н/д"):
        return Said("")
    match = CLASS.match(text)
    found = re.sub(r"\s?[.,]\s?", ".", match[1]).replace("З", "3") if match else ""
    if found in CLASSES:
        return Said(found)
    if found == "3":
        return Said("", f"Класс условий труда «{text}» указан без подкласса. Укажите 3.1, 3.2, 3.3 или 3.4.")
    return Said("", f"Класс условий труда «{text}» не существует. Укажите 1, 2, 3.1, 3.2, 3.3, 3.4 или 4.")


def service_said(cell: Cell, on: dt.date) -> Said[dt.date | None]:
    """Read years of service and return the day they would have begun."""
    text = plain(cell)
    if text in ("", "-", "–", "—", "0"):
        return Said(None)
    match = YEARS.match(text)
    years = float(match[1].replace(",", ".")) if match else LONGEST_SERVICE + 1.0
    if match is None or years > LONGEST_SERVICE:
        return Said(None, f"Стаж «{text}» не понят. Запишите его как «12 лет 3 мес.» или числом лет.")
    return Said(add_months(on, -round(years * MONTHS) - int(match[2] or 0)))


def kind_said(cell: Cell) -> Said[str]:
    """Read whether the job is the main one."""
    text = plain(cell).casefold()
    if "совмест" in text or text in ("вторая", "нет"):
        return Said(SECONDARY)
    if not text or text.startswith(("осн", "да", "постоян")):
        return Said(MAIN)
    return Said(MAIN, "", f"Вид занятости «{plain(cell)}» не понят, записана основная работа. Проверьте.")


def division_path(texts: tuple[str, ...]) -> tuple[str, ...]:
    """Return the path from the top: one cell with separators, or a cell for each level."""
    parts = [part for text in texts for part in SEPARATORS.split(text) if part]
    return tuple(parts)


def title_said(cell: Cell) -> Said[str]:
    """Read a title of a post or a division; Latin look-alikes in Russian words are replaced."""
    text = plain(cell)
    fixed = " ".join(cyrillic(word) for word in text.split(" ")) if text else ""
    if fixed == text:
        return Said(text)
    return Said(fixed, "", f"«{text}»: латинские буквы заменены похожими русскими. Проверьте название.")
