"""«Кого и почему»: the programme of any worker on any day, every line with its reason (E1)."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import path, reverse
from django.utils.http import urlencode

from medtrud.engines.store.public import today
from medtrud.engines.ui.public import Banner, Chip, Day, Request, needs, page
from medtrud.kernel.errors import Refused
from medtrud.registries.organizations.public import Employment, employment_of

from ..queries.admission import admissions_at_work
from ..queries.why import WhyPage, why_of
from ..types.states import AdmissionState, ExamKindCode
from .faces import about


@needs("exams.programme")
def programme(request: Request, uid: UUID) -> HttpResponse:
    """Show the programme of a job on the chosen day for the chosen kind."""
    actor, job = request.actor, employment_of(request.actor, uid)
    on = Day("on", "На день", today()).day_of(request)
    kind = _kind(request)
    values: dict[str, Any] = {"on": on, "kind": kind, "job": job, "kinds": _kinds(request, kind, on)}
    values["may_compare"] = actor.may("exams.what_if")
    try:
        found = why_of(actor, job, kind=kind, on=on)
    except Refused as refusal:  # a day on which no act is in force
        return page(request, "exams/programme.html", title="Кого и почему", refusal=str(refusal), **values)
    admission = admissions_at_work(actor, on=on).filter(employment=job).first()
    return page(
        request,
        "exams/programme.html",
        title="Кого и почему",
        banner=_banner(job, found, on),
        why=found,
        due=_due(found, kind),
        admission=admission,
        admission_state=AdmissionState(admission.state) if admission else None,
        **values,
    )


def _due(found: WhyPage, kind: ExamKindCode) -> dict[str, str] | None:
    """Say when the next examination is; who was never examined has no date: he is due now."""
    if found.outcome is None:
        return None
    every = f"затем раз в {found.outcome.months} мес." if found.outcome.months else "периодичность не задана"
    if kind is ExamKindCode.PRELIMINARY:
        return {"title": "Осмотр", "value": "до начала работы", "note": every, "tone": ""}
    if found.last_exam is None:
        note = f"осмотра ещё не было; {every}"
        return {"title": "Осмотр", "value": "нужен сейчас", "note": note, "tone": "warn"}
    return {
        "title": "Следующий осмотр не позднее",
        "value": f"{found.outcome.next_due:%d.%m.%Y}" if found.outcome.next_due else "—",
        "note": f"прошлый {found.last_exam:%d.%m.%Y}",
        "tone": "",
    }


def _kind(request: Request) -> ExamKindCode:
    asked = request.GET.get("kind", "")
    return ExamKindCode(asked) if asked in set(ExamKindCode) else ExamKindCode.PERIODIC


def _kinds(request: Request, chosen: ExamKindCode, on: dt.date) -> list[dict[str, Any]]:
    return [
        {
            "title": kind.title_ru,
            "url": f"{request.path}?{urlencode({'on': f'{on:%d.%m.%Y}', 'kind': kind.value})}",
            "current": kind is chosen,
        }
        for kind in ExamKindCode
    ]


def _banner(job: Employment, found: WhyPage, on: dt.date) -> Banner:
    work = f"{job.post}, {job.division}" if job.division else str(job.post)
    return Banner(
        found.person.full,
        about(found.person, on),
        (
            ("Работа", work),
            (
                "Условия труда",
                f"класс {found.exposure.sout_class}" if found.exposure.sout_class else "не указаны",
            ),
        ),
        tuple(Chip(factor.code, factor.title) for factor in found.exposure.factors),
        reverse("exams:programme", args=[job.uid]),
    )


urlpatterns = [path("programme/<uuid:uid>/", programme, name="programme")]
