"""The annex of order 29н as nouns: codes of factors and works, their names, letters and substances."""

import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from medtrud.kernel.errors import Refused
from medtrud.kernel.law import LawTable, LegalRef, Row, load_table

LAW = Path(__file__).parents[1] / "law"
ANNEX = ("factors", "markers", "sections")  # tables of the annex; other acts have other editions
BASIS = "приказ Минздрава России от 28.01.2021 № 29н, приложение к Порядку"
CODE = re.compile(r"\d{1,2}(\.\d{1,2}){0,3}")
LETTERS = re.compile(r"\s*\[[А-Я]+]")
SHORT = re.compile(r" \(|, в том числе|:| - |;")
CLOSE, WIDTH = 3, 90


@dataclass(frozen=True, slots=True)
class Substance:
    """A mention that carries letters; the list awaits a review by a specialist."""

    name: str
    names: tuple[str, ...]
    markers: str
    note: str


@dataclass(frozen=True, slots=True, eq=False)  # one object per edition: compared by identity
class FactorRow:
    """One row of the annex on one day."""

    code: str
    title: str
    section: str
    section_title: str
    production: bool  # a factor of production (sections I-V), not a work (VI)
    parent: str
    group: bool
    instead: tuple[str, ...]  # assign these rows instead of this one
    markers: str
    substances: tuple[Substance, ...]
    limited_to: str
    confidence: str
    note: str
    ref: LegalRef

    @property
    def assignable(self) -> bool:
        """Tell whether the row may be given to a worker."""
        return not self.instead

    @property
    def name(self) -> str:
        """Return the title without the letters of substances."""
        return LETTERS.sub("", self.title)

    @property
    def short(self) -> str:
        """Return the beginning of the name, enough to recognise the row."""
        head = SHORT.split(self.name, maxsplit=1)[0].strip(" ,:;")
        return head if len(head) <= WIDTH else head[:WIDTH].rsplit(" ", 1)[0].rstrip(" ,") + "…"

    def __str__(self) -> str:
        return f"{self.code} «{self.short}»"


def annex_on(day: dt.date) -> Mapping[str, FactorRow]:
    """Return the rows in force on the day, in the order of the annex."""
    rows = _annex(bisect_right(_edges(), day))
    if not rows:
        raise Refused(
            f"На {day:%d.%m.%Y} нет действующего перечня вредных факторов и работ. "
            "Укажите дату, на которую приказ действует, или загрузите новую редакцию.",
            basis=BASIS + period(),
        )
    return rows


def marker_titles(day: dt.date) -> dict[str, str]:
    """Return what the letters mean, in the order of the annex."""
    rows = _tables()["markers"].on(day).values()
    return {row.code: row.values["title"] for row in sorted(rows, key=lambda row: row.values["order"])}


def annex_since(day: dt.date) -> dt.date:
    """Return the day to read a code by: what was before the first loaded list is told in its codes."""
    return max(day, _edges()[0])


def period() -> str:
    """Say in Russian when the loaded acts are in force."""
    first, last = _edges()[0], _edges()[-1] - dt.timedelta(days=1)
    return f" (действует с {first:%d.%m.%Y} по {last:%d.%m.%Y})"


def coded_later(since: dt.date) -> str:
    """Return the mark of a period that began before its codes existed; empty for other periods."""
    first = _edges()[0]
    return f"код по приложению, действующему с {first:%d.%m.%Y}" if since < first else ""


def code_key(code: str) -> tuple[int, ...]:
    """Return the numeric parts of a code: 1.9 stands before 1.10."""
    return tuple(int(part) for part in code.split("."))


def code_clean(text: str) -> str:
    """Take off what people write around a code: "п. 4,4." is 4.4."""
    bare = re.sub(r"^\s*(?:пункт|п\.|п)\s*", "", text, flags=re.IGNORECASE).strip()
    return re.sub(r"\s*[.,]\s*", ".", bare).strip(". ")


def factor_parse(text: str, day: dt.date) -> FactorRow:
    """Return the row that may be given to a worker, or refuse with the nearest codes."""
    annex, code = annex_on(day), code_clean(text)
    row = annex.get(code)
    if row is None:
        near = ", ".join(str(annex[other]) for other in nearest_codes(code, day))
        raise Refused(
            f"Фактора или работы с кодом «{text}» нет в перечне на {day:%d.%m.%Y}. "
            f"{f'Похожие коды: {near}. ' if near else ''}Исправьте код.",
            basis=BASIS,
        )
    if row.instead:
        raise Refused(
            f"Код {row} — заголовок, объёма осмотра у него нет. "
            f"Укажите один из подпунктов: {', '.join(row.instead)}.",
            basis=BASIS,
        )
    return row


def codes_parse(text: str, day: dt.date) -> tuple[list[FactorRow], list[str]]:
    """Read a cell like "4.4; 6.1 и 1.3" into rows and the refusals of what is wrong in it."""
    rows: dict[str, FactorRow] = {}
    wrong = []
    for piece in re.split(r"[;\n]|,\s+|\s+и\s+|(?<=\d)\s+(?=\d)|,(?=\d+\.\d)", text):
        if piece.strip(" .,;"):
            try:
                row = factor_parse(piece, day)
                rows[row.code] = row
            except Refused as refusal:
                wrong.append(refusal.text)
    return list(rows.values()), wrong


def nearest_codes(code: str, day: dt.date, limit: int = CLOSE) -> list[str]:
    """Return the codes that look most like the wrong one: children of the same parent first."""
    head = code.rpartition(".")[0]

    def likeness(other: str) -> tuple[bool, float]:
        return other.rpartition(".")[0] == head, SequenceMatcher(None, code, other).ratio()

    if not CODE.fullmatch(code):
        return []
    return sorted((c for c, r in annex_on(day).items() if r.assignable), key=likeness, reverse=True)[:limit]


@cache
def _tables() -> dict[str, LawTable]:
    return {name: load_table(LAW / name) for name in ANNEX}


@cache
def _edges() -> tuple[dt.date, ...]:
    return tuple(sorted(set().union(*(_tables()[name].edges() for name in ANNEX))))


@cache
def _annex(number: int) -> Mapping[str, FactorRow]:
    """Build the rows of one interval between two edges; numbers past the ends have none."""
    if not 0 < number < len(_edges()):
        return MappingProxyType({})
    day = _edges()[number - 1]
    sections = _tables()["sections"].on(day)
    rows = sorted(_tables()["factors"].on(day).values(), key=lambda row: code_key(row.code))
    return MappingProxyType({row.code: _factor(row, sections) for row in rows})


def _factor(row: Row, sections: Mapping[str, Row]) -> FactorRow:
    cell: dict[str, Any] = row.values
    section = sections[cell["section"]]
    return FactorRow(
        code=row.code,
        title=cell["title"],
        section=section.code,
        section_title=section.values["title"],
        production=section.values["harmful"],
        parent=cell["parent"] or "",
        group=bool(cell["group"]),
        instead=cell["instead"],
        markers=cell["markers"] or "",
        substances=tuple(
            Substance(s["name"], s["names"], s["markers"], s["note"] or "") for s in cell["substances"]
        ),
        limited_to=cell["limited_to"] or "",
        confidence=cell["confidence"] or "",
        note=cell["note"] or "",
        ref=row.ref,
    )
