"""Licences, departments, rooms, staff, accreditation, commissions."""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from medtrud.engines.background.public import publish
from medtrud.engines.journal.public import record
from medtrud.engines.store.public import action, find, keep
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused
from medtrud.kernel.text import sort_key
from medtrud.registries.people.public import person_register, person_share
from medtrud.registries.people.types import PersonRow

from ..models import Accreditation, Commission, CommissionMember, Department, Licence, Room, StaffMember
from ..queries.clinics import specialties_of
from ..rules import chairman_specialties
from ..types import StaffClosed
from .organizations import own

ORDER = "приказ № 29н, Порядок, п. 5"


@action
def licence_add(
    actor: Actor,
    *,
    clinic: int,
    number: str,
    issued_on: dt.date,
    issuer: str = "",
    works: Sequence[str] = (),
    since: dt.date,
    until: dt.date | None = None,
) -> Licence:
    """Record a licence."""
    own(actor, clinic)
    row = Licence(
        clinic_id=clinic,
        number=number.strip(),
        issued_on=issued_on,
        issuer=issuer,
        works=list(works),
        since=since,
        until=until,
    )
    keep(row)
    record(actor, "organizations.licence_add", row)
    return row


@action
def department_open(
    actor: Actor, *, clinic: int, title: str, since: dt.date, address: str = "", phone: str = ""
) -> Department:
    """Add a department."""
    own(actor, clinic)
    title = " ".join(title.split())
    row = Department(
        clinic_id=clinic, title=title, title_key=sort_key(title), address=address, phone=phone, since=since
    )
    keep(row)
    record(actor, "organizations.department_open", row)
    return row


@action
def department_close(actor: Actor, *, department: UUID, until: dt.date) -> Department:
    """Close a department whose rooms are closed."""
    row = find(Department, actor, department)
    own(actor, row.clinic_id)
    if Room.objects.visible_to(actor).filter(department=row, until__isnull=True).exists():
        raise Refused(f"В отделении «{row.title}» есть действующие кабинеты. Сначала закройте их.")
    row.until = until
    keep(row, "until")
    record(actor, "organizations.department_close", row)
    return row


@action
def room_open(
    actor: Actor, *, clinic: int, number: str, since: dt.date, title: str = "", department: UUID | None = None
) -> Room:
    """Add a room."""
    own(actor, clinic)
    above = find(Department, actor, department) if department else None
    if above is not None:
        own(actor, above.clinic_id)
    row = Room(clinic_id=clinic, department=above, number=number.strip(), title=title, since=since)
    keep(row)
    record(actor, "organizations.room_open", row)
    return row


@action
def room_close(actor: Actor, *, room: UUID, until: dt.date) -> Room:
    """Close a room."""
    row = find(Room, actor, room)
    own(actor, row.clinic_id)
    row.until = until
    keep(row, "until")
    record(actor, "organizations.room_close", row)
    return row


@action
def staff_open(
    actor: Actor,
    *,
    clinic: int,
    person: int,
    position: str,
    since: dt.date,
    specialties: Sequence[str] = (),
    department: UUID | None = None,
    account: int | None = None,
) -> StaffMember:
    """Take a person on the staff; specialties are codes of the book of specialties."""
    own(actor, clinic)
    above = find(Department, actor, department) if department else None
    row = StaffMember(
        organization_id=clinic,
        person_id=person,
        account_id=account,
        department=above,
        position=position.strip(),
        specialties=sorted(set(specialties)),
        since=since,
    )
    keep(row)
    person_share(actor, persons=[person], organization=clinic)
    record(actor, "organizations.staff_open", row)
    return row


@action
def staff_take(
    actor: Actor,
    *,
    clinic: int,
    person: PersonRow,
    confirmed: bool = False,
    position: str,
    since: dt.date,
    specialties: Sequence[str] = (),
    department: UUID | None = None,
) -> StaffMember:
    """Take somebody on the staff by the papers: a card that is known is found, a new one is entered."""
    card = person_register(actor, **person._asdict(), confirmed=confirmed)
    row = staff_open(
        actor,
        clinic=clinic,
        person=card.pk,
        position=position,
        since=since,
        specialties=specialties,
        department=department,
    )
    record(actor, "organizations.staff_take", row)
    return row


@action
def staff_close(actor: Actor, *, staff: UUID, until: dt.date) -> StaffMember:
    """Take a person off the staff: from this day he examines and signs nothing here."""
    row = find(StaffMember, actor, staff)
    own(actor, row.organization_id)
    row.until = until
    keep(row, "until")
    publish(StaffClosed(row.pk, row.person_id, row.organization_id, until))
    record(actor, "organizations.staff_close", row)
    return row


@action
def accreditation_add(
    actor: Actor, *, staff: UUID, specialty: str, number: str, since: dt.date, until: dt.date
) -> Accreditation:
    """Record the accreditation of a member of staff in a specialty."""
    member = find(StaffMember, actor, staff)
    own(actor, member.organization_id)
    row = Accreditation(
        organization_id=member.organization_id,
        person_id=member.person_id,
        specialty=specialty,
        number=number.strip(),
        since=since,
        until=until,
    )
    keep(row)
    record(actor, "organizations.accreditation_add", row)
    return row


@action
def commission_open(
    actor: Actor,
    *,
    clinic: int,
    order_number: str,
    order_on: dt.date,
    chairman: UUID,
    members: Sequence[UUID],
    since: dt.date,
    until: dt.date | None = None,
) -> Commission:
    """Record the commission an order of the head has set up."""
    own(actor, clinic)
    head = find(StaffMember, actor, chairman)
    others = [find(StaffMember, actor, uid) for uid in dict.fromkeys(members) if uid != chairman]
    if not others:
        raise Refused(
            "В комиссии нет членов, кроме председателя. Добавьте хотя бы одного врача.", basis=ORDER
        )
    for member in (head, *others):
        _works(member, clinic, since)
    _heads(actor, head, since)
    row = Commission(
        clinic_id=clinic,
        order_number=order_number.strip(),
        order_on=order_on,
        chairman=head,
        since=since,
        until=until,
    )
    keep(row)
    for member in others:
        keep(CommissionMember(commission=row, staff=member))
    record(actor, "organizations.commission_open", row)
    return row


@action
def commission_close(actor: Actor, *, commission: UUID, until: dt.date) -> Commission:
    """End the powers of a commission."""
    row = find(Commission, actor, commission)
    own(actor, row.clinic_id)
    row.until = until
    keep(row, "until")
    record(actor, "organizations.commission_close", row)
    return row


def _heads(actor: Actor, head: StaffMember, on: dt.date) -> None:
    """Refuse a chairman without a valid accreditation in the specialty the order names."""
    wanted, title, ref = chairman_specialties(on)
    valid = specialties_of(actor, person=head.person_id, clinic=head.organization_id, on=on)
    if wanted and not wanted & valid:
        raise Refused(
            f"Комиссию возглавляет {title.lower()}, а у председателя на {on:%d.%m.%Y} нет действующей "
            "аккредитации по этой специальности. Внесите её в карточке сотрудника или выберите другого.",
            basis=str(ref),
        )


def _works(member: StaffMember, clinic: int, on: dt.date) -> None:
    if member.organization_id != clinic or member.since > on or (member.until and member.until <= on):
        raise Refused(
            f"{member.position}: на {on:%d.%m.%Y} не работает в этой организации. "
            "Выберите действующего сотрудника.",
            basis=ORDER,
        )
