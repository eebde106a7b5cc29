"""One cell with factors: codes, substances in brackets, letters; and marks in columns of codes."""

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache

from medtrud.engines.exchange.types import Cell, plain
from medtrud.kernel.errors import Refused
from medtrud.kernel.text import sort_key

from ..types import (
    FactorRow,
    annex_on,
    code_clean,
    code_key,
    factor_parse,
    markers_parse,
    substance_markers,
)

PIECE = re.compile(
    r"(?:пункты?|пп?\.?)?\s*"
    r"(?P<code>[\dЗ][\dЗОоO]?(?:\s?[.,]\s?[\dЗОоO]{1,2}){0,3})\s*\.?\s*"
    r"(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
BREAKS = re.compile(r"[;\n]|,\s+|\s+и\s+|(?<=\d)\s+(?=\d)|,(?=\d+\.\d)|(?<=\))\s*,?\s*(?=\d)")
DIGITS = str.maketrans("ЗОоO", "3000")
LETTERS_ONLY = re.compile(r"[АКРФОABKPO\s,]+$", re.IGNORECASE)
BRACKETS = re.compile(r"\(((?:[^()]|\([^()]*\))*)\)|\[([^\]]*)\]")
NONE = frozenset({"", "-", "–", "—", "нет", "отсутствуют", "не выявлены", "н/д", "0"})
MARKED = frozenset({"x", "х", "v", "+", "да", "1", "✓", "✔", "√", "*", "есть"})
UNMARKED = frozenset({"", "-", "–", "—", "нет", "0", "n", "н"})


@dataclass(frozen=True, slots=True)
class Given:
    """A factor as the list gives it: markers None = the list does not say."""

    code: str
    substances: tuple[str, ...] = ()
    markers: str | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """What was understood of a cell; errors keep the row out, warnings do not."""

    factors: tuple[Given, ...] = ()
    errors: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def factors_read(cell: Cell, on: dt.date) -> Read:
    """Read a cell of factors, whatever the spreadsheet has made of it."""
    if isinstance(cell, dt.date):
        return _dated(cell, on)
    text = plain(cell)
    read = _texts(text, on)
    if isinstance(cell, float) and f"{text}0" in annex_on(on) and not read.errors:
        warning = (
            f"В ячейке число {text}: если это код {text}0, табличный редактор отбросил ноль. "
            f"Проверьте код и запишите его текстом: '{text}0."
        )
        return Read(read.factors, (), (warning,))
    return read


def _dated(day: dt.date, on: dt.date) -> Read:
    """The editor turns 4.4 into the fourth of April; the code is seen through."""
    code = f"{day.day}.{day.month}"
    if code in annex_on(on) and not annex_on(on)[code].instead:
        text = (
            f"Код {code} превращён табличным редактором в дату {day:%d.%m.%Y}; прочитан как {code}. "
            "Сверьте код."
        )
        return Read((Given(code),), (), (text,))
    return Read((), (f"Вместо кода фактора стоит дата {day:%d.%m.%Y}. Запишите код текстом.",), ())


@lru_cache(maxsize=50_000)
def _texts(text: str, on: dt.date) -> Read:
    if sort_key(text) in NONE:
        return Read()
    found: dict[str, Given] = {}
    errors: list[str] = []
    for piece in _pieces(text):
        try:
            for given in _piece(piece, on):
                found[given.code] = _joined(found.get(given.code), given)
        except Refused as refusal:
            errors.append(refusal.text)
    return Read(tuple(sorted(found.values(), key=lambda given: code_key(given.code))), tuple(errors), ())


def _pieces(text: str) -> list[str]:
    """Split outside brackets: a comma between substances divides nothing."""
    held: list[str] = []

    def hide(match: re.Match[str]) -> str:
        held.append(match[0])
        return f"({len(held) - 1}\x00)"

    hidden = re.sub(r"\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\]]*\]", hide, text)
    return [
        whole
        for piece in BREAKS.split(hidden)
        if (whole := re.sub(r"\((\d+)\x00\)", lambda m: held[int(m[1])], piece).strip(" .,;"))
    ]


def _piece(piece: str, on: dt.date) -> list[Given]:
    match = PIECE.match(piece)
    if match is None:
        raise Refused(_by_name(piece, on))
    code = code_clean(match["code"].replace(" ", ""))
    fixed = code.translate(DIGITS)
    if fixed != code:
        raise Refused(
            f"В коде «{match['code']}» вместо цифры стоит буква. Вероятно, это {fixed}: исправьте код."
        )
    several = code.split(".") if "," in match["code"] and code not in annex_on(on) else []
    if len(several) > 1 and all(part in annex_on(on) for part in several):
        return [Given(factor_parse(part, on).code) for part in several]
    row = factor_parse(code, on)
    return [Given(row.code, *_details(row, match["rest"].strip()))]


def _details(row: FactorRow, rest: str) -> tuple[tuple[str, ...], str | None]:
    """Read what stands behind a code: substances, or letters, in brackets or after a dash."""
    bracketed = [a or b for a, b in BRACKETS.findall(rest)]
    text = ", ".join(bracketed) if bracketed else re.sub(r"^[-–—:]\s*", "", rest)
    substances: list[str] = []
    markers: str | None = None
    for part in re.split(r";\s*|,\s+", text):
        bare = part.strip(" .")
        if not bare:
            continue
        if bare.isupper() and LETTERS_ONLY.match(bare):
            markers = markers_parse((markers or "") + bare)
        elif bracketed or substance_markers(row, bare).how == "listed":
            substances.append(bare)
    return tuple(substances), markers


def _joined(one: Given | None, other: Given) -> Given:
    if one is None:
        return other
    substances = tuple(dict.fromkeys((*one.substances, *other.substances)))
    if one.markers is None or other.markers is None:
        return Given(one.code, substances, one.markers if other.markers is None else other.markers)
    return Given(one.code, substances, markers_parse(one.markers + other.markers))


def _by_name(piece: str, on: dt.date) -> str:
    """Suggest the codes of a factor written in words."""
    wanted = sort_key(piece)
    near = [
        str(row)
        for row in annex_on(on).values()
        if not row.instead and len(wanted) >= 3 and sort_key(row.title).startswith(wanted)  # noqa: PLR2004
    ] or [
        str(row)
        for row in annex_on(on).values()
        if not row.instead and len(wanted) >= 3 and wanted in sort_key(row.title)  # noqa: PLR2004
    ]
    hint = f" Похоже на: {', '.join(near[:3])}." if near else ""
    return (
        f"«{piece}» — не код фактора.{hint} Укажите код из приложения к Порядку приказа № 29н, например 4.4."
    )


def mark_of(cell: Cell) -> bool | None:
    """Tell whether a cell in a column of a code is marked; None when it is neither."""
    text = plain(cell).casefold()
    if text in UNMARKED:
        return False
    return True if text in MARKED else None
