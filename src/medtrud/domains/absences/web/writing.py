"""Screens that write: a new absence, its correction, its end, the diagnosis behind it."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpResponse, JsonResponse
from django.urls import reverse

from medtrud.engines.store.public import today
from medtrud.engines.ui.public import Request, attempt, done, form_page, needs
from medtrud.kernel.errors import Refused
from medtrud.registries.organizations.public import employments, in_force
from medtrud.registries.people.public import names_of, persons_search

from .. import actions
from ..models import Absence
from ..queries import absence_of
from ..queries.workers import worker_named, worker_text
from ..types import NewAbsence, NewMedical, last_day
from .forms import AbsenceForm, CancelForm, CloseForm, ElnForm, MedicalForm, chosen, why_of

OFFERED = 15
LARGEST = 20 * 1024 * 1024
DAY = dt.timedelta(days=1)


@needs("absences.absence_add")
def worker_search(request: Request) -> JsonResponse:
    """Answer a combo box: people at work by name, СНИЛС or personnel number."""
    actor, text = request.actor, request.GET.get("q", "").strip().replace("\x00", "")
    found = employments(actor).filter(in_force(today()))
    if text:
        found = found.filter(Q(person__in=persons_search(actor, text)) | Q(personnel_number=text))
    rows = list(found.order_by("person__name_rank", "pk")[:OFFERED])
    names = names_of(actor, [row.person_id for row in rows])
    answer = [
        {"value": worker_text(row, names[row.person_id]), "code": row.personnel_number, "label": label}
        for row in rows
        if row.person_id in names and (label := f"{names[row.person_id].full}, {row.post}")
    ]
    return JsonResponse(answer, safe=False, json_dumps_params={"ensure_ascii": False})


@needs("absences.absence_add")
def absence_add(request: Request) -> HttpResponse:
    """Record an absence."""
    form = AbsenceForm(
        request.POST or None, initial={"since": today(), "worker": request.GET.get("worker", "")}
    )

    def act(facts: dict[str, Any]) -> Absence:
        job = worker_named(request.actor, facts["worker"])
        return actions.absence_add(request.actor, absence=_read(facts, job.person_id, job.employer_id))

    if row := attempt(form, act):
        return done(request, "Отсутствие записано.", "absences:absence", row.document)
    back = reverse("absences:absence_list")
    return form_page(request, form, title="Новое отсутствие", action="Записать", back=back)


@needs("absences.absence_change")
def absence_change(request: Request, uid: UUID) -> HttpResponse:
    """Correct an absence: a new version, the former one stays."""
    row = absence_of(request.actor, uid)
    form = AbsenceForm(request.POST or None, initial=_initial(row), who=False)

    def act(facts: dict[str, Any]) -> Absence:
        new = _read(facts, row.person_id, row.employer_id)
        return actions.absence_change(request.actor, absence=uid, facts=new)

    if attempt(form, act):
        return done(request, "Исправление записано; прежняя версия осталась в истории.", _back(uid))
    return form_page(request, form, title="Исправить отсутствие", action="Записать", back=_back(uid))


@needs("absences.absence_close")
def absence_close(request: Request, uid: UUID) -> HttpResponse:
    """Close an absence."""
    row = absence_of(request.actor, uid)
    form = CloseForm(request.POST or None, initial={"last": last_day(row.until) or today() - DAY})

    def act(facts: dict[str, Any]) -> Absence:
        return actions.absence_close(request.actor, absence=uid, until=facts["last"] + DAY)

    if attempt(form, act):
        return done(request, "Отсутствие закрыто.", _back(uid))
    return form_page(request, form, title="Закрыть отсутствие", action="Закрыть", back=_back(uid))


@needs("absences.absence_cancel")
def absence_cancel(request: Request, uid: UUID) -> HttpResponse:
    """Cancel an absence."""
    absence_of(request.actor, uid)
    form = CancelForm(request.POST or None)

    def act(facts: dict[str, Any]) -> Absence:
        return actions.absence_cancel(request.actor, absence=uid, **facts)

    if attempt(form, act):
        return done(request, "Отсутствие аннулировано: его дни больше не считаются.", _back(uid))
    return form_page(request, form, title="Аннулировать отсутствие", action="Аннулировать", back=_back(uid))


@needs("absences.medical_set")
def medical_set(request: Request, uid: UUID) -> HttpResponse:
    """Write the diagnosis behind a sick leave."""
    absence_of(request.actor, uid)
    form = MedicalForm(request.POST or None)

    def act(facts: dict[str, Any]) -> object:
        medical = NewMedical(clinic=request.actor.organization, **facts)
        return actions.medical_set(request.actor, absence=uid, medical=medical)

    if attempt(form, act):
        return done(request, "Диагноз записан. Работодатель его не видит.", _back(uid))
    lead = "Работодатель этих сведений не видит."
    return form_page(request, form, title="Диагноз и лечение", lead=lead, action="Записать", back=_back(uid))


@needs("absences.eln_take")
def eln_take(request: Request) -> HttpResponse:
    """Take exchange XML of sick leaves; the wizard shows what it would write."""
    form = ElnForm(request.POST or None, request.FILES or None)

    def act(facts: dict[str, Any]) -> Any:
        file = facts["file"]
        if file.size > LARGEST:
            raise Refused("Файл больше 20 МБ. Разделите его на части.")
        return actions.eln_take(
            request.actor, content=file.read(), name=file.name, skip_bad=facts["skip_bad"]
        )

    if row := attempt(form, act):
        return done(request, "Листки прочитаны. Проверьте их и запишите.", "exchange:import_show", row.uid)
    lead = "Формат обмена ЭЛН 2.0. Листки сначала покажет мастер загрузки, запись можно отменить."
    back = reverse("absences:absence_list")
    return form_page(request, form, title="Загрузить файл ЭЛН", lead=lead, action="Прочитать", back=back)


def _read(facts: dict[str, Any], person: int, employer: int) -> NewAbsence:
    reason, kind = chosen(facts)
    return NewAbsence(
        person=person,
        employer=employer,
        since=facts["since"],
        until=facts["last"] + DAY if facts["last"] else None,
        number=facts["number"],
        reason_more=facts["reason_more"],
        going_on=facts["going_on"],
        basis=facts["basis"],
        reason=reason,
        kind=kind,
    )


def _initial(row: Absence) -> dict[str, Any]:
    new = NewAbsence(row.person_id, row.employer_id, row.since, kind=row.kind, reason=row.reason)
    return {
        "why": why_of(new),
        "since": row.since,
        "last": last_day(row.until),
        "number": row.number,
        "reason_more": row.reason_more,
        "going_on": bool(row.until) and row.state == "open",
        "basis": row.basis,
    }


def _back(uid: UUID) -> str:
    return reverse("absences:absence", args=[uid])
