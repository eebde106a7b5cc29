"""Clinics: licences, departments, rooms, staff, accreditation, commissions."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from uuid import UUID

from django.db.models import Q, QuerySet

from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.errors import Forbidden, NotFound, Refused
from medtrud.registries.people.public import own_rows
from medtrud.registries.reference.public import codes_get

from ..models import Accreditation, Commission, Department, Licence, Room, StaffMember
from .organizations import in_force

NO_ACCREDITATION = (
    "На {on:%d.%m.%Y} у врача нет действующей аккредитации по этой специальности. "
    "Внесите аккредитацию в карточке сотрудника или поручите осмотр другому врачу."
)
SPECIALTIES = "specialties"
BASIS = "приказ № 29н, Порядок, пп. 5, 16, 46"


def licences(actor: Actor, *, clinic: int) -> QuerySet[Licence]:
    """Return the licences of a clinic, newest first."""
    rows: QuerySet[Licence] = Licence.objects.visible_to(actor).filter(clinic=clinic)
    return rows.order_by("-since", "-pk")


def departments(actor: Actor, *, clinic: int, closed: bool = False) -> QuerySet[Department]:
    """Return the departments of a clinic."""
    rows: QuerySet[Department] = Department.objects.visible_to(actor).filter(clinic=clinic)
    return (rows if closed else rows.filter(until__isnull=True)).order_by("title_key", "pk")


def rooms(actor: Actor, *, clinic: int, closed: bool = False) -> QuerySet[Room]:
    """Return the rooms of a clinic."""
    rows: QuerySet[Room] = Room.objects.visible_to(actor).filter(clinic=clinic).select_related("department")
    return (rows if closed else rows.filter(until__isnull=True)).order_by("number", "pk")


def staff_of(actor: Actor, *, clinic: int, on: dt.date | None = None) -> QuerySet[StaffMember]:
    """Return the staff of a clinic; with a day, those who work on it."""
    rows: QuerySet[StaffMember] = StaffMember.objects.visible_to(actor).filter(organization=clinic)
    rows = rows.select_related("department").order_by("person__name_rank", "pk")
    return rows.filter(in_force(on)) if on else rows


def staff_member_of(actor: Actor, *, on: dt.date) -> StaffMember | None:
    """Return the row of staff the actor works under on a day."""
    rows = StaffMember.objects.visible_to(actor).filter(in_force(on), organization=actor.organization)
    mine = Q(pk__in=[])
    if actor.account is not None:
        mine |= Q(account=actor.account)
    if actor.person is not None:
        mine |= own_rows(actor)
    own = rows.filter(mine)
    found: StaffMember | None = own.order_by("pk").first()
    return found


def specialties_of(actor: Actor, *, person: int, clinic: int, on: dt.date) -> frozenset[str]:
    """Return the specialties a person works in at a clinic on a day and is accredited for."""
    rows = StaffMember.objects.visible_to(actor).filter(in_force(on), organization=clinic, person=person)
    held = {code for row in rows for code in row.specialties}
    valid = Accreditation.objects.visible_to(actor).filter(in_force(on), person=person, specialty__in=held)
    return frozenset(valid.values_list("specialty", flat=True))


def accreditation_of(actor: Actor, *, staff: int, specialty: str, on: dt.date) -> Accreditation | None:
    """Return the accreditation of a member of staff in a specialty on a day, if there is one."""
    rows: QuerySet[Accreditation] = Accreditation.objects.visible_to(actor).filter(
        in_force(on),
        specialty=specialty,
        person__in=StaffMember.objects.visible_to(actor).filter(pk=staff).values("person"),
    )
    return rows.order_by("-until").first()


def accreditation_require(actor: Actor, *, staff: int, specialty: str, on: dt.date) -> Accreditation:
    """Return the accreditation, or refuse the signature: a doctor without it cannot sign the examination."""
    found = accreditation_of(actor, staff=staff, specialty=specialty, on=on)
    if found is None:
        raise Forbidden(NO_ACCREDITATION.format(on=on))
    return found


def accreditations_of(actor: Actor, *, persons: Iterable[int]) -> dict[int, list[Accreditation]]:
    """Return all accreditations by person, in one query, the latest first."""
    found: dict[int, list[Accreditation]] = defaultdict(list)
    rows = Accreditation.objects.visible_to(actor).filter(person__in=list(persons))
    for row in rows.order_by("specialty", "-until"):
        found[row.person_id].append(row)
    return found


def specialty_titles(actor: Actor, codes: Collection[str], *, on: dt.date) -> dict[str, str]:
    """Return the names of specialties by code; without the book the codes speak for themselves."""
    try:
        return {code: row.title for code, row in codes_get(actor, SPECIALTIES, codes, on).items()}
    except NotFound:
        return {}


def commissions(actor: Actor, *, clinic: int, on: dt.date | None = None) -> QuerySet[Commission]:
    """Return the commissions of a clinic, newest first; with a day, those in force."""
    rows: QuerySet[Commission] = Commission.objects.visible_to(actor).filter(clinic=clinic)
    rows = rows.select_related("chairman").prefetch_related("members__staff").order_by("-since", "-pk")
    return rows.filter(in_force(on)) if on else rows


def commission_chaired(actor: Actor, *, on: dt.date) -> Commission:
    """Return the commission the actor chairs on a day; only the chairman signs conclusions and acts."""
    own = staff_member_of(actor, on=on)
    rows = Commission.objects.visible_to(actor).filter(in_force(on), clinic=actor.organization)
    found: Commission | None = rows.filter(chairman=own).select_related("chairman").first() if own else None
    if found is None:
        raise Forbidden(
            "Подписывает председатель врачебной комиссии, утверждённой приказом руководителя. "
            "Передайте ему документ или внесите приказ о комиссии в разделе «Комиссия».",
            basis=BASIS,
        )
    return found


def chairman_of(actor: Actor, *, clinic: int, on: dt.date) -> StaffMember:
    """Return the chairman when the actor is him; a job signs for the chairman of the day.

    29н, п. 5: состав комиссии утверждён приказом; пп. 16, 46: подписывает председатель.
    """
    if actor.role is Role.SYSTEM:
        row = commissions(actor, clinic=clinic, on=on).first()
        if row is None:
            raise Refused(f"На {on:%d.%m.%Y} нет приказа о врачебной комиссии. Внесите его.", basis=BASIS)
        return row.chairman
    if clinic != actor.organization:
        raise NotFound("Осмотр не найден. Возможно, он относится к другой медицинской организации.")
    return commission_chaired(actor, on=on).chairman


def staff_allowed(
    actor: Actor, *, clinic: int, specialties: Collection[str], on: dt.date, staff: UUID | None = None
) -> StaffMember | None:
    """Return who signs a line: the named member of staff, or the actor's own row.

    A line with specialties wants a person accredited in one of them on the day (N3); others may come
    from a device.
    """
    named = staff_held(actor, clinic=clinic, staff=[staff], on=on).get(staff) if staff else None
    return staff_judged(actor, named, clinic=clinic, specialties=specialties, on=on, staff=staff)


Held = tuple[StaffMember, frozenset[str]]


def staff_held(actor: Actor, *, clinic: int, staff: Collection[UUID], on: dt.date) -> dict[UUID, Held]:
    """Return members of staff of a day with the specialties they may sign in, in two queries for all."""
    rows = StaffMember.objects.visible_to(actor).filter(in_force(on), organization=clinic, uid__in=staff)
    found = list(rows)
    valid = Accreditation.objects.visible_to(actor).filter(
        in_force(on), person__in=[row.person_id for row in found]
    )
    held: dict[int, set[str]] = defaultdict(set)
    for person, specialty in valid.values_list("person", "specialty"):
        held[person].add(specialty)
    return {row.uid: (row, frozenset(row.specialties) & held[row.person_id]) for row in found}


def staff_judged(
    actor: Actor,
    named: Held | None,
    *,
    clinic: int,
    specialties: Collection[str],
    on: dt.date,
    staff: UUID | None = None,
) -> StaffMember | None:
    """Return who signs a line when the named member of staff has been looked up, or refuse."""
    row = named[0] if named else None if staff else staff_member_of(actor, on=on)
    if row is not None and row.organization_id != clinic:
        row = None
    if row is None and (staff or specialties):
        raise Refused(
            f"На {on:%d.%m.%Y} сотрудник не числится в этой медицинской организации. "
            "Выберите действующего сотрудника или внесите его в разделе «Сотрудники»."
        )
    if row is not None and specialties:
        held = named[1] if named else specialties_of(actor, person=row.person_id, clinic=clinic, on=on)
        if not held & set(specialties):
            raise Forbidden(NO_ACCREDITATION.format(on=on))
    return row
