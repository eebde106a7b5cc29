"""Incidents: registered, investigated, closed; inspections."""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from medtrud.domains.absences.public import absence_of
from medtrud.engines.background.public import publish
from medtrud.engines.journal.public import record
from medtrud.engines.store.public import action, keep, numbers_take
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import NotFound, Refused

from ..models import Audit, Incident, IncidentStep, InvestigationMember
from ..queries import incident_of, members_of
from ..types import (
    IncidentKind,
    IncidentOpened,
    IncidentState,
    NewAudit,
    NewIncident,
    NewMember,
    Severity,
    causes,
)
from .places import own, placed, was, works_here

LETTERS = {
    IncidentKind.NEAR_MISS: "ОС",
    IncidentKind.MICRO_INJURY: "МТ",
    IncidentKind.INJURY: "НС",
    IncidentKind.INCIDENT: "И",
}
HURT = {IncidentKind.INJURY, IncidentKind.MICRO_INJURY}
CHANGED = (
    "happened_on", "happened_time", "reported_on", "person_id", "division_id", "workplace_id", "place",
    "circumstances", "injury", "severity", "group",
)  # fmt: skip


@action
def incident_add(actor: Actor, *, incident: NewIncident, on: dt.date) -> Incident:
    """Register an incident under the next number of its register."""
    own(actor, incident.employer)
    if incident.kind not in LETTERS:
        raise Refused("Не выбран вид происшествия. Выберите его из списка.")
    row = Incident(employer_id=incident.employer, kind=incident.kind)
    _fill(actor, row, incident, on)
    row.source_import, row.source_sheet, row.source_row = incident.file, incident.sheet, incident.row
    kind = IncidentKind(incident.kind)
    register = f"safety.incident.{incident.employer}.{kind}"
    number = numbers_take(register, incident.happened_on.year)[0]
    row.number = f"{LETTERS[kind]}-{number}/{incident.happened_on.year}"
    keep(row)
    if incident.sick_leave:
        _link(actor, row, incident.sick_leave)
    _step(actor, row, "opened")
    publish(IncidentOpened(row.uid, row.employer_id, row.kind, row.person_id, row.happened_on))
    record(actor, "safety.incident_add", row, kind=row.kind, on=row.happened_on)
    return row


@action
def incident_change(actor: Actor, *, incident: UUID, facts: NewIncident, on: dt.date) -> Incident:
    """Correct what was told of an incident; what it said stays in its history."""
    row = _open(actor, incident)
    before = was(row, CHANGED)
    _fill(actor, row, facts, on)
    keep(row)
    _step(actor, row, "changed", before=before)
    record(actor, "safety.incident_change", row)
    return row


@action
def investigation_open(
    actor: Actor,
    *,
    incident: UUID,
    order_number: str,
    since: dt.date,
    due_on: dt.date | None,
    due_basis: str = "",
    members: Sequence[NewMember] = (),
) -> Incident:
    """Begin an investigation: the order, the day by which it ends, the commission."""
    row = _open(actor, incident)
    if row.state != IncidentState.OPEN:
        raise Refused("Расследование уже начато. Дополните комиссию на странице происшествия.")
    if since < row.happened_on:
        raise Refused("Расследование начинается раньше происшествия. Исправьте дату.")
    row.state, row.order_number = IncidentState.INVESTIGATED, order_number
    row.investigated_since, row.due_on, row.due_basis = since, due_on, due_basis
    keep(row)
    for member in members:
        _member(actor, row, member, since)
    _step(actor, row, "investigated", order_number)
    record(actor, "safety.investigation_open", row, since=since, due=due_on)
    return row


@action
def member_add(actor: Actor, *, incident: UUID, member: NewMember, on: dt.date) -> InvestigationMember:
    """Add somebody to the commission of an investigation."""
    row = _open(actor, incident)
    made = _member(actor, row, member, on)
    record(actor, "safety.member_add", row, role=member.role)
    return made


@action
def incident_close(
    actor: Actor, *, incident: UUID, cause: str, why: str, conclusion: str, closed_on: dt.date, on: dt.date
) -> Incident:
    """Close an incident with its causes; an injury is closed only after an investigation by a commission."""
    row = _open(actor, incident)
    if cause not in causes():
        raise Refused("Не выбран вид причины. Без причины происшествие не закрывается.")
    if not row.happened_on <= closed_on <= on:
        raise Refused(
            f"Дата закрытия должна быть от {row.happened_on:%d.%m.%Y} до {on:%d.%m.%Y}. Исправьте её."
        )
    if row.kind == IncidentKind.INJURY:
        _investigated(actor, row)
    row.cause, row.causes, row.conclusion = cause, why, conclusion
    row.closed_on, row.state = closed_on, IncidentState.CLOSED
    keep(row)
    _step(actor, row, "closed", conclusion[:1000])
    record(actor, "safety.incident_close", row, cause=cause, closed=closed_on)
    return row


@action
def incident_annul(actor: Actor, *, incident: UUID, why: str) -> Incident:
    """Annul an incident registered by mistake: its number stays taken, it is counted no more."""
    row = _open(actor, incident)
    row.state, row.sick_leave = IncidentState.ANNULLED, None
    keep(row, "state", "sick_leave")
    _step(actor, row, "annulled", why)
    record(actor, "safety.incident_annul", row)
    return row


@action
def leave_link(actor: Actor, *, incident: UUID, sick_leave: UUID) -> Incident:
    """Link the sick leave that an injury led to."""
    row = incident_of(actor, incident)
    own(actor, row.employer_id)
    _link(actor, row, sick_leave)
    _step(actor, row, "leave_linked")
    record(actor, "safety.leave_link", row, leave=row.sick_leave)
    return row


@action
def audit_add(actor: Actor, *, audit: NewAudit, on: dt.date) -> Audit:
    """Record an inspection of a place."""
    own(actor, audit.employer)
    if audit.on > on:
        raise Refused(f"Проверка {audit.on:%d.%m.%Y} ещё не состоялась. Исправьте дату.")
    placed(actor, employer=audit.employer, division=audit.division, workplace=None)
    if audit.person:
        works_here(actor, employer=audit.employer, person=audit.person, on=audit.on)
    row = Audit(
        employer_id=audit.employer,
        on=audit.on,
        title=audit.title,
        division_id=audit.division,
        person_id=audit.person,
        remarks=audit.remarks,
        grave=audit.grave,
    )
    keep(row)
    record(actor, "safety.audit_add", row, remarks=row.remarks)
    return row


def _open(actor: Actor, uid: UUID) -> Incident:
    row = incident_of(actor, uid)
    own(actor, row.employer_id)
    if row.state in {IncidentState.CLOSED, IncidentState.ANNULLED}:
        raise Refused(
            "Происшествие закрыто, его нельзя изменить. Зарегистрируйте новое или добавьте мероприятие."
        )
    return row


def _fill(actor: Actor, row: Incident, new: NewIncident, on: dt.date) -> None:
    if new.happened_on > on:
        raise Refused(f"Происшествие {new.happened_on:%d.%m.%Y} ещё не наступило. Исправьте дату.")
    if not new.circumstances.strip():
        raise Refused("Не описаны обстоятельства. Напишите, что и как произошло.")
    kind = IncidentKind(row.kind)
    if kind in HURT and new.person is None:
        raise Refused("Не указан пострадавший. Выберите работника.")
    if kind is IncidentKind.INJURY and new.severity not in set(Severity):
        raise Refused(
            "Не указана тяжесть несчастного случая. Выберите её по медицинскому заключению о тяжести."
        )
    placed(actor, employer=row.employer_id, division=new.division, workplace=new.workplace)
    if new.person:
        works_here(actor, employer=row.employer_id, person=new.person, on=new.happened_on)
    for name in ("happened_on", "happened_time", "reported_on", "place", "circumstances", "injury", "group"):
        setattr(row, name, getattr(new, name))
    row.severity = new.severity if kind is IncidentKind.INJURY else ""
    row.person_id, row.division_id, row.workplace_id = new.person, new.division, new.workplace


def _link(actor: Actor, row: Incident, uid: UUID) -> None:
    leave = absence_of(actor, uid)
    if leave.person_id != row.person_id or leave.employer_id != row.employer_id:
        raise NotFound("Листок не найден среди листков пострадавшего. Выберите другой.")
    if leave.since < row.happened_on:
        raise Refused(
            "Листок открыт раньше происшествия. Исправьте дату происшествия или выберите другой листок."
        )
    row.sick_leave = leave.case
    keep(row, "sick_leave")


def _member(actor: Actor, row: Incident, member: NewMember, on: dt.date) -> InvestigationMember:
    works_here(actor, employer=row.employer_id, person=member.person, on=on)
    made = InvestigationMember(
        incident=row,
        employer_id=row.employer_id,
        person_id=member.person,
        post=member.post,
        role=member.role,
    )
    keep(made)
    return made


def _investigated(actor: Actor, row: Incident) -> None:
    if row.state != IncidentState.INVESTIGATED:
        raise Refused(
            "Несчастный случай закрывается после расследования. Начните его кнопкой «Расследование»."
        )
    if not members_of(actor, row).filter(role="chairman").exists():
        raise Refused("У комиссии нет председателя. Добавьте его и закройте снова.")


def _step(
    actor: Actor, row: Incident, step: str, note: str = "", before: dict[str, Any] | None = None
) -> None:
    keep(
        IncidentStep(
            incident=row,
            employer_id=row.employer_id,
            step=step,
            note=note,
            before=before or {},
            account=actor.account,
        )
    )
