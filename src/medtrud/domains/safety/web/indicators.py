"""Leading indicators, inspections, sick leaves that no incident explains."""

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse

from medtrud.domains.absences.public import worker_text
from medtrud.engines.store.public import today
from medtrud.engines.ui.public import (
    Button,
    Chart,
    Column,
    Request,
    Series,
    attempt,
    cells,
    chart_json,
    done,
    form_page,
    listing,
    needs,
    page,
    plain,
)
from medtrud.kernel.dates import add_months
from medtrud.registries.organizations.public import employments, organization_of
from medtrud.registries.people.public import names_of

from .. import actions
from ..models import Audit
from ..queries import Indicators, audits, leaves_unexplained
from ..queries import indicators as counted
from ..types import INCIDENT_KINDS, IncidentKind, NewAudit
from .forms import AuditForm, whole

MONTHS = ("янв", "фев", "мар", "апр", "май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
TONES = {
    IncidentKind.NEAR_MISS: "info",
    IncidentKind.MICRO_INJURY: "warn",
    IncidentKind.INJURY: "bad",
    IncidentKind.INCIDENT: "other",
}


def _year(back: int = 0) -> tuple[dt.date, dt.date]:
    """Return the last twelve months up to and with this one, or the same a year before."""
    until = add_months(today().replace(day=1), 1 - back)
    return add_months(until, -12), until


@needs("safety.indicators")
def indicators(request: Request) -> HttpResponse:
    """Show what warns and what has happened, beside the year before."""
    employer = organization_of(request.actor).pk
    now, before = (
        counted(request.actor, employer=employer, since=since, until=until)
        for since, until in (_year(), _year(12))
    )
    since, until = _year()
    return page(
        request,
        "safety/indicators.html",
        title="Показатели безопасности",
        lead=f"{since:%d.%m.%Y} – {until - dt.timedelta(days=1):%d.%m.%Y}",
        tiles=_tiles(now),
        rows=_rows(now, before),
        unexplained=leaves_unexplained(request.actor, employer=employer).count(),
    )


def _tiles(now: Indicators) -> list[tuple[str, str, str, str, str]]:
    share = now.share_in_time
    near = now.counts[IncidentKind.NEAR_MISS]
    return [
        (
            "Микротравм на 100",
            number(now.micro_per_100),
            f"всего {now.counts[IncidentKind.MICRO_INJURY]}",
            "",
            "micro",
        ),
        (
            "Опасных ситуаций на 100",
            number(now.near_per_100),
            f"сообщено {near}",
            "" if near else "warn",
            "near",
        ),
        (
            "Мероприятий в срок",
            percent(share),
            f"{now.in_time} из {now.due}",
            "warn" if now.late else "ok",
            "",
        ),
        ("Просрочено", str(now.late), "мероприятий", "bad" if now.late else "ok", "late"),
        ("Проверок", str(now.audits), f"замечаний {now.remarks}, грубых {now.grave}", "", ""),
        ("Меры на источнике", percent(now.share_high), "доля трёх верхних уровней иерархии", "", ""),
    ]


def _rows(now: Indicators, before: Indicators) -> list[tuple[str, str, str]]:
    def line(title: str, pick: Any) -> tuple[str, str, str]:
        return title, number(pick(now)), number(pick(before))

    kinds = [line(title, lambda each, kind=kind: each.counts[kind]) for kind, title in INCIDENT_KINDS.items()]
    return [
        *kinds,
        line("Средняя численность", lambda each: each.workers),
        line("Коэффициент частоты, на 1000 работающих", lambda each: each.frequency.per_thousand),
        line("Дней нетрудоспособности на один случай", lambda each: each.frequency.days_each),
        line("Дней потеряно", lambda each: each.days_lost),
        line("Мероприятий выполнено", lambda each: each.done),
        line("Проверок", lambda each: each.audits),
    ]


def number(value: float | None) -> str:
    """Return a figure in Russian spelling."""
    if value is None:
        return "—"
    return cells.number(value, 1) if isinstance(value, float) else cells.number(value)


def percent(value: float | None) -> str:
    """Return a share."""
    return "—" if value is None else f"{cells.number(value, 0)} %"


@needs("safety.indicators")
def chart(request: Request) -> HttpResponse:
    """Answer the trend of two years by month."""
    employer = organization_of(request.actor).pk
    since, _ = _year(12)
    _, until = _year()
    found = counted(request.actor, employer=employer, since=since, until=until)
    labels = tuple(f"{MONTHS[month.first.month - 1]} {month.first:%y}" for month in found.months)
    series = tuple(
        Series(title, tuple(month.counts.get(kind, 0) for month in found.months), TONES[kind])
        for kind, title in INCIDENT_KINDS.items()
    )
    return chart_json(Chart("line", labels, series, heading="Месяц"))


@needs("safety.audit_list")
def audit_list(request: Request) -> HttpResponse:
    """Show the inspections."""
    actor = request.actor
    return listing(
        request,
        audits(actor),
        title="Проверки",
        noun="проверка,проверки,проверок",
        columns=(
            Column("title", "Что проверено", plain("title"), role="title", width="grow"),
            Column("on", "Дата", lambda row, _: cells.day(row.on), "on", "aside", "date"),
            Column("division", "Подразделение", plain("division")),
            Column("person", "Кто проверил", _person),
            Column(
                "remarks", "Замечаний", lambda row, _: cells.number(row.remarks), "remarks", width="number"
            ),
            Column("grave", "Грубых", lambda row, _: cells.number(row.grave), "grave", width="number"),
        ),
        order="-on",
        about=lambda rows: names_of(actor, [row.person_id for row in rows if row.person_id]),
        buttons=(Button("Записать проверку", reverse("safety:audit_add"), "plus"),),
        empty="Проверок ещё нет. Запишите первую: их число и замечания – опережающий показатель.",
    )


def _person(row: Audit, names: dict[int, Any]) -> object:
    name = names.get(row.person_id or 0)
    return name.short if name else cells.DASH


@needs("safety.audit_add")
def audit_add(request: Request) -> HttpResponse:
    """Record an inspection."""
    actor, employer = request.actor, organization_of(request.actor).pk
    form = AuditForm(request.POST or None, initial={"on": today()}, actor=actor, employer=employer)

    def act(facts: dict[str, Any]) -> Audit:
        new = NewAudit(
            employer, facts["on"], facts["title"], form.key("division"), form.person(),
            whole(facts["remarks"]) or 0, whole(facts["grave"]) or 0,
        )  # fmt: skip
        return actions.audit_add(actor, audit=new, on=today())

    if attempt(form, act):
        return done(request, "Проверка записана.", "safety:audit_list")
    back = reverse("safety:audit_list")
    return form_page(request, form, title="Новая проверка", action="Записать", back=back)


@needs("safety.leave_list")
def leave_list(request: Request) -> HttpResponse:
    """Show sick leaves whose reason lies at work and that no incident explains."""
    actor = request.actor
    employer = organization_of(actor).pk
    return listing(
        request,
        leaves_unexplained(actor, employer=employer),
        title="Листки без происшествия",
        noun="листок,листка,листков",
        columns=(
            Column("worker", "Работник", _leave_person, role="title", width="name"),
            Column("since", "С", lambda row, _: cells.day(row.since), "since", "aside", "date"),
            Column("last", "По", lambda row, _: cells.day(row.last), width="date"),
            Column("reason", "Код", plain("reason"), width="narrow"),
            Column("act", "Что сделать", lambda row, about: _register(row, about[1]), role="state"),
        ),
        order="-since",
        about=lambda rows: _about(request, rows),
        empty="Все листки с причиной на работе связаны с происшествиями.",
    )


def _jobs(request: Request, rows: list[Any], names: dict[int, Any]) -> dict[int, str]:
    """Return what the field of the worker will show, in one query for the page."""
    jobs = (
        employments(request.actor).filter(person__in=[row.person_id for row in rows]).order_by("since", "pk")
    )
    return {job.person_id: worker_text(job, names[job.person_id]) for job in jobs if job.person_id in names}


def _about(request: Request, rows: list[Any]) -> tuple[dict[int, Any], dict[int, str]]:
    names = names_of(request.actor, [row.person_id for row in rows])
    return names, _jobs(request, rows, names)


def _leave_person(row: Any, about: Any) -> object:
    name = about[0].get(row.person_id)
    return name.full if name else "Карта закрыта"


def _register(row: Any, jobs: dict[int, str]) -> object:
    asked = {"kind": "injury", "worker": jobs.get(row.person_id, ""), "happened_on": f"{row.since:%d.%m.%Y}"}
    return cells.link("Зарегистрировать", f"{reverse('safety:incident_add')}?{urlencode(asked)}")
