"""An exposure made ready for a page, a chart and a printed extract."""

import datetime as dt
from collections.abc import Iterable

from medtrud.kernel.text import years_word

from ..rules.exposure_figures import noise_level, vibration_level, years_of
from ..rules.exposure_plain import plain_words
from ..rules.exposure_sums import sums
from ..rules.exposure_words import DAY, number
from ..types.dose import TOTAL, FactorExposure, Figure, Measure, Stretch
from ..types.exposure_page import FactorRowShown, FigureRow, PeriodRow
from .exposure import CareerExposure

YEARS = "лет"


def factor_rows(career: CareerExposure) -> list[FactorRowShown]:
    """Return the factors of a career in words, the whole service first."""
    return [_factor(career, each) for each in (career.total, *career.factors) if each.stretches]


def _factor(career: CareerExposure, told: FactorExposure) -> FactorRowShown:
    figures = tuple(_figure(each) for each in told.figures)
    worn = next((each for each in told.figures if each.code.endswith("_protected")), None)
    return FactorRowShown(
        code="" if told.code == TOTAL else told.code,
        title=told.title,
        measured=told.kind.measure is not Measure.CLASSES and told.sums.measured > 0,
        plain=plain_words(told),
        main=figures[0],
        protected=f"{_figure(worn).value} {worn.unit}" if worn else "",
        years=number(years_of(told.sums.days), 1),
        harmful=number(years_of(told.sums.harmful), 1),
        figures=figures,
        periods=tuple(_periods(career, told)),
        gaps=told.gaps,
        flags=told.flags,
    )


def _figure(each: Figure) -> FigureRow:
    value = "нет данных" if each.value is None else number(each.value, each.digits)
    unit = years_word(value) if each.unit == YEARS and each.value is not None else each.unit
    return FigureRow(each.title, value, unit, each.formula, each.steps, each.basis, each.note, each.tone)


def _periods(career: CareerExposure, told: FactorExposure) -> Iterable[PeriodRow]:
    jobs = {job.id: job for job in career.jobs}
    for each in told.stretches:
        level = career.levels.get(each.level) if each.level is not None else None
        job = jobs.get(each.job)
        yield PeriodRow(
            since=each.since,
            last=each.until - DAY,
            where=job.title if job else "",
            days=number(each.days, 0),
            off=number(each.off, 0) if each.off else "",
            parallel=number(each.parallel, 0) if each.parallel else "",
            sout_class=each.sout_class,
            level=_level(told, each),
            document=level.document if level else "",
        )


def _level(told: FactorExposure, each: Stretch) -> str:
    if told.code == TOTAL:
        return ""
    if each.value is None:
        return "нет измерений" if each.known else "нет сведений"
    reduction = f" (СИЗ: {number(each.reduction, 1)})" if each.reduction else ""
    return f"{number(each.value, 2)} {told.kind.unit}{reduction}".strip()


def yearly(told: FactorExposure) -> dict[int, float | None]:
    """Return the level of each year of a factor, by energy or by time; None: no measurement."""
    first = min(each.since for each in told.stretches).year
    last = max(each.until - DAY for each in told.stretches).year
    return {year: _of_year(told, year) for year in range(first, last + 1)}


def _of_year(told: FactorExposure, year: int) -> float | None:
    since, until = dt.date(year, 1, 1), dt.date(year + 1, 1, 1)
    parts = [_cut(each, since, until) for each in told.stretches if each.since < until and each.until > since]
    total = sums(told.kind.measure, parts)
    if told.kind.measure is Measure.NOISE:
        return round(noise_level(total.dose, total.measured), 1) if total.measured else None
    if told.kind.measure in {Measure.LOCAL, Measure.WHOLE}:
        return round(vibration_level(total.dose, total.measured), 2) if total.measured else None
    timed = [(each.days, each.value) for each in parts if each.value is not None and each.days]
    whole = sum(days for days, _ in timed)
    return round(sum(days * value for days, value in timed) / whole, 3) if whole else None


def _cut(each: Stretch, since: dt.date, until: dt.date) -> Stretch:
    """Return the part of a stretch in a year; the days counted are shared out evenly."""
    begin, end = max(each.since, since), min(each.until, until)
    share = (end - begin) / (each.until - each.since)
    return Stretch(
        **{name: getattr(each, name) for name in each.__slots__}
        | {"since": begin, "until": end, "days": round(each.days * share)}
    )
