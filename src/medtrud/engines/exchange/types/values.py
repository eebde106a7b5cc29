"""What a person meant by a cell: text, dates in any spelling, letters of the wrong alphabet."""

import datetime as dt
import re
from functools import lru_cache

from .declared import Cell

EPOCH = dt.date(1899, 12, 30)  # spreadsheets count days from here
SERIALS = range(3000, 80000)  # 1908 to 2119: a date that lost its format and became a number
CENTURY = 100
INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\ufeff\u00ad"), "") | {
    0xA0: " ",
    0x202F: " ",
    0x2009: " ",
}
LATIN, SIMILAR = "ABCEHKMOPTXYaceopxykmtb", "АВСЕНКМОРТХУасеорхукмтв"
TO_CYRILLIC = str.maketrans(LATIN, SIMILAR)
HAS_LATIN = re.compile(r"[A-Za-z]")
HAS_CYRILLIC = re.compile(r"[А-Яа-яЁё]")
MONTHS = (
    ("январь", "января"),
    ("февраль", "февраля"),
    ("март", "марта"),
    ("апрель", "апреля"),
    ("май", "мая"),
    ("июнь", "июня"),
    ("июль", "июля"),
    ("август", "августа"),
    ("сентябрь", "сентября"),
    ("октябрь", "октября"),
    ("ноябрь", "ноября"),
    ("декабрь", "декабря"),
)
TAIL = re.compile(r"(?:\s*(?:г|год|года)\.?)?(?:[ T]\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?)?$", re.IGNORECASE)
DAY_FIRST = re.compile(r"(\d{1,2})\s*[.,/\-\s]\s*(\d{1,2})\s*[.,/\-\s]\s*(\d{4}|\d{2})$")
YEAR_FIRST = re.compile(r"(\d{4})\s*[.,/\-]\s*(\d{1,2})\s*[.,/\-]\s*(\d{1,2})$")
IN_WORDS = re.compile(r"«?(\d{1,2})»?\s*[-.\s]?\s*([а-я]{3,8})\.?\s*[-.\s]?\s*(\d{4}|\d{2})$")
TOGETHER = re.compile(r"(\d{2})(\d{2})(\d{4})$")
TWELVE = 12


class Unreadable(ValueError):  # noqa: N818 - it is a sentence for a person
    """A value that cannot be read; the text says why."""


def plain(cell: Cell) -> str:
    """Return a cell as text: whole numbers without a point, dates as 31.12.1999, single spaces."""
    if type(cell) is str:
        if cell.isascii() and "  " not in cell and "\n" not in cell:
            return cell.strip()
        return " ".join(cell.translate(INVISIBLE).split())
    if isinstance(cell, bool):
        return "да" if cell else "нет"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, dt.date):
        return f"{cell:%d.%m.%Y}"
    return str(cell)


def whole(cell: Cell) -> str:
    """Return a number or a code as text; 1234.0 and «1234.0» are 1234."""
    if type(cell) is str and cell.isalnum():
        return cell
    text = plain(cell)
    return text.removesuffix(".0") if text.endswith(".0") and text[:-2].isdigit() else text


def cyrillic(text: str) -> str:
    """Put Cyrillic letters in place of Latin look-alikes in a text that is Russian otherwise."""
    if HAS_LATIN.search(text) and HAS_CYRILLIC.search(text):
        return text.translate(TO_CYRILLIC)
    return text


def date_of(cell: Cell, on: dt.date) -> dt.date | None:
    """Return the date of a cell, or None of an empty one; `on` decides the century of a short year."""
    if type(cell) is dt.date:
        return cell
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, int | float):
        return _serial(cell)
    text = plain(cell)
    return _parsed(text, on) if text else None


def _serial(number: float) -> dt.date:
    if int(number) in SERIALS:
        return EPOCH + dt.timedelta(days=int(number))
    raise Unreadable(f"«{number:g}» — не дата. Запишите её как 31.12.1999.")


@lru_cache(maxsize=50_000)
def _parsed(text: str, on: dt.date) -> dt.date:
    bare = TAIL.sub("", text.strip()).strip()
    if found := DAY_FIRST.match(bare):
        day, month, year = found.groups()
    elif found := YEAR_FIRST.match(bare):
        year, month, day = found.groups()
    elif found := IN_WORDS.match(cyrillic(bare.casefold())):
        day, name, year = found.groups()
        month = _month(name, text)
    elif found := TOGETHER.match(bare):
        day, month, year = found.groups()
    elif bare.isdigit():
        return _serial(int(bare))
    else:
        raise Unreadable(f"«{text}» — не дата. Запишите её как 31.12.1999.")
    return _made(text, (int(year), int(month), int(day)), on)


def _month(name: str, text: str) -> str:
    for number, forms in enumerate(MONTHS, 1):
        if any(form.startswith(name) for form in forms):
            return str(number)
    raise Unreadable(f"В дате «{text}» не узнан месяц. Запишите её как 31.12.1999.")


def _made(text: str, parts: tuple[int, int, int], on: dt.date) -> dt.date:
    year, month, day = parts
    if year < CENTURY:
        year += on.year - on.year % CENTURY
        year -= CENTURY * (year > on.year)
    try:
        return dt.date(year, month, day)
    except ValueError:
        if month > TWELVE and day <= TWELVE:
            swapped = f"{month:02}.{day:02}.{year}"
            raise Unreadable(
                f"{text} — в дате {month}-й месяц. Возможно, день и месяц переставлены: {swapped}."
            ) from None
        raise Unreadable(f"{text} — такого дня не существует. Исправьте день или месяц.") from None
