"""Which line is the header and which column is which: by names, by words nearly alike, by content."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from pathlib import Path

from medtrud.kernel.law import load_folder

from .types import Cell, Column, Guess, cyrillic, plain

LIMITS = load_folder(Path(__file__).parent / "law")["limits"]  # shipped; the operator overrides
HEAD = 30  # the header is looked for in so many lines
SAMPLES = 40
ENOUGH = 0.6  # weaker likeness is no likeness
EXACT = 1.0
REMEMBERED = 1.5
BY_CONTENT = 0.62  # a line of data is full of such likenesses, so they alone make no header
SIGNS = re.compile(r"[^0-9a-zа-я]+")
INITIALS = re.compile(r"(?<=\b[а-я])\.\s?(?=[а-я]\b)")  # Ф.И.О.
HYPHENATED = re.compile(r"(\w)-\s*\n\s*(\w)")
NEARLY = 0.82
STRANGE = 4  # letters that only one of two names has: with more of them nothing is nearly alike
SHORTEST = 3  # letters of an abbreviation
Merged = Sequence[tuple[tuple[int, int], tuple[int, int]]]


@dataclass(frozen=True)
class Head:
    """The first lines of a sheet, as the recogniser needs them."""

    sheet: str
    rows: Sequence[Sequence[Cell]]
    merged: Merged = ()


@lru_cache(maxsize=20_000)
def header_key(text: str) -> str:
    """Fold a header: case, ё, signs, line breaks, Latin look-alikes."""
    folded = cyrillic(HYPHENATED.sub(r"\1\2", text)).casefold().replace("ё", "е").replace("№", " номер ")
    return " ".join(SIGNS.sub(" ", INITIALS.sub("", folded)).split())


@lru_cache(maxsize=50_000)
def likeness(header: str, alias: str) -> float:
    """Compare two folded headers: 1 when equal, 0 when nothing alike."""
    if header == alias:
        return EXACT if header else 0.0
    words, wanted = header.split(), alias.split()
    if len(words) == len(wanted) and all(
        word == full or (len(word) >= SHORTEST and full.startswith(word))
        for word, full in zip(words, wanted, strict=True)
    ):
        return 0.92
    if f" {alias} " in f" {header} " and len(alias) > SHORTEST:
        return 0.75 + 0.2 * len(alias) / len(header)
    lengths = len(header), len(alias)
    if 2 * min(lengths) < NEARLY * sum(lengths) or len(_letters(header) ^ _letters(alias)) > STRANGE:
        return 0.0
    ratio = SequenceMatcher(None, header, alias, autojunk=False).ratio()
    return ratio * 0.9 if ratio >= NEARLY else 0.0


@lru_cache(maxsize=20_000)
def _letters(text: str) -> frozenset[str]:
    return frozenset(text)


def recognise(
    head: Head, columns: Sequence[Column], memory: Mapping[str, str], *, at: int = 0
) -> Guess | None:
    """Return the best reading of a sheet, or None when nothing in it is like a header.

    `at` is the number of the header line when a person has named it, from 1.
    """
    numbers = range(at - 1, at) if at else range(HEAD)
    readings = [
        reading
        for number in numbers
        if number < len(head.rows)
        for lines in (1, 2)
        if (reading := _reading(head, number, lines, columns, memory)) and (reading.columns or at)
    ]
    return max(readings, key=lambda g: (round(g.score, 1), -g.header_lines, -g.header_row), default=None)


def header_likely(head: Head) -> int:
    """Return the number of the first line with two texts, from 1: it may be a header nobody knows; or 0."""
    for number, row in enumerate(head.rows[:HEAD], 1):
        if sum(1 for cell in row if isinstance(cell, str) and cell.strip()) > 1:
            return number
    return 0


def headers_at(head: Head, number: int, lines: int) -> list[tuple[str, ...]]:
    """Return the names of every column at a header: the lower line, both lines, the upper one."""
    upper = [plain(cell) for cell in head.rows[number]]
    if lines == 1:
        return [(text,) for text in upper]
    if number + 1 >= len(head.rows):
        return []
    lower = [plain(cell) for cell in head.rows[number + 1]]
    lower += [""] * (len(upper) - len(lower))
    if not _is_second_line(upper, lower):
        return []
    names, group = [], ""
    for above, below in zip(upper, lower, strict=False):
        group = above or (group if below else "")
        names.append(
            tuple(dict.fromkeys(t for t in (below, f"{group} {below}".strip(), group) if t)) or ("",)
        )
    return names


def _is_second_line(upper: Sequence[str], lower: Sequence[str]) -> bool:
    """A second line names parts of groups: where it has a text, the first line mostly has none."""
    parts = sum(1 for below in lower if below)
    both = sum(1 for above, below in zip(upper, lower, strict=False) if above and below)
    return bool(parts) and both * 2 <= parts


def _reading(
    head: Head, number: int, lines: int, columns: Sequence[Column], memory: Mapping[str, str]
) -> Guess | None:
    names = headers_at(head, number, lines)
    if sum(1 for name in names if name[0] and not name[0].isdigit()) < 2:  # noqa: PLR2004 - a table has two columns
        return None
    start = number + lines + _number_lines(head.rows[number + lines :])
    samples = _samples(head.rows[start : start + SAMPLES], len(names))
    scores = sorted(
        (
            (score, -position, column.code)
            for position, name in enumerate(names)
            for column in columns
            if (score := _score(name, column, samples[position], memory)) >= ENOUGH
        ),
        reverse=True,
    )
    families = {column.code for column in columns if column.family}
    many = families | {column.code for column in columns if column.many}
    taken: dict[int, str] = {}
    sure: set[int] = set()
    named, guessed = 0.0, 0.0
    for score, minus, code in scores:
        if -minus in taken or (code in taken.values() and code not in many):
            continue
        taken[-minus] = code
        if score == BY_CONTENT or code in families:
            guessed += BY_CONTENT
        else:
            named += min(score, EXACT)
        if score >= EXACT:
            sure.add(-minus)
    texts = tuple(max(name, key=len) for name in names)
    total = named + guessed if named >= EXACT else named
    columns_by_place = dict(sorted(taken.items()))
    return Guess(head.sheet, number + 1, start - number, texts, columns_by_place, frozenset(sure), total)


def _score(names: Sequence[str], column: Column, samples: Sequence[str], memory: Mapping[str, str]) -> float:
    keys = [header_key(name) for name in names]
    for key in keys:
        if key in memory:
            return REMEMBERED if memory[key] == column.code else 0.0
    if column.family:
        return EXACT if any(re.match(column.family, name) for name in names[:1]) else 0.0
    aliases = _aliases(column)
    best = max((likeness(key, alias) for key in keys for alias in aliases), default=0.0)
    return _with_content(best, column, samples)


def _with_content(score: float, column: Column, samples: Sequence[str]) -> float:
    if not column.looks or len(samples) < 2:  # noqa: PLR2004 - one value proves nothing
        return score
    share = sum(1 for value in samples if re.fullmatch(column.looks, value)) / len(samples)
    if score and share < 0.3:  # noqa: PLR2004 - most values are something else
        return score * 0.7
    return BY_CONTENT if not score and column.by_content and share > 0.8 else score  # noqa: PLR2004


@lru_cache(maxsize=1000)
def _aliases(column: Column) -> tuple[str, ...]:
    return tuple(dict.fromkeys(header_key(text) for text in (column.title, *column.aliases)))


def _samples(rows: Sequence[Sequence[Cell]], width: int) -> list[list[str]]:
    found: list[list[str]] = [[] for _ in range(width)]
    for row in rows:
        for values, cell in zip(found, row, strict=False):
            if cell != "" and (text := plain(cell)):
                values.append(text)
    return found


def _number_lines(rows: Sequence[Sequence[Cell]]) -> int:
    """Count lines of column numbers, 1 2 3 …, that printed forms have under the header."""
    count = 0
    for row in rows[:2]:
        texts = [plain(cell) for cell in row if cell != ""]
        if len(texts) < SHORTEST or texts != [str(number) for number in range(1, len(texts) + 1)]:
            break
        count += 1
    return count
