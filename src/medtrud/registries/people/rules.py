"""How names are tidied, compared and looked for; pure."""

import datetime as dt
import re
from collections.abc import Callable
from functools import lru_cache
from itertools import permutations

from medtrud.kernel.identifiers import SNILS_DIGITS
from medtrud.kernel.text import sort_key

from .types import Identity, PersonRow

SHORTEST, LONGEST = 2, 12  # letters of a surname that a search may start with
SLIP = 2  # letters of a name that are mistyped at most
OLDEST = 110  # years; beyond that a birth date is a slip of the pen
_PARTS = re.compile(r"[\s\-]+")

Hasher = Callable[[str], int]
NameKey = tuple[str, str, str]


@lru_cache(maxsize=50_000)
def tidy_name(text: str) -> str:
    """Squeeze spaces; write a name typed in capitals as people write it: ИВАНОВ becomes Иванов."""
    name = " ".join(text.split())
    return name.title() if name.isupper() and len(name) > 1 else name


def surname_words(last_name: str) -> set[str]:
    """Return what a surname is found by: the beginnings of it and of its parts."""
    last = sort_key(last_name)
    return {
        f"l {part[:length]}"
        for part in {last, *_PARTS.split(last)}
        for length in range(SHORTEST, min(len(part), LONGEST) + 1)
    }


def name_words(mark: str, name: str) -> set[str]:
    """Return what a first name (mark f) or a middle name (mark m) is found by: the whole and its initial."""
    word = sort_key(name)
    return {f"{mark} {word}", f"{mark} {word[0]}"} if word else set()


def asked_words(text: str) -> list[set[str]]:
    """Return the alternatives of a typed name: surname first, then other orders of up to three words."""
    words = sort_key(text.replace(".", " ")).split()[:3]
    alternatives = []
    for last, *names in permutations(words) if words else ():
        if len(last) >= SHORTEST:
            marked = {f"{mark} {name}" for mark, name in zip("fm", names, strict=False)}
            alternatives.append({f"l {last[:LONGEST]}"} | marked)
    return alternatives


def same_text(name: NameKey, birth_date: dt.date) -> str:
    """Return the text whose hash is equal for two cards of one name and day of birth."""
    return f"= {name[0]}|{name[1]}|{name[2]}|{birth_date}"


def snils_text(digits: str) -> str:
    """Return the text whose hash is equal for two cards with one СНИЛС."""
    return f"# {digits}"


def order_key(identity: Identity) -> NameKey:
    """Return the place of a name in the alphabet."""
    return folded(identity.last_name), folded(identity.first_name), folded(identity.middle_name)


@lru_cache(maxsize=50_000)
def folded(name: str) -> str:
    """Return the sort key of one name; names repeat, so it is remembered."""
    return sort_key(name)


def starts_like(identity: Identity, text: str) -> bool:
    """Tell whether every typed word begins some word of the name: «ива пет»."""
    names = _PARTS.split(sort_key(identity.full))
    return all(any(name.startswith(word) for name in names) for word in _PARTS.split(sort_key(text)) if word)


def looks_like_snils(text: str) -> bool:
    """Tell whether somebody typed a СНИЛС into the search."""
    digits = re.sub(r"\D", "", text)
    return len(digits) == SNILS_DIGITS and not any(letter.isalpha() for letter in text)


def row_problems(row: PersonRow, on: dt.date) -> list[str]:
    """Return what forbids to register the row, in words for the person who typed it."""
    problems = []
    if not row.last_name.strip():
        problems.append("Не указана фамилия. Впишите её, как в документе.")
    if not row.first_name.strip():
        problems.append("Не указано имя. Впишите его, как в документе.")
    if row.sex not in ("male", "female"):
        problems.append("Не указан пол. Укажите «мужской» или «женский».")
    born = row.birth_date
    if born > on:
        problems.append(f"Дата рождения {born:%d.%m.%Y} ещё не наступила. Исправьте год, месяц или день.")
    elif born.year < on.year - OLDEST:
        problems.append(f"По дате рождения {born:%d.%m.%Y} человеку больше {OLDEST} лет. Исправьте год.")
    return problems


def name_distance(one: str, other: str, limit: int = SLIP) -> int:
    """Return how many letters differ (added, dropped, replaced), or limit + 1 when there are more."""
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    row = list(range(len(other) + 1))
    for i, left in enumerate(one, 1):
        corner, row[0] = row[0], i
        for j, right in enumerate(other, 1):
            corner, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, corner + (left != right))
        if min(row) > limit:
            return limit + 1
    return row[-1]


def likeness(one: Identity, other: Identity) -> str:
    """Say why two people born on one day may be one person; nothing when they may not."""
    (last_a, first_a, middle_a), (last_b, first_b, middle_b) = order_key(one), order_key(other)
    both_numbers = bool(one.snils and other.snils)
    names = name_distance(first_a, first_b) + name_distance(middle_a, middle_b)
    found = {
        "СНИЛС и дата рождения": both_numbers and one.snils == other.snils,
        "фамилия, имя, отчество и дата рождения": last_a == last_b and not names,
        "фамилия, имя и дата рождения; отчество указано в одной карте": (
            not both_numbers and (last_a, first_a) == (last_b, first_b) and not (middle_a and middle_b)
        ),
        "имя, отчество и дата рождения; фамилии отличаются одной-двумя буквами": (
            not both_numbers and middle_a and not names and name_distance(last_a, last_b) <= SLIP
        ),
        "фамилия и дата рождения; имя или отчество отличаются одной-двумя буквами": (
            not both_numbers and last_a == last_b and names <= SLIP
        ),
    }
    return next((text for text, true in found.items() if true), "")
