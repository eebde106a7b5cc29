"""Noise, infrasound, air ultrasound and vibration: приложение № 11 к методике."""

import math
from fractions import Fraction

from medtrud.kernel.decision import Decision, Reason
from medtrud.kernel.errors import Refused
from medtrud.kernel.law import Row

from ..types.sout import ClassedFactor, Level
from .sout_check import number_of, only, unit_of, value_of
from .sout_grade import answer, grade
from .sout_law import Edition, because, exact, harmful, named, shown, step_up

NOISE = ("noise_laeq",)
AXES = {"vib_z": "vib_whole_z", "vib_x": "vib_whole_xy", "vib_y": "vib_whole_xy"}
AXIS_TITLES = {"vib_z": "ось Z", "vib_x": "ось X", "vib_y": "ось Y"}
LOUDEST = 250.0  # dB: no source on earth is louder; the value is a slip of the pen
CONVERT = "Ускорение переводит в уровень функция vib_level_db, сама по себе единица не меняется."
REFERENCE = 1e-6  # m/s2, ISO 1683: the zero of the scale, not a norm


def noise(edition: Edition, levels: tuple[Level, ...]) -> Decision[ClassedFactor]:
    """Шум: эквивалентный уровень звука за 8-часовую смену.

    П. 38: «для импульсного и тонального шума к эквивалентному уровню прибавляют 5 дБА»; добавка
    делается, только если шум назван таким и не сказано, что она уже внутри значения.
    """
    only(levels, NOISE, "Шум")
    row, graded, extra = edition.row("sout_vibroacoustic", "noise"), [], list[Reason]()
    for level in levels:
        unit = unit_of(level, "Шум, эквивалентный уровень звука", ("дБА",))
        value = value_of(level, "Шум, эквивалентный уровень звука", high=LOUDEST)
        if {"impulse", "tonal"} & set(level.marks) and "included" not in level.marks:
            more = edition.row("sout_numbers", "noise_add")
            added = exact(more.values["value"])
            kind = "импульсный" if "impulse" in level.marks else "тональный"
            text = f"Шум {kind}: к {shown(value)} дБА прибавлено {shown(added)} дБА, сравнивается"
            value += added
            extra.append(because(more, f"{text} {shown(value)} дБА"))
        graded.append(grade(row, value, unit, level))
    return answer(edition, "noise", graded, *extra)


def infrasound(edition: Edition, levels: tuple[Level, ...]) -> Decision[ClassedFactor]:
    """Инфразвук: эквивалентный общий (линейный) уровень; приложение № 11."""
    only(levels, ("infrasound_total",), "Инфразвук")
    row = edition.row("sout_vibroacoustic", "infrasound")
    title = "Инфразвук, общий уровень"
    graded = [
        grade(row, value_of(level, title, high=LOUDEST), unit_of(level, title, ("дБ Лин",)), level)
        for level in levels
    ]
    return answer(edition, "infrasound", graded)


def ultrasound(edition: Edition, levels: tuple[Level, ...]) -> Decision[ClassedFactor]:
    """Ультразвук воздушный, п. 42: превышение предельного уровня на рабочей частоте источника."""
    only(levels, ("ultrasound_excess", "ultrasound_band"), "Ультразвук воздушный")
    row = edition.row("sout_vibroacoustic", "ultrasound")
    graded, extra = [], list[Reason]()
    for level in levels:
        unit = unit_of(level, "Ультразвук", ("дБ",))
        value = value_of(level, "Ультразвук", high=LOUDEST)
        if level.indicator == "ultrasound_band":
            limit, why = _band_limit(edition, level)
            text = f"Полоса {shown(level.band or 0)} кГц: {shown(value)} дБ при ПДУ {shown(limit)} дБ"
            extra.append(because(why, text))
            value = max(value - limit, Fraction(0))
        graded.append(grade(row, value, unit, level))
    return answer(edition, "ultrasound", graded, *extra)


def _band_limit(edition: Edition, level: Level) -> tuple[Fraction, Row]:
    row = edition.row("sout_bands", "ultrasound_third")
    bands = dict(zip(row.values["bands"], row.values["limits"], strict=True))
    if level.band not in bands:
        known = ", ".join(map(shown, bands))
        came = "не указано" if level.band is None else shown(level.band)
        raise Refused(f"Ультразвук: полосы «{came}» кГц в таблице нет. Укажите в поле band одну из: {known}.")
    return exact(bands[level.band]), row


def vibration_whole(edition: Edition, levels: tuple[Level, ...]) -> Decision[ClassedFactor]:
    """Общая вибрация: корректированный уровень по каждой оси, класс — по худшей; приложение № 11."""
    only(levels, AXES, "Вибрация общая")
    graded = []
    for level in levels:
        title = f"Вибрация общая, {AXIS_TITLES[level.indicator]}"
        unit = unit_of(level, title, ("дБ",), CONVERT)
        row = edition.row("sout_vibroacoustic", AXES[level.indicator])
        graded.append(grade(row, value_of(level, title, high=LOUDEST), unit, level, title))
    return answer(edition, "vibration_whole", graded)


def vibration_local(
    edition: Edition, levels: tuple[Level, ...], cooling: str = ""
) -> Decision[ClassedFactor]:
    """Локальная вибрация: эквивалентный корректированный уровень; приложение № 11.

    П. 46: при охлаждающем микроклимате с классом 3.1 и выше класс по вибрации повышается на одну
    степень. cooling: класс охлаждающего микроклимата, "" — его нет.
    """
    only(levels, ("vib_local",), "Вибрация локальная")
    row, title = edition.row("sout_vibroacoustic", "vib_local"), "Вибрация локальная"
    graded = [
        grade(row, value_of(level, title, high=LOUDEST), unit_of(level, title, ("дБ",), CONVERT), level)
        for level in levels
    ]
    plain = answer(edition, "vibration_local", graded)
    if not cooling or not harmful(cooling):
        return plain
    raised = step_up(plain.outcome.sout_class)
    text = f"Охлаждающий микроклимат {cooling}: класс вибрации на степень выше, {named(raised)}"
    reasons = (*plain.reasons, because(edition.row("sout_combine", "vibration_local"), text))
    classed = plain.outcome
    joined = ClassedFactor(
        classed.factor, classed.title, raised, reasons, classed.lines, (), ("microclimate",)
    )
    return Decision(joined, reasons)


def vib_level_db(acceleration: float) -> float:
    """Return the level of an acceleration in m/s2: L = 20 lg (a / 10^-6), the reference of ISO 1683.

    Only when asked: a value in m/s2 given as a level is refused.
    """
    number = number_of(acceleration, "Вибрация, ускорение", "м/с²")
    if not number:
        raise Refused("Вибрация, ускорение: ноль не переводится в децибелы. Укажите положительное число.")
    return 20 * math.log10(float(number) / REFERENCE)
