"""The analysis of sick leaves on screen: a period, the year before, one section at a time."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.urls import reverse

from medtrud.engines.store.public import today
from medtrud.engines.ui.public import Chart, DayField, Request, Series, cells, chart_json, needs, page
from medtrud.kernel.actor import Actor
from medtrud.kernel.dates import add_months
from medtrud.kernel.errors import NotFound
from medtrud.registries.organizations.public import employers

from .. import queries
from ..queries.asked import NO_EMPLOYER, Asked, report_asked
from ..rules.figures import change_of
from ..types import Analysis, Figures, Section, cautions_on

SHOWN = 12  # bars of a chart
HIDDEN = "1–4 случая: скрыто"


class PeriodForm(forms.Form):
    """The days of a report."""

    since = DayField(label="С", required=False)
    last = DayField(label="По", required=False)


def asked(request: Request) -> Asked:
    """Read what report is asked for: by default the last twelve whole months."""
    form = PeriodForm(request.GET)
    given = form.cleaned_data if form.is_valid() else {}
    try:
        employer = UUID(request.GET["employer"]) if request.GET.get("employer") else None
    except ValueError:
        raise NotFound(NO_EMPLOYER) from None
    return report_asked(
        request.actor,
        since=given.get("since"),
        last=given.get("last"),
        employer=employer,
        cut=request.GET.get("cut", ""),
        on=today(),
    )


def report_of(actor: Actor, want: Asked) -> tuple[Analysis, Analysis]:
    """Return the report and the same days a year before."""
    now = queries.analysis(actor, employer=want.employer.pk, since=want.since, until=want.until)
    before = queries.analysis(
        actor, employer=want.employer.pk, since=add_months(want.since, -12), until=add_months(want.until, -12)
    )
    return now, before


@needs("absences.analysis")
def analysis(request: Request) -> HttpResponse:
    """Show the report."""
    want = asked(request)
    now, before = report_of(request.actor, want)
    section = now.sections.get(want.cut) or next(iter(now.sections.values()))
    address = reverse("absences:analysis")
    choice = employers(request.actor).order_by("name_key", "pk") if request.actor.organization else []
    return page(
        request,
        "absences/analysis.html",
        title="Анализ заболеваемости",
        lead=f"{want.employer}, {want.words}",
        want=want,
        employers=[(str(row.uid), str(row), row.pk == want.employer.pk) for row in choice],
        tiles=tiles(now),
        compared=compared(now, before),
        sections=[
            (f"{address}?{want.query}&cut={code}", each.title, each is section)
            for code, each in now.sections.items()
        ],
        section=section,
        rows=[(row, row_cells(row)) for row in section.rows],
        chart_url=f"{reverse('absences:chart')}?{want.query}&cut={section.code}",
        season_url=f"{reverse('absences:chart')}?{want.query}&cut=months",
        table_url=f"{reverse('absences:table')}?{want.query}",
        print_url=f"{reverse('absences:printed')}?{want.query}",
        notes=now.notes,
        cautions=cautions_on(want.last),
    )


def tiles(now: Analysis) -> list[tuple[str, str, str, str]]:
    """Return title, value, note and tone of every figure above the tables."""
    total = now.total
    level = now.level
    return [
        ("Случаев на 100", number(total.cases_rate), limits(total.cases_limits), ""),
        ("Дней на 100", number(total.days_rate), limits(total.days_limits), ""),
        ("Средняя длительность", number(total.mean), f"дней; случаев {total.cases}, дней {total.days}", ""),
        ("Средняя численность", number(total.workers), "человек за период", ""),
        (
            "Уровень по Ноткину",
            level.worse if level else "—",
            f"по случаям – {level.by_cases}, по дням – {level.by_days}" if level else "считается за год",
            "warn" if level and "выс" in level.worse else "",
        ),
        (
            "Индекс здоровья",
            f"{number(now.health_index)} %" if now.health_index is not None else "—",
            f"не болели {now.year_round - now.ill} из {now.year_round}, кто работал весь период",
            "",
        ),
        ("Часто и длительно болели", str(now.often_ill), "человек за год", "warn" if now.often_ill else ""),
        (
            "Причина на работе",
            str(now.work_related),
            "случаев с кодами 04 и 07",
            "bad" if now.work_related else "ok",
        ),
    ]


def compared(now: Analysis, before: Analysis) -> list[tuple[str, str, str, str]]:
    """Return the period beside the same days a year before."""
    change = change_of(now.total, before.total)
    ratio = f"в {number(change.ratio, 2)} раза" if change.ratio else "—"
    sure = "различие не случайно" if change.sure else "различие может быть случайным"
    words = (
        f"{ratio} ({number(change.limits[0], 2)}–{number(change.limits[1], 2)}), {sure}"
        if change.limits
        else ratio
    )
    rows = [
        ("Случаев на 100 работающих", now.total.cases_rate, before.total.cases_rate, words),
        ("Дней на 100 работающих", now.total.days_rate, before.total.days_rate, ""),
        ("Средняя длительность, дней", now.total.mean, before.total.mean, ""),
        ("Случаев", now.total.cases, before.total.cases, ""),
        ("Дней", now.total.days, before.total.days, ""),
        ("Средняя численность", now.total.workers, before.total.workers, ""),
        ("Случаев с причиной на работе", now.work_related, before.work_related, ""),
        ("Беременность и роды, случаев", now.maternity.cases, before.maternity.cases, ""),
        ("Не закончено к концу периода", now.unfinished, before.unfinished, ""),
    ]
    return [(title, number(a), number(b), said) for title, a, b, said in rows]


def row_cells(row: Figures) -> list[str]:
    """Return the figures of a group as they are shown and printed."""
    if row.hidden:
        return [number(row.workers), HIDDEN, "", "", "", "", ""]
    return [
        number(row.workers),
        str(row.cases),
        str(row.days),
        number(row.cases_rate),
        limits(row.cases_limits),
        number(row.days_rate),
        number(row.mean),
    ]


def number(value: float | None, digits: int = 1) -> str:
    """Return a figure in Russian spelling; none is a dash."""
    if value is None:
        return "—"
    return cells.number(value, digits) if isinstance(value, float) else cells.number(value)


def limits(pair: tuple[float, float] | None) -> str:
    """Return 95 % limits."""
    return f"{number(pair[0])}–{number(pair[1])}" if pair else "—"


@needs("absences.analysis")
def chart(request: Request) -> HttpResponse:
    """Answer the chart of a section, or of the months of this period and of the year before."""
    want = asked(request)
    now, before = report_of(request.actor, want)
    if want.cut == "months":
        return chart_json(_months(now, before))
    section = now.sections.get(want.cut) or next(iter(now.sections.values()))
    rows = sorted((row for row in section.rows if not row.hidden), key=lambda row: -(row.cases_rate or 0))[
        :SHOWN
    ]
    values = tuple(round(row.cases_rate or 0, 1) for row in rows)
    series = (Series("Случаев на 100 работающих", values, "info"),)
    return chart_json(Chart("bar", tuple(row.title for row in rows), series, heading=section.title))


def _months(now: Analysis, before: Analysis) -> Chart:
    def cases(section: Section | None) -> dict[str, Any]:
        return {row.title: None if row.hidden else row.cases for row in section.rows} if section else {}

    these, those = cases(now.sections.get("season")), cases(before.sections.get("season"))
    labels = tuple(dict.fromkeys([*these, *those]))
    return Chart(
        "line",
        labels,
        (
            Series("Этот период", tuple(these.get(label) for label in labels), "info"),
            Series("Год назад", tuple(those.get(label) for label in labels), "rest", dashed=True),
        ),
        heading="Месяц начала случая",
    )
