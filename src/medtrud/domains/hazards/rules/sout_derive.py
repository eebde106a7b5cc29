"""The class that follows from a card's measurements, beside the class the report states."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any

from medtrud.kernel.decision import Reason
from medtrud.kernel.errors import Refused

from ..types.sout import ClassedFactor, FactorMeasured, Measured
from ..types.sout_card import CardIn, Derived, ReportIn
from .sout_card import sout_class, total
from .sout_law import edition_of, ranked, worst
from .sout_measured import reading_of
from .sout_parts import Gap

Lines = dict[str, tuple[str, bool, list[dict[str, Any]]]]
NO_VALUES = "В выгрузке нет значений, которые методика сравнивает. Класс поставил эксперт."


def act_of(approved_on: dt.date) -> str:
    """Return the methodology a report approved on a day stands under."""
    return edition_of(approved_on).act


def derive(card: CardIn, report: ReportIn) -> Derived:
    """Derive the classes of a card; where the methodology gives none, the reason is said."""
    on, act = report.approved_on, report.act
    found, refused = _found(card, on, act)
    lines: Lines = {}
    for line in card.lines:
        each = found.get(line.factor)
        if each is None:
            lines[line.factor] = ("", False, [{"text": NO_VALUES}])
        else:
            lines[line.factor] = (each.sout_class, bool(_wrong(line.stated, each)), _reasons(each))
    known = tuple((each.title, each.sout_class or each.at_least) for each in found.values())
    known = tuple(each for each in known if each[1])
    least, why = _total(on, act, known, _titles(found)) if known else ("", [])
    whole = bool(card.lines) and all(code for code, *_ in lines.values())
    total_class = least if whole else ""
    said: dict[str, Any] = {"act": act, "edition": _edition(on, act), "reasons": why if whole else []}
    said["refused"] = [f"{_title(on, act, factor)}. {text}" for factor, text in refused.items()]
    said["differs"] = list(_differences(card, found, total_class, least))
    stated = tuple(
        (_title(on, act, line.factor), line.stated) for line in card.lines if line.stated in ranked()
    )
    if card.stated in ranked() and stated and len(stated) == len(card.lines):
        said["follows"], said["follows_reasons"] = _total(on, act, stated, ())
        if said["follows"] != card.stated and not said["differs"]:
            text = f"итог: в отчёте {card.stated}, из классов факторов по отчёту следует {said['follows']}"
            said["differs"].append(text)
    cautions = {reason["text"] for *_, reasons in lines.values() for reason in reasons if "act" in reason}
    said["compared"] = not any(UNCOMPARED in text for text in cautions)
    return Derived(total_class, bool(said["differs"]), said, lines)


UNCOMPARED = "не сравнена"


def _titles(found: dict[str, ClassedFactor]) -> tuple[str, ...]:
    """Return the factors already counted in the class of another (п. 46)."""
    joined = {code for each in found.values() for code in each.joined}
    return tuple(each.title for each in found.values() if each.factor in joined)


def _milder(stated: str, least: str) -> bool:
    return stated in ranked() and bool(least) and ranked().index(stated) < ranked().index(least)


def _wrong(stated: str, each: ClassedFactor) -> str:
    """Say how the stated class differs from what follows, or nothing."""
    if each.sout_class:
        return each.sout_class if stated in ranked() and stated != each.sout_class else ""
    return f"не ниже {each.at_least}" if _milder(stated, each.at_least) else ""


def _found(card: CardIn, on: dt.date, act: str) -> tuple[dict[str, ClassedFactor], dict[str, str]]:
    """Class what the card holds; a part that cannot be judged leaves its factor open."""
    read = {line.factor: reading_of(line.factor, [tree for _, tree in line.detail], line.levels)
            for line in card.lines}  # fmt: skip
    found, refused = _ruled(tuple(measured for measured, _ in read.values() if measured), on, act)
    for factor, (_, gaps) in read.items():
        if said := refused.get(factor):
            gaps = (Gap(said), *gaps)  # noqa: PLW2901 - the refusal is one more thing the card lacks
        if gaps:
            found[factor] = _open(found.get(factor), factor, gaps, on, act)
    return found, refused


def _open(
    known: ClassedFactor | None, factor: str, gaps: tuple[Gap, ...], on: dt.date, act: str
) -> ClassedFactor:
    """Leave the class of a factor open when a part of it cannot be judged; what is known stays its floor."""
    each = known or ClassedFactor(factor, _title(on, act, factor), "")
    flags = (*each.flags, *(gap.text for gap in gaps))
    if not any(gap.bars for gap in gaps):
        return replace(each, flags=flags)
    given = [gap.stated for gap in gaps if gap.stated in ranked()]
    floor = [*given, *filter(None, (each.sout_class or each.at_least,))]
    if given:
        flags += (f"Класс этой части в отчёте — {worst(given)}, класс фактора не может быть ниже.",)
    return replace(each, sout_class="", at_least=worst(floor) if floor else "", flags=flags)


def _ruled(
    ready: tuple[FactorMeasured, ...], on: dt.date, act: str
) -> tuple[dict[str, ClassedFactor], dict[str, str]]:
    """Class the factors together; when one refuses, one by one, so that the others are still known."""
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


def _differences(card: CardIn, found: dict[str, ClassedFactor], derived: str, least: str) -> Iterator[str]:
    for line in card.lines:
        each = found.get(line.factor)
        if each and (said := _wrong(line.stated, each)):
            yield f"{each.title[0].lower()}{each.title[1:]}: в отчёте {line.stated}, по измерениям {said}"
    if derived and card.stated in ranked() and derived != card.stated:
        yield f"итог: в отчёте {card.stated}, по измерениям {derived}"
    elif not derived and _milder(card.stated, least):
        yield f"итог: в отчёте {card.stated}, по измерениям не ниже {least}"


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
