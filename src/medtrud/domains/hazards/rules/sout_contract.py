"""`medtrud sout-class`: questions as JSON, answers as JSON; docs/sout-class.md is its description."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from medtrud.kernel.decision import Decision, Reason
from medtrud.kernel.errors import Refusal, Refused
from medtrud.kernel.text import sort_key

from ..types.sout import CardClass, ClassedFactor, FactorMeasured, Level, Lowering, Measured
from .sout_card import sout_class
from .sout_check import number_of, told
from .sout_elements import element
from .sout_law import Edition, edition_of

DEFAULT = {
    "noise": "noise_laeq",
    "infrasound": "infrasound_total",
    "vibration_local": "vib_local",
    "light": "illuminance",
    "dust": "dust_ss",
    "biological": "bio_producer",
}
MARKS = ("impulse", "tonal", "included", "fibre", "group_a", "others")
ALIASES = {
    "level": "value",
    "substance": "subject",
    "name": "subject",
    "zone": "place",
    "effects": "features",
}
LISTS = ("features", "sums", "marks")
TEXTS = ("indicator", "unit", "norm_kind", "subject", "code", "place", "category", "sex")
NUMBERS = ("value", "norm", "hours", "share", "band", "shifts", "shifts_year")
KNOWN = tuple(field.name for field in fields(Level))
CARD = ("on", "act", "factors", "shift_hours", "category", "sex", "ppe", "id")
LOWERING = ("steps", "conclusion", "agreed")
SEXES = {"m": "male", "f": "female", "м": "male", "ж": "female"}


def sout_answers(raw: Any, today: dt.date) -> Any:
    """Answer one object or a list of them; a refusal is an object with the key error."""
    if isinstance(raw, list):
        return [_safe(each, today) for each in raw]
    return _safe(raw, today)


def _safe(raw: Any, today: dt.date) -> dict[str, Any]:
    named = {"id": raw["id"]} if isinstance(raw, dict) and "id" in raw else {}
    try:
        return named | _answer(raw, today)
    except Refusal as refusal:
        return named | {"error": str(refusal)}


def _answer(raw: Any, today: dt.date) -> dict[str, Any]:
    if not isinstance(raw, dict):
        raise Refused("Запрос — не объект. Нужен объект с полем factors или с полями rule и args.")
    on, act = _day(raw.get("on"), today), _text(raw.get("act", ""), "act")
    if "rule" in raw:
        (found, reasons), edition = element(raw, on, act)
        return {"class": found, "reasons": _reasons(reasons), "act": edition.act, "edition": edition.name}
    measured = measured_of(raw, edition_of(on, act))
    return {"on": on.isoformat()} | card_json(sout_class(measured, on=on, act=act))


def card_json(decision: Decision[CardClass]) -> dict[str, Any]:
    """Return the classes of a card as the contract has them."""
    card = decision.outcome
    answer: dict[str, Any] = {
        "factors": {each.factor: factor_json(each) for each in card.factors},
        "total": card.total or None,
        "at_least": card.at_least or None,
        "reasons": _reasons(decision.reasons),
        "act": card.act,
        "edition": card.edition,
        "flags": list(card.flags),
    }
    return answer | ({"total_ppe": card.total_ppe} if card.total_ppe else {})


def factor_json(each: ClassedFactor) -> dict[str, Any]:
    """Return the class of one factor as the contract has it."""
    answer: dict[str, Any] = {
        "title": each.title,
        "class": each.sout_class or None,
        "reasons": _reasons(each.reasons),
        "lines": [{field.name: getattr(line, field.name) for field in fields(line)} for line in each.lines],
        "flags": list(each.flags),
    }
    if not each.sout_class:
        answer["at_least"] = each.at_least or None
    return answer | ({"class_ppe": each.ppe_class} if each.ppe_class else {})


def _reasons(reasons: tuple[Reason, ...]) -> list[dict[str, str]]:
    return [
        {"text": r.text, "act": r.ref.act, "point": r.ref.point, "table": r.ref.table, "row": r.ref.row}
        for r in reasons
    ]


def measured_of(raw: Mapping[str, Any], edition: Edition) -> Measured:
    """Read the measurements of one workplace strictly."""
    _only(raw, CARD, "Запрос")
    factors = raw.get("factors")
    if not isinstance(factors, dict) or not factors:
        raise Refused('Запрос: нет поля factors с измерениями. Нужно {"factors": {"noise": {…}}}.')
    shared = {key: raw[key] for key in ("category", "sex") if key in raw}
    parts = tuple(
        FactorMeasured(code, _levels(code, own, shared))
        for code, own in ((_factor(name, edition), own) for name, own in factors.items())
    )
    shift = raw.get("shift_hours")
    if shift is not None:
        number_of(shift, "shift_hours, длительность смены", "ч", high=24)
    return Measured(parts, shift, _lowered(raw.get("ppe"), edition))


def _factor(name: str, edition: Edition) -> str:
    """Return the code of a factor named by its code, number or title."""
    known = edition.factors()
    titles = {sort_key(row.title): code for code, row in known.items()}
    numbers = {str(row.number): code for code, row in known.items()}
    code = name if name in known else numbers.get(name.strip()) or titles.get(sort_key(name))
    if code is None:
        near = ", ".join(f"{each} ({row.title})" for each, row in known.items())
        raise Refused(f"Фактора «{name}» в карте нет. Укажите один из: {near}.")
    return code


def _levels(factor: str, own: Any, shared: Mapping[str, Any]) -> tuple[Level, ...]:
    values = own if isinstance(own, list) else [own]
    return tuple(_level(factor, value, shared) for value in values)


def _level(factor: str, raw: Any, shared: Mapping[str, Any]) -> Level:
    if not isinstance(raw, dict):
        raise Refused(
            f'Фактор «{factor}»: «{told(raw)}» — не объект. Нужно {{"indicator": …, "value": …, "unit": …}}.'
        )
    cells: dict[str, Any] = {ALIASES.get(str(key), str(key)): value for key, value in raw.items()}
    marks = [
        *_texts(cells.pop("marks", []), "marks"),
        *(mark for mark in MARKS if _flag(cells.pop(mark, False), mark)),
    ]
    _only(cells, KNOWN, f"Фактор «{factor}»")
    facts: dict[str, Any] = {**shared, **cells, "marks": tuple(marks)}
    facts.setdefault("indicator", DEFAULT.get(factor, ""))
    for key in TEXTS:
        facts[key] = _text(facts.get(key, ""), f"{factor}, {key}")
    for key in LISTS:
        facts[key] = tuple(_texts(facts.get(key, []), f"{factor}, {key}"))
    for key in NUMBERS:
        _number(facts.get(key), f"{factor}, {key}")
    facts["sex"] = SEXES.get(facts["sex"], facts["sex"])
    if facts["sex"] not in ("", *SEXES.values()):
        raise Refused(f"{factor}, sex: «{facts['sex']}» — не пол. Укажите male или female.")
    return Level(**facts)


def _lowered(raw: Any, edition: Edition) -> tuple[Lowering, ...]:
    if raw is None:
        return ()
    if not isinstance(raw, dict):
        raise Refused('ppe — не объект. Нужно {"noise": {"steps": 1, "conclusion": true}}.')
    found = []
    for name, each in raw.items():
        cells = each if isinstance(each, dict) else {}
        _only(cells, LOWERING, f"СИЗ, «{name}»")
        steps = cells.get("steps", 1)
        if isinstance(steps, bool) or not isinstance(steps, int):
            raise Refused(f"СИЗ, «{name}»: steps «{told(steps)}» — не целое число. Укажите число степеней.")
        flags = [_flag(cells.get(key, False), key) for key in LOWERING[1:]]
        found.append(Lowering(_factor(name, edition), steps, *flags))
    return tuple(found)


def _only(raw: Mapping[str, Any], known: tuple[str, ...], title: str) -> None:
    if unknown := [key for key in raw if key not in known]:
        raise Refused(f"{title}: поля «{unknown[0]}» нет. Есть: {', '.join(known)}.")


def _day(raw: Any, today: dt.date) -> dt.date:
    if raw is None:
        return today
    try:
        return dt.date.fromisoformat(raw)
    except (TypeError, ValueError) as error:
        raise Refused(
            f"on: «{told(raw)}» — не дата. Укажите день утверждения отчёта как 2026-03-01."
        ) from error


def _text(raw: Any, title: str) -> str:
    if isinstance(raw, int) and not isinstance(raw, bool):
        return str(raw)
    if not isinstance(raw, str):
        raise Refused(f"{title}: «{told(raw)}» — не текст. Возьмите значение в кавычки.")
    return raw.strip()


def _texts(raw: Any, title: str) -> list[str]:
    if isinstance(raw, str):
        return [raw]
    if not isinstance(raw, list | tuple):
        raise Refused(f"{title}: «{told(raw)}» — не список. Укажите список слов.")
    return [_text(each, title) for each in raw]


def _number(raw: Any, title: str) -> None:
    if raw is not None and (isinstance(raw, bool) or not isinstance(raw, int | float)):
        raise Refused(f"{title}: «{told(raw)}» — не число. Уберите кавычки и единицы.")


def _flag(raw: Any, title: str) -> bool:
    if not isinstance(raw, bool):
        raise Refused(f"{title}: «{told(raw)}» — не да и не нет. Укажите true или false.")
    return raw
