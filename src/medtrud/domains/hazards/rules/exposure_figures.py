"""From the stretches of one factor to its figures, each with its formula, its steps and its source."""

import math
from collections.abc import Callable, Sequence

from ..types.dose import (
    TOTAL,
    DoseKind,
    FactorExposure,
    Figure,
    Measure,
    Norm,
    Stretch,
    Sums,
    dose_kind,
    dose_norms,
)
from ..types.exposure import classes
from .exposure_sums import energy, protected_value, rates_of, sums
from .exposure_words import basis_of, days, gaps, number, parallels, span

CAREER = "среднее за стаж взвешено по дням; применение к стажу подтверждает врач-профпатолог"


def factor_exposure(code: str, title: str, stretches: Sequence[Stretch]) -> FactorExposure:
    """Count everything about one factor of one person."""
    kind = dose_kind(code)
    rows = sorted(stretches, key=lambda each: (each.since, each.job))
    total = sums(kind.measure, rows)
    figures = tuple(_figures(code, kind, rows, total))

    def complete(each: Stretch) -> bool:
        return rates_of(kind.measure, each).complete

    return FactorExposure(
        code, title, kind, tuple(rows), total, figures,
        tuple(gaps(kind.measure, rows, complete)), tuple(parallels(rows)),
    )  # fmt: skip


def _figures(code: str, kind: DoseKind, rows: Sequence[Stretch], total: Sums) -> list[Figure]:
    made = {
        Measure.NOISE: _noise,
        Measure.LOCAL: _vibration,
        Measure.WHOLE: _vibration,
        Measure.DUST: _dust,
    }.get(kind.measure)
    figures = made(kind, rows, total) if made and total.measured else []
    harmful = _harmful(code, kind.measure, rows, total)
    by_class = _by_class(rows, total)
    if code == TOTAL or kind.measure is Measure.CLASSES:
        return [harmful, by_class] if code == TOTAL else [by_class, harmful]
    if not figures:
        figures = [Figure("level", f"{kind.title}: уровень", None, kind.unit, 1, "", (), "", "нет измерений")]
    return [*figures, by_class, harmful]


def years_of(count: float) -> float:
    """Return days as years."""
    return count / dose_norms()["year_days"].value


def noise_level(dose: float, measured: int) -> float:
    """Return the energy mean: 10·lg(Σ t·10^(0,1·L) / Σ t)."""
    return 10 * math.log10(dose / measured)


def vibration_level(dose: float, measured: int) -> float:
    """Return the energy mean: √(Σ A²·t / Σ t)."""
    return math.sqrt(dose / measured)


def _noise(kind: DoseKind, rows: Sequence[Stretch], total: Sums) -> list[Figure]:
    norms = dose_norms()
    limit, rate, year = norms["noise_limit"], norms["noise_exchange"], norms["year_days"]
    level = noise_level(total.dose, total.measured)
    formula = "LEX,8h за стаж = 10·lg(Σ t·10^(0,1·L) / Σ t)"

    def lines(dose: float, *, worn: bool) -> tuple[str, ...]:
        def line(each: Stretch, value: float) -> str:
            part = number(each.days * energy(value), 0)
            return f"{days(each.days)} × 10^(0,1·{number(value, 1)}) = {part}"

        mean = noise_level(dose, total.measured)
        last = (
            f"Σ t = {days(total.measured)}; Σ t·10^(0,1·L) = {number(dose, 0)}; "
            f"10·lg({number(dose / total.measured, 0)}) = {number(mean, 2)} дБА"
        )
        return (*_lines(kind.measure, rows, line, worn=worn), last)

    equal = years_of(total.other)
    figures = [
        Figure(
            "level", "Средний уровень за стаж, LEX,8h", level, "дБА", 1, formula,
            lines(total.dose, worn=False),
            kind.source, CAREER, _tone(level, limit.value),
        ),
        Figure(
            "equal_years", f"Лет при {limit.value:g} дБА с той же энергией", equal, "лет", 1,
            f"Σ t·2^((L - {limit.value:g}) / {rate.value:g}) / {number(year.value, 2)}",
            (f"{number(total.other, 1)} дн. / {number(year.value, 2)} = {number(equal, 2)} лет",),
            basis_of(limit, rate), CAREER,
        ),
        _measured(total),
    ]  # fmt: skip
    if total.dose_protected != total.dose:
        worn = noise_level(total.dose_protected, total.measured)
        figures.append(
            Figure(
                "level_protected", "С защитой органа слуха", worn, "дБА", 1,
                f"{formula}, L за вычетом ослабления СИЗ", lines(total.dose_protected, worn=True),
                kind.source,
                "если СИЗ носят всю смену",
            )
        )  # fmt: skip
    return figures


def _vibration(kind: DoseKind, rows: Sequence[Stretch], total: Sums) -> list[Figure]:
    norms = dose_norms()
    local = kind.measure is Measure.LOCAL
    action, limit = (
        norms[f"{'local' if local else 'whole'}_action"], norms[f"{'local' if local else 'whole'}_limit"],
    )  # fmt: skip
    level = vibration_level(total.dose, total.measured)
    formula = "A(8) за стаж = √(Σ A²·t / Σ t)"

    def line(each: Stretch, value: float) -> str:
        return f"{days(each.days)} × {number(value, 2)}² = {number(each.days * value**2, 2)}"

    last = f"√({number(total.dose, 2)} / {number(total.measured, 0)}) = {number(level, 3)} м/с²"
    dose = years_of(total.dose)
    figures = [
        Figure(
            "level", "Средняя вибрация за стаж, A(8)", level, kind.unit, 2, formula,
            (*_lines(kind.measure, rows, line, worn=False), last),
            f"{kind.source}; {basis_of(action, limit)}", CAREER, _tone(level, action.value),
        ),
        Figure(
            "dose", "Доза за стаж", dose, "(м/с²)²·лет", 1, "Σ A²·t, t в годах",
            (f"{number(total.dose, 2)} / {number(norms['year_days'].value, 2)} = {number(dose, 2)}",),
            kind.source, CAREER,
        ),
        _measured(total),
    ]  # fmt: skip
    if local:
        figures.append(_white_fingers(level, total))
    if total.dose_protected != total.dose:
        worn = vibration_level(total.dose_protected, total.measured)
        figures.append(
            Figure(
                "level_protected", "С защитой от вибрации", worn, kind.unit, 2,
                f"{formula}, A делится на коэффициент защиты",
                _lines(kind.measure, rows, line, worn=True), kind.source, "если СИЗ носят всю смену",
            )
        )  # fmt: skip
    return figures


def _white_fingers(level: float, total: Sums) -> Figure:
    norms = dose_norms()
    factor, power = norms["dy_factor"], norms["dy_power"]
    years, served = factor.value * level**power.value, years_of(total.measured)
    outside = not norms["dy_from"].value <= years <= norms["dy_to"].value
    return Figure(
        "white_finger_years", "Через сколько лет белеют пальцы у 10 из 100 (Dy)", years, "лет", 1,
        f"{number_of_plain(factor)}·A(8)^({number_of_plain(power)})",
        (
            f"{number_of_plain(factor)} × {number(level, 3)}^({number_of_plain(power)}) = {number(years, 2)}",
            f"измеренный стаж {number(served, 2)} лет",
        ),
        basis_of(factor, power),
        f"оценка для группы, не прогноз для человека; средняя за стаж подставлена в формулу - "
        f"распространение формулы{'; вне проверенной области 1-25 лет' if outside else ''}",
        "warn" if served > years else "",
    )  # fmt: skip


def number_of_plain(norm: Norm) -> str:
    """Write the number of a norm alone."""
    return f"{norm.value:g}".replace(".", ",")


def _dust(kind: DoseKind, rows: Sequence[Stretch], total: Sums) -> list[Figure]:
    norms = dose_norms()
    years, year = norms["dust_years"], norms["year_days"]
    done = [each for each in rows if rates_of(kind.measure, each).complete]
    now = done[-1]
    level, norm, air, shifts = now.value or 0.0, now.norm or 0.0, now.air or 0.0, now.shifts or 0
    allowed = norm * shifts * years.value * air
    permitted = years.value * norm / level
    spent = level * shifts * air
    left = (allowed - total.dose) / spent
    told = f"K {number(level, 2)} мг/м³, N {shifts}, Q {number(air, 0)} м³, ПДК {number(norm, 2)} мг/м³"

    def line(each: Stretch, value: float) -> str:
        part = each.days * value * (each.air or 0) * (each.shifts or 0) / year.value
        return (
            f"{number(value, 2)} × {each.shifts} × {days(each.days)} / {number(year.value, 2)} × "
            f"{number(each.air or 0, 0)} = {number(part, 1)} мг"
        )

    source = f"{kind.source}; {basis_of(years)}"
    ratio = total.dose / total.other
    figures = [
        Figure(
            "load", "Пылевая нагрузка, ПН", total.dose, "мг", 0, "ПН = Σ K·N·T·Q",
            (*_lines(kind.measure, rows, line, worn=False), f"Σ = {number(total.dose, 1)} мг"), source,
            "дни без работы уменьшают число смен точно по дням", _tone(total.dose, allowed),
        ),
        Figure(
            "control", "Контрольная нагрузка за то же время, КПН", total.other, "мг", 0, "КПН = Σ ПДК·N·T·Q",
            (), source,
        ),
        Figure(
            "ratio", "ПН / КПН", ratio, "раз", 2, "ПН / КПН",
            (f"{number(total.dose, 1)} / {number(total.other, 1)} = {number(ratio, 3)}",), source,
            "класс по СОУТ считается иначе, за год: это число его не заменяет", _tone(ratio, 1),
        ),
        Figure(
            "control25", "Контрольная нагрузка за 25 лет, КПН25", allowed, "мг", 0, "КПН25 = ПДК·N·25·Q",
            (f"{number(norm, 2)} × {shifts} × {years.value:g} × {number(air, 0)} = {number(allowed, 0)} мг",),
            source, f"по последнему периоду: {told}",
        ),
        Figure(
            "permitted_years", "Допустимый стаж в нынешних условиях, T1", permitted, "лет", 1,
            "T1 = КПН25 / (K·N·Q) = 25·ПДК / K",
            (f"{years.value:g} × {number(norm, 2)} / {number(level, 2)} = {number(permitted, 2)} лет",),
            source,
        ),
        Figure(
            "years_left", "Осталось лет до контрольной нагрузки", left, "лет", 1,
            "(КПН25 - ПН) / (K·N·Q)",
            (f"({number(allowed, 0)} - {number(total.dose, 1)}) / {number(spent, 1)} = {number(left, 2)}",),
            source, "расширение продукта: при нынешних условиях и прежней нагрузке",
            "bad" if left <= 0 else "",
        ),
        _measured(total),
    ]  # fmt: skip
    if total.dose_protected != total.dose:
        figures.append(
            Figure(
                "load_protected", "ПН с защитой органов дыхания", total.dose_protected, "мг", 0,
                "ПН = Σ K·N·T·Q, K делится на коэффициент защиты",
                _lines(kind.measure, rows, line, worn=True), source, "если СИЗ носят всю смену",
            )
        )  # fmt: skip
    return figures


def _lines(
    measure: Measure, rows: Sequence[Stretch], line: Callable[[Stretch, float], str], *, worn: bool
) -> tuple[str, ...]:
    """Write the arithmetic of every stretch that counts."""
    found = []
    for each in rows:
        if each.value is None or not each.days or not rates_of(measure, each).complete:
            continue
        value = protected_value(measure, each.value, each.reduction) if worn else each.value
        found.append(f"{span(each.since, each.until)}: {line(each, value)}")
    return tuple(found)


def _measured(total: Sums) -> Figure:
    years = years_of(total.measured)
    return Figure(
        "measured_years", "Стаж, подтверждённый измерениями", years, "лет", 1, "Σ t",
        (f"{days(total.measured)} / {number(dose_norms()['year_days'].value, 2)} = {number(years, 2)} лет",),
        basis_of(dose_norms()["year_days"]),
    )  # fmt: skip


def _harmful(code: str, measure: Measure, rows: Sequence[Stretch], total: Sums) -> Figure:
    years = years_of(total.harmful)
    steps = [
        f"{span(each.since, each.until)}: {days(each.days)}"
        f"{f' (нерабочее время {days(each.off)} вычтено)' if each.off else ''}"
        for each in rows
        if each.days + each.off and rates_of(measure, each).harmful
    ]
    title = "Стаж во вредных условиях" if code == TOTAL else "Стаж во вредных условиях по фактору"
    return Figure(
        "harmful_days", title, total.harmful, "дней", 0,
        "дни на рабочих местах класса 3.1 и выше; без класса - с уровнем выше нормы",
        (*steps, f"Σ = {days(total.harmful)} = {number(years, 2)} лет"),
        "Федеральный закон от 28.12.2013 № 426-ФЗ, ст. 14",
    )  # fmt: skip


def _by_class(rows: Sequence[Stretch], total: Sums) -> Figure:
    names = [*classes(), "не указан"]
    told = [
        f"класс {name}: {days(count)} = {number(years_of(count), 2)} лет"
        for name, count in zip(names, total.by_class, strict=True)
        if count
    ]
    first = min((each.since for each in rows), default=None)
    return Figure(
        "years", "Время под фактором" if first else "Время", years_of(total.days), "лет", 1,
        "Σ дней по классам условий труда", tuple(told), basis_of(dose_norms()["year_days"]),
    )  # fmt: skip


def _tone(value: float, limit: float) -> str:
    return "warn" if value > limit else "ok"
