"""Letters of substances: the letter belongs to the concrete substance, not to the row."""

import re
from dataclasses import dataclass
from functools import lru_cache

from medtrud.kernel.errors import Refused
from medtrud.kernel.text import sort_key

from .annex import LETTERS, FactorRow, Substance

ORDER = "АКРФО"
LATIN = str.maketrans("abcehkmoptxyABCEHKMOPTXY", "авсенкмортхуавсенкмортху")
BASIS = "приказ Минздрава России от 28.01.2021 № 29н, приложение к Порядку, сноска <1>"


@dataclass(frozen=True, slots=True)
class Found:
    """What is known about the letters of a named substance.

    how: listed - a mention with letters; part - the name is a part of such mentions or holds one;
    bare - the row names it without letters; unknown - the row does not name it, all its letters count.
    """

    markers: str
    how: str
    mention: str = ""


def markers_parse(text: str) -> str:
    """Return the letters in the order of the annex; refuse others, Latin look-alikes among them."""
    letters = set(re.sub(r"[\s,;\[\]]", "", text).upper())
    if wrong := sorted(letters - set(ORDER)):
        latin = [letter for letter in wrong if letter.isascii() and letter.isalpha()]
        cause = (
            f"буквы {', '.join(latin)} набраны латиницей"
            if latin
            else f"букв {', '.join(wrong)} нет в перечне"
        )
        raise Refused(
            f"Буквы при веществе «{text}» не разобраны: {cause}. "
            f"Наберите русскими буквами одну или несколько из: {', '.join(ORDER)}.",
            basis=BASIS,
        )
    return ordered(letters)


def ordered(letters: set[str]) -> str:
    """Return the letters as one string in the order of the annex."""
    return "".join(letter for letter in ORDER if letter in letters)


@lru_cache(maxsize=8192)
def substance_markers(row: FactorRow, name: str) -> Found:
    """Find the letters of a substance in contact with which the person works."""
    wanted = _fold(name)
    known = [(mention, {_fold(n) for n in (mention.name, *mention.names)}) for mention in row.substances]
    exact = [mention for mention, names in known if wanted in names]
    if exact:
        return _joined(exact, "listed")
    part = [m for m, names in known if any(_within(wanted, n) or _within(n, wanted) for n in names)]
    if part:
        return _joined(part, "part")
    if wanted and _within(wanted, _fold(LETTERS.sub("", row.title))):
        return Found("", "bare", name)
    return Found(row.markers, "unknown", "")


def _joined(mentions: list[Substance], how: str) -> Found:
    letters = {letter for mention in mentions for letter in mention.markers}
    return Found(ordered(letters), how, "; ".join(mention.name for mention in mentions))


def _fold(text: str) -> str:
    return sort_key(text.translate(LATIN)).strip(" .,;:«»\"'")


def _within(short: str, long: str) -> bool:
    return re.search(rf"(?<![\w-]){re.escape(short)}(?![\w-])", long) is not None if short else False
