"""Reading measured values strictly: a refusal names the field, what came and what is expected."""

import json
import math
from collections.abc import Collection
from fractions import Fraction

from medtrud.kernel.errors import Refused

from ..types.sout import Level
from .sout_law import Edition, exact, shown

SHOWN = 80
MOST = 1e12  # no measured quantity of the methodology comes near it
UNIT_WORDS = {"дба": "дБА", "дб": "дБ", "db": "дБ", "dba": "дБА", "дбл": "дБ Лин", "дблин": "дБ Лин"}


def value_of(level: Level, title: str, *, low: float | None = 0, high: float | None = None) -> Fraction:
    """Return the measured value as a number within its range."""
    return number_of(level.value, title, level.unit, low=low, high=high)


def number_of(
    raw: object, title: str, unit: str = "", *, low: float | None = 0, high: float | None = None
) -> Fraction:
    """Return a number, or refuse with the name of the field."""
    if isinstance(raw, Fraction):
        return raw
    if raw is None:
        raise Refused(f"{title}: значение не указано. Укажите число{f', {unit}' if unit else ''}.")
    if isinstance(raw, bool) or not isinstance(raw, int | float) or not math.isfinite(raw):
        raise Refused(f"{title}: «{told(raw)}» — не число. Укажите число{f', {unit}' if unit else ''}.")
    high = MOST if high is None else high
    if low is not None and raw < low:
        raise Refused(f"{title}: {shown(raw)} меньше {shown(low)}, так не бывает. Проверьте значение и знак.")
    if abs(raw) > high:
        raise Refused(f"{title}: {shown(raw)} больше {shown(high)}, так не бывает. Проверьте значение.")
    return exact(raw)


def told(raw: object) -> str:
    """Return what came as it stood in the request, shortened."""
    text = raw if isinstance(raw, str) else json.dumps(raw, ensure_ascii=False, default=str)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def norm_of(level: Level, title: str) -> Fraction:
    """Return the limit to compare with."""
    if level.norm is None:
        raise Refused(
            f"{title}: не указан норматив (ПДК или ПДУ), с которым сравнить {shown_value(level)}. "
            "Укажите его в поле norm по действующим санитарным правилам."
        )
    norm = number_of(level.norm, f"{title}, норматив", level.unit)
    if not norm:
        raise Refused(f"{title}: норматив равен нулю. Укажите положительное число.")
    return norm


def unit_of(level: Level, title: str, expected: Collection[str], hint: str = "") -> str:
    """Return the unit, or refuse another one: levels in dB and accelerations are different things."""
    unit = clean_unit(level.unit)
    if unit not in expected:
        came = f"единица «{level.unit}»" if level.unit else "единица не указана"
        raise Refused(f"{title}: {came}, нужна {' или '.join(expected)}.{f' {hint}' if hint else ''}")
    return unit


def clean_unit(text: str) -> str:
    """Return a unit in the usual writing."""
    bare = text.strip()
    return UNIT_WORDS.get(bare.casefold().replace(" ", "").replace(".", ""), bare)


def shown_value(level: Level) -> str:
    """Return the value with its unit."""
    return "значение" if level.value is None else f"{shown(level.value)} {level.unit}".strip()


def of_row(edition: Edition, table: str, code: str, title: str) -> str:
    """Return the code if the table has it, or refuse with the list."""
    known = edition.rows(table)
    if code not in known:
        came = f"«{told(code)}» нет в таблице" if code else "не указано"
        raise Refused(f"{title}: {came}. Укажите одно из: {', '.join(known)}.")
    return code


def only(levels: tuple[Level, ...], known: Collection[str], title: str) -> None:
    """Refuse an indicator the factor does not have, and a factor without values."""
    if not levels:
        raise Refused(f"{title}: нет ни одного значения. Укажите измерения или уберите фактор.")
    for level in levels:
        if level.indicator not in known:
            raise Refused(
                f"{title}: показателя «{level.indicator}» нет. Укажите один из: {', '.join(known)}."
            )
