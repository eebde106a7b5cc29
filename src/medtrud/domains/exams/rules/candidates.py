"""Diagnoses against the items of приложение № 2: candidates for the commission, never a decision."""

import datetime as dt
import re
from collections.abc import Iterable
from functools import cache

from medtrud.kernel.errors import Refused

from ..types import Candidate, ContraItem, Facts, Why
from .law import tables_on
from .programme import programme

ICD = re.compile(r"[A-Z]\d\d(\.\d{1,2})?")
LOOKALIKE = str.maketrans("АВСЕНКМОРТХ", "ABCEHKMOPTX")


def candidates(facts: Facts, icd10: Iterable[str], on: dt.date) -> list[Candidate]:
    """Найти строки приложения № 2, которым может отвечать диагноз.

    Приказ № 29н, приложение № 2: код болезни сам ничего не решает, нужны степень, стадия, частота;
    решает врачебная комиссия, в названных строках — с учётом заключения специалиста.
    """
    items = programme(facts, on).outcome.contraindications
    found = []
    for code in map(icd_clean, icd10):
        for item in items:
            span = icd_span(item, code, on)
            if span is not None:
                found.append(_candidate(item, code, span))
    return found


def _candidate(item: ContraItem, code: str, span: tuple[str, str]) -> Candidate:
    extra: tuple[str, ...] = ()
    if code < span[0]:
        extra = (f"Уточните код болезни: запись {code} шире диапазона {span[0]}–{span[1]}.",)
    decision = "врачебная комиссия"
    if item.decided_with:
        decision += f" с учётом заключения: {item.decided_with}"
    text = f"Код {code} входит в диапазон {span[0]}–{span[1]} строки {item.item}"
    own = item.reasons[0]
    why = Why(text, own.ref, rule="icd10", note="код болезни сам по себе не является противопоказанием")
    return Candidate(item, code, extra + item.questions, decision, (why, *item.reasons))


def icd_clean(text: str) -> str:
    """Return the code in Latin letters, or refuse it."""
    code = text.strip().upper().translate(LOOKALIKE).rstrip("*+†")
    if not ICD.fullmatch(code):
        raise Refused(f"«{text}» не похоже на код МКБ-10. Укажите код вида H90.3.")
    return code


def icd_span(item: ContraItem, code: str, on: dt.date) -> tuple[str, str] | None:
    """Return the range of the item that holds the code; a coarser record meets its finer range too."""
    cell = tables_on(on)["contraindications"][item.item].values
    for first, last in icd_ranges(cell["icd10_read"] or cell["icd10"]):
        if first[0] == code[0] and (
            (code >= first and (code <= last or code.startswith(last))) or first.startswith(f"{code}.")
        ):
            return first, last
    return None


@cache
def icd_ranges(text: str) -> tuple[tuple[str, str], ...]:
    """Read "C00 - C97; D00 - D09" into ranges; a range never crosses a letter."""
    found = []
    for token in re.split(r"[,;]\s*", text):
        first, _, last = token.partition(" - ")
        found.append((first.strip(), (last or first).strip()))
    return tuple(found)
