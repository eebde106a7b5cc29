"""The exposure of one worker: figures, chart, derivation, extract."""

import datetime as dt
from collections.abc import Mapping
from uuid import UUID

from django.http import HttpResponse
from django.urls import path

from medtrud.domains.documents.public import paper_answer
from medtrud.engines.store.public import today
from medtrud.engines.ui.public import (
    Chart,
    DayField,
    Request,
    Series,
    cells,
    chart_json,
    done,
    needs,
    page,
)
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.errors import NotFound
from medtrud.kernel.text import years_word
from medtrud.registries.people.public import Person, name_of, person_of

from .. import actions
from ..models import ExposureTotal, PastJob
from ..queries import exposure_of, exposure_versions, past_jobs_of
from ..queries.exposure import CareerExposure
from ..queries.exposure_page import factor_rows, yearly
from ..queries.filed import exposure_document
from ..queries.places import rows_named
from ..rules.exposure_figures import years_of
from ..rules.exposure_words import number
from ..types import FactorRow
from ..types.dose import TOTAL, FactorExposure, Measure, dose_kind, dose_norms

VERSIONS = 12
DAYS = "день,дня,дней"
BOUNDS = {
    Measure.NOISE: ("Норма", "noise_limit"),
    Measure.LOCAL: ("Уровень действия", "local_action"),
    Measure.WHOLE: ("Уровень действия", "whole_action"),
}


def career(request: Request, uid: UUID | None) -> tuple[Person, CareerExposure]:
    """Return the person asked for, or the worker himself, with the exposure before the day asked for."""
    actor = request.actor
    if uid is None and actor.person is None:
        raise NotFound("Это рабочее место не связано с картой человека. Откройте экспозицию из списка.")
    card = person_of(actor, uid or name_of(actor, actor.person or 0).uid)
    return card, exposure_of(actor, card.uid, on=asked_day(request))


def asked_day(request: Request) -> dt.date:
    """Return the day asked for, or today."""
    try:
        asked: dt.date | None = DayField(label="Дата", required=False).clean(request.GET.get("on", ""))
    except ValueError:
        asked = None
    return asked or today()


@needs("hazards.exposure_show")
def exposure_mine(request: Request) -> HttpResponse:
    """Show the worker his own exposure."""
    return _shown(request, None)


@needs("hazards.exposure_show")
def exposure_show(request: Request, uid: UUID) -> HttpResponse:
    """Show the exposure of a worker: figures, chart, and how each of them was counted."""
    return _shown(request, uid)


def _shown(request: Request, uid: UUID | None) -> HttpResponse:
    card, told = career(request, uid)
    actor = request.actor
    total = told.total.sums
    rows = factor_rows(told)
    versions = exposure_versions(actor, person=card.pk)[:VERSIONS]
    named = rows_named(told.on)
    return page(
        request,
        "hazards/exposure_show.html",
        title="Моя экспозиция" if actor.role is Role.WORKER else name_of(actor, card.pk).full,
        lead="что накопилось за работу" if actor.role is Role.WORKER else "экспозиция за стаж",
        card=card,
        told=told,
        rows=rows,
        harmful_years=number(years_of(total.harmful), 1),
        harmful_days=f"{number(total.harmful, 0)} {cells.plural(round(total.harmful), DAYS)}",
        off=total.off,
        gaps=sum(len(row.gaps) for row in rows) + len(told.gaps),
        charts=[row for row in rows if row.measured],
        versions=[
            (row, "Вредный стаж" if row.code == TOTAL else _short(named, row.code), _headline(row))
            for row in versions
        ],
        may_recount=actor.may("hazards.exposures_recount"),
        stored_on=max((row.counted_on for row in versions if row.replaced_at is None), default=None),
        past=past_rows(actor, card.pk),
        may_add=actor.may("hazards.past_job_add"),
    )


def past_rows(actor: Actor, person: int) -> list[tuple[PastJob, dt.date, str, bool]]:
    """Return the earlier jobs: the row, its last day, its factors in words, whether it holds."""
    return [
        (row, row.until - dt.timedelta(days=1), _conditions(row), row.ended_at is None)
        for row in past_jobs_of(actor, person=person)
    ]


def _conditions(row: PastJob) -> str:
    said = [f"класс {row.sout_class}"] if row.sout_class else []
    for each in row.factors:
        level = (
            f"{number(each['value'], 2)} {dose_kind(each['code']).unit}" if each["value"] is not None else ""
        )
        grade = f"класс {each['sout_class']}" if each["sout_class"] else ""
        said.append(f"{each['code']}: {', '.join(filter(None, (level.strip(), grade)))}")
    return "; ".join(said)


def _short(named: Mapping[str, FactorRow], code: str) -> str:
    row = named.get(code)
    return f"{code} {row.short}" if row else code


def _headline(row: ExposureTotal) -> str:
    if row.code == TOTAL or row.value is None:
        return f"вредных дней {number(row.harmful_days, 0)}"
    return f"{number(row.value, 2)} {row.unit}"


@needs("hazards.exposure_show")
def exposure_chart(request: Request, uid: UUID, code: str) -> HttpResponse:
    """Answer the level of a factor over the years."""
    _, told = career(request, uid)
    factor = told.factor(code)
    if factor is None or not factor.stretches:
        raise NotFound("Этого фактора в экспозиции нет. Обновите страницу.")
    levels = yearly(factor)
    series = [Series("Уровень за смену", tuple(levels.values()), "info")]
    if bound := _bound(factor):
        series.append(Series(bound[0], (bound[1],) * len(levels), "bad", dashed=True))
    noise = factor.kind.measure is Measure.NOISE
    return chart_json(
        Chart(
            "line",
            tuple(map(str, levels)),
            tuple(series),
            unit=factor.kind.unit,
            heading="Год",
            from_zero=not noise,
        )
    )


def _bound(factor: FactorExposure) -> tuple[str, float] | None:
    """Return the line a level is compared with: a norm, or for vibration the level that asks for measures."""
    named = BOUNDS.get(factor.kind.measure)
    if named:
        return named[0], dose_norms()[named[1]].value
    norms = {each.norm for each in factor.stretches if each.norm is not None}
    return ("Норма", norms.pop()) if len(norms) == 1 else None


@needs("hazards.exposure_print")
def exposure_print(request: Request, uid: UUID) -> HttpResponse:
    """Print the extract of an exposure with its derivation."""
    card, told = career(request, uid)
    name, harmful = name_of(request.actor, card.pk), told.total.sums.harmful
    years = number(years_of(harmful), 2)
    data = {
        "name": name.full,
        "birth_date": name.birth_date,
        "on": told.on,
        "made_on": today(),
        "own": told.own,
        "harmful": f"{number(harmful, 0)} дн. = {years} {years_word(years)}",
        "off": number(told.total.sums.off, 0),
        "jobs": [
            {"since": job.since, "until": job.until and job.until - dt.timedelta(days=1), "title": job.title}
            for job in told.jobs
        ],
        "factors": factor_rows(told),
        "gaps": told.gaps,
    }
    paper = exposure_document(request.actor, card, told.on)
    return paper_answer(
        request.actor,
        paper=paper,
        template="hazards/exposure.typ",
        form=data,
        name=f"exposure-{told.on}.pdf",
    )


@needs("hazards.exposures_recount")
def exposures_recount(request: Request, uid: UUID) -> HttpResponse:
    """Count a person again and keep the version, if anything has changed."""
    card = person_of(request.actor, uid)
    if request.method == "POST":
        count = actions.exposures_recount(
            request.actor, persons=[card.pk], on=today(), cause="пересчитано вручную"
        )
        return done(
            request,
            f"Новых версий: {count}." if count else "Ничего не изменилось: прежний расчёт верен.",
            "hazards:exposure_show",
            card.uid,
        )
    return exposure_show(request, card.uid)


urlpatterns = [
    path("exposure/mine/", exposure_mine, name="exposure_mine"),
    path("exposure/<uuid:uid>/", exposure_show, name="exposure_show"),
    path("exposure/<uuid:uid>/chart/<str:code>/", exposure_chart, name="exposure_chart"),
    path("exposure/<uuid:uid>/print/", exposure_print, name="exposure_print"),
    path("exposure/<uuid:uid>/recount/", exposures_recount, name="exposures_recount"),
]
