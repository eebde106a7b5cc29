"""Screens of an investigation: its beginning, its commission, its end, the sick leave behind it."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse

from medtrud.engines.store.public import today
from medtrud.engines.ui.public import Request, attempt, cells, done, form_page, needs

from .. import actions
from ..models import Incident
from ..queries import incident_of, leaves_unexplained
from ..types import NewMember, deadline_of
from .forms import CloseForm, InvestigationForm, LeaveForm, MemberForm
from .incidents import NO_PERIOD


@needs("safety.investigation_open")
def investigation_open(request: Request, uid: UUID) -> HttpResponse:
    """Begin an investigation."""
    actor = request.actor
    row = incident_of(actor, uid)
    form = InvestigationForm(
        request.POST or None, initial={"since": today()}, actor=actor, employer=row.employer_id
    )

    def act(facts: dict[str, Any]) -> Incident:
        person = form.person()
        members = [NewMember(person, facts["post"], "chairman")] if person else []
        named = {name: facts[name] for name in ("order_number", "since", "due_on", "due_basis")}
        return actions.investigation_open(actor, incident=uid, members=members, **named)

    if attempt(form, act):
        return done(request, "Расследование начато. Дополните комиссию.", _back(uid))
    code = f"{row.kind}_{row.severity}" if row.severity else row.kind
    known = deadline_of(code, row.happened_on)
    lead = f"Срок: {known[0]} {known[1]}, {known[2]}" if known else f"Срок: {NO_PERIOD}."
    return form_page(request, form, title="Расследование", lead=lead, action="Начать", back=_back(uid))


@needs("safety.member_add")
def member_add(request: Request, uid: UUID) -> HttpResponse:
    """Add somebody to the commission."""
    actor = request.actor
    row = incident_of(actor, uid)
    form = MemberForm(request.POST or None, actor=actor, employer=row.employer_id)

    def act(facts: dict[str, Any]) -> object:
        member = NewMember(form.person() or 0, facts["post"], facts["role"])
        return actions.member_add(actor, incident=uid, member=member, on=today())

    if attempt(form, act):
        return done(request, "Комиссия дополнена.", _back(uid))
    return form_page(request, form, title="Член комиссии", lead=str(row), action="Добавить", back=_back(uid))


@needs("safety.incident_close")
def incident_close(request: Request, uid: UUID) -> HttpResponse:
    """Close an incident with its causes."""
    row = incident_of(request.actor, uid)
    form = CloseForm(request.POST or None, initial={"closed_on": today()})

    def act(facts: dict[str, Any]) -> Incident:
        return actions.incident_close(request.actor, incident=uid, on=today(), **facts)

    if attempt(form, act):
        return done(
            request, "Происшествие закрыто. Запланируйте мероприятия, чтобы оно не повторилось.", _back(uid)
        )
    return form_page(request, form, title=f"Закрыть {row.number}", action="Закрыть", back=_back(uid))


@needs("safety.leave_link")
def leave_link(request: Request, uid: UUID) -> HttpResponse:
    """Link the sick leave behind an injury."""
    row = incident_of(request.actor, uid)
    known = leaves_unexplained(request.actor, employer=row.employer_id).filter(person=row.person_id or 0)
    leaves = [
        (str(each.document), f"{cells.day(each.since)} – {cells.day(each.last)}, код {each.reason}")
        for each in known
    ]
    form = LeaveForm(request.POST or None, leaves=leaves)

    def act(facts: dict[str, Any]) -> Incident:
        return actions.leave_link(request.actor, incident=uid, sick_leave=UUID(facts["sick_leave"]))

    if attempt(form, act):
        return done(request, "Листок связан: его дни войдут в показатели.", _back(uid))
    lead = "" if leaves else "Листков с кодами 04 и 07 у пострадавшего нет."
    return form_page(
        request, form, title="Листок пострадавшего", lead=lead, action="Связать", back=_back(uid)
    )


def _back(uid: UUID) -> str:
    return reverse("safety:incident", args=[uid])
