"""What a past job may be: its days, its factors."""

import dataclasses
import datetime as dt
from collections.abc import Iterable

from medtrud.kernel.errors import Refused

from ..types import annex_since, class_parse, code_key, factor_parse
from ..types.control import ValueIn
from ..types.dose import Measure, dose_kind
from ..types.past import PastFactor, PastJobIn
from .levels import value_checked

Busy = tuple[str, dt.date, dt.date]  # words, first day, first day no longer
OLDEST = dt.timedelta(days=365 * 70)


def past_checked(job: PastJobIn, busy: Iterable[Busy], on: dt.date) -> PastJobIn:
    """Return a past job with its factors read, or refuse it: what is wrong, with what, what to do."""
    if not job.document.strip():
        raise Refused(
            "Прежнюю работу записывают по документу. Укажите трудовую книжку или справку с номером."
        )
    if job.until <= job.since:
        raise Refused(f"Работа закончилась {_day(job.until)} раньше, чем началась. Исправьте даты.")
    if job.until > on or job.since < on - OLDEST:
        raise Refused(
            f"Период {_span(job.since, job.until)} не похож на прежнюю работу: она должна закончиться "
            "не позже сегодняшнего дня и начаться не раньше чем 70 лет назад. Исправьте даты."
        )
    for words, since, until in busy:
        if job.since < until and since < job.until:
            raise Refused(
                f"Период {_span(job.since, job.until)} пересекается с работой «{words}» "
                f"({_span(since, until)}): один день считается один раз. Сверьте даты с трудовой книжкой "
                "и сократите новый период или исправьте прежнюю запись."
            )
    if not job.sout_class and not job.factors:
        raise Refused("Об условиях труда ничего не сказано. Укажите класс или хотя бы один фактор.")
    factors = sorted((_factor(each, on) for each in job.factors), key=lambda each: code_key(each.code))
    if len({each.code for each in factors}) < len(factors):
        raise Refused("Один фактор указан дважды. Оставьте одну строку на фактор.")
    sout_class = class_parse(job.sout_class) if job.sout_class else ""
    return dataclasses.replace(job, sout_class=sout_class, factors=tuple(factors))


def _factor(said: PastFactor, on: dt.date) -> PastFactor:
    row = factor_parse(said.code, annex_since(on))
    if said.value is None and not said.sout_class:
        raise Refused(f"Фактор {row.code}: укажите класс или уровень за смену, иначе считать нечего.")
    sout_class = class_parse(said.sout_class) if said.sout_class else ""
    if said.value is not None:
        kind = dose_kind(row.code)
        asked = ValueIn(
            0, row.code, said.value, kind.unit, norm_max=said.norm, category=said.category, shifts=said.shifts
        )
        value_checked(asked, f"{row.code} {row.short}")
        if kind.measure is Measure.DUST and not (said.norm and said.category and said.shifts):
            raise Refused(
                f"{row.code} {row.short}: для пылевой нагрузки кроме концентрации нужны ПДК, категория работ "
                "и число смен в году. Заполните их или оставьте только класс."
            )
    return dataclasses.replace(said, code=row.code, sout_class=sout_class)


def _span(since: dt.date, until: dt.date) -> str:
    return (
        f"{_day(since)} – {_day(until - dt.timedelta(days=1))}" if until < dt.date.max else f"с {_day(since)}"
    )


def _day(day: dt.date) -> str:
    return f"{day:%d.%m.%Y}"
