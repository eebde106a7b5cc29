"""Hiring, transfer, dismissal: one person by hand."""

import datetime as dt
from typing import Any
from uuid import UUID

from medtrud.engines.background.public import publish
from medtrud.engines.journal.public import record
from medtrud.engines.store.public import action, find, keep
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused
from medtrud.registries.people.public import person_register, person_share
from medtrud.registries.people.types import PersonRow

from ..models import Division, Employment, Post, Workplace
from ..types import EmploymentClosed, EmploymentKind, EmploymentOpened
from .organizations import own

TRANSFER = "перевод"


@action
def employment_open(
    actor: Actor,
    *,
    person: int,
    post: UUID,
    since: dt.date,
    workplace: UUID | None = None,
    division: UUID | None = None,
    personnel_number: str = "",
    kind: EmploymentKind = EmploymentKind.MAIN,
) -> Employment:
    """Hire a person into a post."""
    place = _place(actor, post=post, workplace=workplace, division=division)
    own(actor, place["employer_id"])
    row = Employment(
        person_id=person,
        personnel_number=personnel_number.strip(),
        kind=EmploymentKind(kind),
        since=since,
        hired_on=since,
        **place,
    )
    keep(row)
    person_share(actor, persons=[person], organization=row.employer_id)
    publish(EmploymentOpened(row.pk, row.person_id, row.employer_id, since))
    record(actor, "organizations.employment_open", row)
    return row


@action
def worker_hire(
    actor: Actor,
    *,
    person: PersonRow,
    confirmed: bool = False,
    post: UUID,
    since: dt.date,
    workplace: UUID | None = None,
    personnel_number: str = "",
    kind: EmploymentKind = EmploymentKind.MAIN,
) -> Employment:
    """Hire somebody by the papers: a card that is known is found, a new one is entered."""
    card = person_register(actor, **person._asdict(), confirmed=confirmed)
    row = employment_open(
        actor,
        person=card.pk,
        post=post,
        since=since,
        workplace=workplace,
        personnel_number=personnel_number,
        kind=kind,
    )
    record(actor, "organizations.worker_hire", row)
    return row


@action
def employment_transfer(
    actor: Actor,
    *,
    employment: UUID,
    since: dt.date,
    post: UUID,
    workplace: UUID | None = None,
    division: UUID | None = None,
    personnel_number: str | None = None,
) -> Employment:
    """Move a person to another post, division or workplace: one job ends, the next begins that day."""
    old = _locked(actor, employment)
    place = _place(actor, post=post, workplace=workplace, division=division)
    if place["employer_id"] != old.employer_id:
        raise Refused("Перевод возможен только внутри организации. В другую организацию принимают заново.")
    kept = (old.post_id, old.division_id, old.workplace_id)
    if kept == (place["post"].pk, place["division_id"], place["workplace_id"]):
        raise Refused("Должность, подразделение и рабочее место прежние. Измените хотя бы одно из них.")
    _end(old, since, TRANSFER)
    row = Employment(
        person_id=old.person_id,
        personnel_number=old.personnel_number if personnel_number is None else personnel_number.strip(),
        kind=old.kind,
        since=since,
        hired_on=old.hired_on,
        previous=old,
        **place,
    )
    keep(row)
    publish(EmploymentClosed(old.pk, old.person_id, old.employer_id, since, moved=True))
    publish(EmploymentOpened(row.pk, row.person_id, row.employer_id, since))
    record(actor, "organizations.employment_transfer", row)
    return row


@action
def employment_close(actor: Actor, *, employment: UUID, until: dt.date, reason: str = "") -> Employment:
    """Dismiss a person: `until` is the first day without work."""
    row = _locked(actor, employment)
    _end(row, until, reason)
    publish(EmploymentClosed(row.pk, row.person_id, row.employer_id, until))
    record(actor, "organizations.employment_close", row)
    return row


def _locked(actor: Actor, uid: UUID) -> Employment:
    seen = find(Employment, actor, uid)
    own(actor, seen.employer_id)
    rows = Employment.objects.visible_to(actor).select_for_update(of=("self",))
    row: Employment = rows.get(pk=seen.pk)
    if row.until is not None:
        raise Refused(
            f"Работа окончена {row.until - dt.timedelta(days=1):%d.%m.%Y}. Прошлые записи не изменяются: "
            "чтобы принять человека снова, оформите приём."
        )
    return row


def _end(row: Employment, until: dt.date, reason: str) -> None:
    if until <= row.since:
        raise Refused(f"Работник принят в эту должность {row.since:%d.%m.%Y}. Укажите более позднюю дату.")
    row.until, row.close_reason = until, reason
    keep(row, "until", "close_reason")


def _place(actor: Actor, *, post: UUID, workplace: UUID | None, division: UUID | None) -> dict[str, Any]:
    """Return where the job stands: the workplace and the division default to those of one another."""
    held = find(Post, actor, post)
    at = find(Workplace, actor, workplace) if workplace else None
    unit = find(Division, actor, division) if division else None
    if {row.employer_id for row in (at, unit) if row} - {held.employer_id}:
        raise Refused(
            "Должность, рабочее место и подразделение относятся к разным организациям. Выберите их заново."
        )
    fallback = (at.division_id if at else None) or held.division_id
    return {
        "employer_id": held.employer_id,
        "post": held,
        "division_id": unit.pk if unit else fallback,
        "workplace_id": at.pk if at else None,
    }
