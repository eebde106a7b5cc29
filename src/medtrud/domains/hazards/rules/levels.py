"""From measured values to the shift level of a factor at a workplace; what a value may be."""

import math
from collections.abc import Sequence
from dataclasses import replace

from medtrud.kernel.errors import Refused

from ..types.control import InstrumentIn, Level, ProtocolIn, ValueIn
from ..types.dose import Measure, air_categories, dose_kind, dose_norms
from .exposure_words import number

DECIBELS = {"дб", "db"}
CELSIUS = {"°c", "°с", "с", "c", "град", "град.", "ос"}
DAY_HOURS = 24.0


def unit_key(text: str) -> str:
    """Return a unit as it is compared."""
    return " ".join(text.casefold().split()).replace("²", "2").replace("³", "3").replace("^", "")


def value_checked(said: ValueIn, title: str) -> ValueIn:
    """Return a value in the unit its factor is kept in, or refuse it."""
    _numbers(said, title)
    kind = dose_kind(said.code)
    if said.category and said.category not in air_categories():
        raise Refused(
            f"Категории работ «{said.category}» нет. Укажите одну из: {', '.join(air_categories())}."
        )
    if kind.measure is Measure.CLASSES:
        return said
    key = unit_key(said.unit)
    if key not in {unit_key(unit) for unit in kind.units}:
        raise Refused(
            f"Единица «{said.unit}» не подходит: {title} измеряют в {kind.unit}. "
            "Проверьте столбец единиц или код фактора в протоколе."
        )
    if kind.measure in {Measure.LOCAL, Measure.WHOLE} and key in DECIBELS:
        return replace(
            said, value=from_decibels(said.value), unit=kind.unit, norm_max=_maybe(said.norm_max),
            uncertainty=None,
        )  # fmt: skip
    return replace(said, unit=kind.unit)


def _numbers(said: ValueIn, title: str) -> None:
    if not math.isfinite(said.value):
        raise Refused(f"{title}: значение не число. Исправьте строку протокола.")
    if said.value < 0 and unit_key(said.unit) not in CELSIUS:
        raise Refused(
            f"{title}: уровень {number(said.value, 2)} {said.unit} меньше нуля, такого не бывает. "
            "Исправьте значение в строке протокола."
        )
    if said.hours is not None and not 0 < said.hours <= DAY_HOURS:
        raise Refused(f"{title}: длительность {said.hours:g} ч не укладывается в сутки. Исправьте её.")
    if said.norm_min is not None and said.norm_max is not None and said.norm_min > said.norm_max:
        raise Refused(f"{title}: нижняя граница нормы больше верхней. Поменяйте их местами.")


def from_decibels(level: float) -> float:
    """Return acceleration from its level: a = a0·10^(L/20)."""
    return float(dose_norms()["vibration_reference"].value * 10 ** (level / 20))


def _maybe(level: float | None) -> float | None:
    return None if level is None else from_decibels(level)


def level_of(values: Sequence[ValueIn]) -> Level:
    """Return the level of a shift from the checked values of one workplace and factor.

    With durations: noise LEX,8h = 10·lg Σ (T/8)·10^(0,1·L); vibration A(8) = √(Σ a²·T / 8); dust and the
    others the mean weighted by time. Without durations a value is the level of the shift, of several the
    worst counts.
    """
    first = values[0]
    kind = dose_kind(first.code)
    timed = [(each.value, each.hours) for each in values if each.hours is not None]
    if len(timed) == len(values):
        value, step = _timed(kind.measure, timed)
    else:
        value = max(each.value for each in values)
        step = f"уровень за смену {number(value, 2)} {first.unit}"
        if len(values) > 1:
            step = f"точек без длительности: {len(values)}; взято наибольшее, {number(value, 2)} {first.unit}"
    norm_min = max((each.norm_min for each in values if each.norm_min is not None), default=None)
    norm_max = min((each.norm_max for each in values if each.norm_max is not None), default=None)
    if norm_max is None and kind.measure is Measure.NOISE:
        norm_max = dose_norms()["noise_limit"].value
    over = norm_max is not None and round(value, 9) > norm_max
    under = norm_min is not None and min(each.value for each in values) < norm_min
    return Level(
        value, first.unit, norm_min, norm_max,
        max((each.uncertainty for each in values if each.uncertainty is not None), default=None),
        next((each.category for each in values if each.category), ""),
        next((each.shifts for each in values if each.shifts), None),
        over or under, (step,),
    )  # fmt: skip


def _timed(measure: Measure, timed: Sequence[tuple[float, float]]) -> tuple[float, str]:
    shift = dose_norms()["shift_hours"].value
    if measure is Measure.NOISE:
        value = 10 * math.log10(sum(hours / shift * 10 ** (0.1 * level) for level, hours in timed))
        told = " + ".join(f"({number(h, 2)}/8)·10^(0,1·{number(level, 1)})" for level, h in timed)
        return value, f"LEX,8h = 10·lg({told}) = {number(value, 2)} дБА"
    if measure in {Measure.LOCAL, Measure.WHOLE}:
        value = math.sqrt(sum(level**2 * hours for level, hours in timed) / shift)
        told = " + ".join(f"{number(level, 2)}²·{number(h, 2)}" for level, h in timed)
        return value, f"A(8) = √(({told}) / 8) = {number(value, 3)} м/с²"
    whole = sum(hours for _, hours in timed)
    value = sum(level * hours for level, hours in timed) / whole
    told = " + ".join(f"{number(level, 3)}·{number(h, 2)}" for level, h in timed)
    return value, f"среднее за смену = ({told}) / {number(whole, 2)} = {number(value, 3)}"


def flaw_of(protocol: ProtocolIn) -> str:
    """Say why a protocol does not count: the verification of an instrument had ended before the day."""
    expired = [each for each in protocol.instruments if _expired(each, protocol)]
    return " ".join(
        f"Поверка прибора «{each.title}»{f' № {each.serial}' if each.serial else ''} закончилась "
        f"{each.verified_until:%d.%m.%Y}, измерено {protocol.measured_on:%d.%m.%Y}."
        for each in expired
    )


def _expired(instrument: InstrumentIn, protocol: ProtocolIn) -> bool:
    return instrument.verified_until is not None and instrument.verified_until < protocol.measured_on
