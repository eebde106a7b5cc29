"""The class that follows from a card's measurements, beside the class the report states."""

import datetime as dt
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from medtrud.kernel.decision import Reason
from medtrud.kernel.errors import Refused

from ..types.exposure import classes
from ..types.sout import ClassedFactor, FactorMeasured, Measured
from ..types.sout_card import CardIn, Derived, ReportIn
from .sout_card import sout_class, total
from .sout_law import edition_of
from .sout_measured import measured_of

Lines = dict[str, tuple[str, bool, list[dict[str, Any]]]]
NO_VALUES = "В выгрузке нет значений, которые методика сравнивает. Класс поставил эксперт."


def act_of(approved_on: dt.date) -> str:
    """Return the methodology a report approved on a day stands under."""
    return edition_of(approved_on).act


def derive(card: CardIn, report: ReportIn) -> Derived:
    """Derive the classes of a card; where the methodology gives none, the reason is said."""
    on, act = report.approved_on, report.act
    known = classes()
    found, refused = _found(card, on, act)
    lines: Lines = {}
    for line in card.lines:
        each = found.get(line.factor)
        if each is None:
            lines[line.factor] = ("", False, [{"text": refused.get(line.factor, NO_VALUES)}])
            continue
        reasons = _reasons(each)
        differs = bool(each.sout_class) and line.stated in known and each.sout_class != line.stated
        lines[line.factor] = (each.sout_class, differs, reasons)
    classed = {each.title: each.sout_class for each in found.values() if each.sout_class}
    said: dict[str, Any] = {"act": act, "edition": _edition(on, act), "reasons": []}
    total_class = ""
    if card.lines and len(classed) == len(card.lines):
        joined = {code for each in found.values() for code in each.joined}
        titles = tuple(each.title for each in found.values() if each.factor in joined)
        total_class, said["reasons"] = _total(on, act, tuple(classed.items()), titles)
    said["differs"] = list(_differences(card, lines, found, total_class))
    stated = tuple((_title(on, act, line.factor), line.stated) for line in card.lines if line.stated in known)
    if card.stated in known and stated and len(stated) == len(card.lines):
        said["follows"], said["follows_reasons"] = _total(on, act, stated, ())
        if said["follows"] != card.stated and not said["differs"]:
            text = f"итог: в отчёте {card.stated}, из классов факторов по отчёту следует {said['follows']}"
            said["differs"].append(text)
    cautions = {reason["text"] for *_, reasons in lines.values() for reason in reasons if "act" in reason}
    said["compared"] = not any(UNCOMPARED in text for text in cautions)
    return Derived(total_class, bool(said["differs"]), said, lines)


UNCOMPARED = "не сравнена"


def _found(card: CardIn, on: dt.date, act: str) -> tuple[dict[str, ClassedFactor], dict[str, str]]:
    """Class the factors together; when one refuses, one by one, so that the others are still known."""
    measured = {line.factor: measured_of(line.factor, [tree for _, tree in line.detail], line.levels)
                for line in card.lines}  # fmt: skip
    ready = tuple(each for each in measured.values() if each is not None)
    if any(each.factor == JOINED for each in ready):
        try:
            answer = sout_class(Measured(ready), on=on, act=act).outcome
            return {each.factor: each for each in answer.factors}, {}
        except Refused:
            pass
    found: dict[str, ClassedFactor] = {}
    refused: dict[str, str] = {}
    for one in ready:
        classed = _classed(one, on, act)
        if isinstance(classed, str):
            refused[one.factor] = classed
        else:
            found[one.factor] = classed
    return found, refused


JOINED = "vibration_local"  # its class depends on the microclimate beside it, п. 46; others stand alone


@lru_cache(maxsize=16_384)
def _classed(one: FactorMeasured, on: dt.date, act: str) -> ClassedFactor | str:
    """Class one factor, or say why the rules refuse; a report repeats the same values at many places."""
    try:
        return sout_class(Measured((one,)), on=on, act=act).outcome.factors[0]
    except Refused as refusal:
        return f"Класс не выведен. {refusal.text}"


@lru_cache(maxsize=16_384)
def _reasons(each: ClassedFactor) -> list[dict[str, Any]]:
    return [_reason(reason) for reason in each.reasons] + [{"text": flag} for flag in each.flags]


def _differences(card: CardIn, lines: Lines, found: dict[str, ClassedFactor], derived: str) -> Iterator[str]:
    for line in card.lines:
        class_found, differs, _ = lines[line.factor]
        if differs:
            title = found[line.factor].title
            yield f"{title[0].lower()}{title[1:]}: в отчёте {line.stated}, по измерениям {class_found}"
    if derived and card.stated in classes() and derived != card.stated:
        yield f"итог: в отчёте {card.stated}, по измерениям {derived}"


@lru_cache(maxsize=4096)
def _total(
    on: dt.date, act: str, classed: tuple[tuple[str, str], ...], joined: tuple[str, ...]
) -> tuple[str, list[dict[str, Any]]]:
    """Итоговый класс по классам факторов, п. 93."""
    answer = total(edition_of(on, act), dict(classed), joined)
    return answer.outcome, [_reason(reason) for reason in answer.reasons]


@lru_cache(maxsize=64)
def _edition(on: dt.date, act: str) -> str:
    return edition_of(on, act).name


@lru_cache(maxsize=64)
def _title(on: dt.date, act: str, factor: str) -> str:
    row = edition_of(on, act).factors().get(factor)
    return row.title if row else factor


def _reason(reason: Reason) -> dict[str, Any]:
    ref = reason.ref
    return {
        "text": reason.text, "act": ref.act, "point": ref.point, "table": ref.table, "row": ref.row,
        "since": ref.since.isoformat(),
    }  # fmt: skip
