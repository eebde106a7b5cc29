"""Examination in the center of occupational pathology (ЦПП)."""

import datetime as dt
from functools import lru_cache

from medtrud.kernel.dates import add_months
from medtrud.kernel.law import Row
from medtrud.kernel.text import sort_key

from ..types import Center, Facts, Service, Why
from .law import Tables, center_names, tables_on

MONTH_DAYS = 30
NOT_DUE = "Стаж во вредных условиях не указан: срок осмотра в центре профпатологии не рассчитан"


def center_of(tables: Tables, facts: Facts, on: dt.date) -> Center:
    """Нужен ли осмотр в центре профпатологии и когда.

    Приказ № 29н, Порядок, п. 40: подклассы 3.1-3.4 и класс 4 — первый осмотр при стаже пять лет в таких
    условиях, затем раз в пять лет; стойкие последствия несчастного случая — раз в пять лет; в год осмотра
    в центре периодический осмотр в другой организации не проводится.
    """
    last = facts.last_center
    if facts.earlier:
        last = _latest(tables, facts, on)
    return _center(tables.since, facts.service, facts.sout_class, facts.accident_on, last, on)


def _latest(tables: Tables, facts: Facts, on: dt.date) -> dt.date | None:
    names = center_names(tables.since)
    days = [e.on for e in facts.earlier if e.on <= on and sort_key(e.name) in names]
    return max([*days, *([facts.last_center] if facts.last_center else [])], default=None)


@lru_cache(maxsize=65_536)
def _center(
    since: dt.date,
    service: tuple[Service, ...],
    sout_class: str,
    accident_on: dt.date | None,
    last: dt.date | None,
    on: dt.date,
) -> Center:
    rows = tables_on(since)["center"]
    by_service, words = _service_due(rows["service"], service, sout_class, last, on)
    by_accident = (
        add_months(last or accident_on, rows["accident"].values["months_first"]) if accident_on else None
    )
    row = (
        rows["accident"] if by_accident and (not by_service or by_accident < by_service) else rows["service"]
    )
    due = min((day for day in (by_service, by_accident) if day), default=None)
    if due is None:
        silent = (Why(words, rows["service"].ref, rule="center"),) if words else ()
        return Center(False, None, last is None, "", silent)  # noqa: FBT003 - a named tuple by position
    first = "первый" if last is None else f"предыдущий — {last:%d.%m.%Y}"
    text = f"{row.values['text']}; {first}; срок — {due:%d.%m.%Y}"
    if words and row is rows["service"]:
        text += f" ({words})"
    reasons = [Why(text, row.ref, rule="center", note="стаж складывается по всем местам (толкование)")]
    if due.year <= on.year:
        reasons.append(Why(rows["same_year"].values["text"], rows["same_year"].ref, rule="center"))
    return Center(due <= on, due, last is None, row.code, tuple(reasons))


def _service_due(
    row: Row, service: tuple[Service, ...], sout_class: str, last: dt.date | None, on: dt.date
) -> tuple[dt.date | None, str]:
    """Return the day by service and the words about it."""
    cell = row.values
    harmful = [s for s in service if s.sout_class in cell["classes"] or not s.sout_class]
    now = any(s.since <= on and (s.until is None or on < s.until) for s in harmful)
    if sout_class and sout_class not in cell["classes"]:
        return (
            None,
            f"Класс условий труда {sout_class}: осмотр в центре профпатологии по стажу не назначается",
        )
    if not harmful:
        return None, NOT_DUE if sout_class else ""
    if not now and not sout_class:
        return None, "Сейчас человек не работает во вредных условиях: осмотр в центре по стажу не назначается"
    if last:
        return add_months(last, cell["months_repeat"]), ""
    unknown = any(not s.sout_class for s in harmful)
    note = "класс условий не указан, период принят вредным" if unknown else ""
    reached = _reached(harmful, cell["months_first"])
    return reached, note if reached else "Пять лет стажа во вредных условиях не набраны"


def _reached(service: list[Service], months: int) -> dt.date | None:
    """Return the day on which the sum of periods reaches so many months; 30 days make a month."""
    done_months = done_days = 0
    free = dt.date.min
    for period in sorted(service, key=lambda s: s.since):
        since = max(period.since, free)
        left = add_months(since, months - done_months) - dt.timedelta(days=done_days)
        if period.until is None or left <= period.until:
            return max(left, since)
        if period.until > since:
            whole = _whole_months(since, period.until)
            done_months += whole
            done_days += (period.until - add_months(since, whole)).days
            done_months, done_days = done_months + done_days // MONTH_DAYS, done_days % MONTH_DAYS
            free = period.until
    return None


def _whole_months(since: dt.date, until: dt.date) -> int:
    months = (until.year - since.year) * 12 + until.month - since.month
    return months - (add_months(since, months) > until)
