"""An invented clinic with its licence, departments, doctors and commission."""

import datetime as dt
from contextlib import suppress
from typing import Any

from medtrud.engines.access.public import account_open, accounts, seat_give
from medtrud.engines.signing.public import certificate_issue
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.errors import Refused
from medtrud.registries.people.public import person_register

from ..actions import (
    accreditation_add,
    commission_open,
    department_open,
    licence_add,
    organization_open,
    room_open,
    staff_open,
)
from ..models import Organization, StaffMember
from ..queries.organizations import clinics
from ..types import Kind, Requisites
from .staff import CHAIR, DEPARTMENTS, MEMBERS, STAFF, Doctor

LONG_AGO = dt.date(2020, 9, 1)
CLINIC = Requisites(
    name="Бюджетное учреждение здравоохранения «Вологодская поликлиника профилактических осмотров»",
    short_name="БУЗ «Поликлиника профосмотров»",
    inn="0000000049",
    ogrn="1000000000043",
    okved="86.21",
    ownership="государственная",
    address="160002, г. Вологда, ул. Медицинская, д. 3",
    phone="8 (8172) 00-00-00",
    hours="пн – пт с 8 до 18",
)
SEAL = CLINIC.short_name
WORKS = (
    "медицинские осмотры (предварительные, периодические)",
    "профпатология",
    "экспертиза профпригодности",
)


def fill(actor: Actor) -> None:
    """Open the clinic once."""
    if clinics(actor, text=CLINIC.inn).exists():
        return
    clinic = organization_open(
        actor, kind=Kind.CLINIC, requisites=CLINIC, since=LONG_AGO, region="35", confirmed=True
    )
    licence_add(
        actor,
        clinic=clinic.pk,
        number="Л041-00000-35/00000001",
        issued_on=LONG_AGO,
        issuer="Росздравнадзор",
        works=WORKS,
        since=LONG_AGO,
    )
    for title, rooms in DEPARTMENTS.items():
        place = department_open(actor, clinic=clinic.pk, title=title, since=LONG_AGO)
        for number in rooms:
            room_open(actor, clinic=clinic.pk, number=number, since=LONG_AGO, department=place.uid)
    seal = {"organization": SEAL, "ogrn": CLINIC.ogrn, "place": "Вологда"}
    _certify(actor, "seal", seal, organization=clinic.pk)
    staff = {doctor.login: _hire(actor, clinic, doctor) for doctor in STAFF}
    commission_open(
        actor,
        clinic=clinic.pk,
        order_number="12-о",
        order_on=LONG_AGO,
        chairman=staff[CHAIR].uid,
        members=[staff[login].uid for login in MEMBERS],
        since=LONG_AGO,
    )


def _certify(actor: Actor, kind: str, names: dict[str, str], **owner: Any) -> None:
    """Issue a certificate; without an authority (a part of the demo filled alone) there is none."""
    with suppress(Refused):
        certificate_issue(actor, kind=kind, names=names, **owner)


def _hire(actor: Actor, clinic: Organization, doctor: Doctor) -> StaffMember:
    last, first, middle = doctor.name.split()
    person = person_register(
        actor,
        last_name=last,
        first_name=first,
        middle_name=middle,
        birth_date=dt.date.fromisoformat(doctor.born),
        sex=doctor.sex,
    )
    if accounts(actor).filter(login=doctor.login).exists():
        account = accounts(actor).get(login=doctor.login)
    else:
        account = account_open(actor, login=doctor.login, password="demo", person=person.pk)  # noqa: S106
    for role in [Role.COMMISSION, Role.CLINIC] if doctor.login == CHAIR else [Role.CLINIC]:
        seat_give(actor, account=account, role=role, since=LONG_AGO, organization=clinic.pk, region="35")
    row = staff_open(
        actor,
        clinic=clinic.pk,
        person=person.pk,
        position=doctor.position,
        since=LONG_AGO,
        specialties=doctor.specialties,
        account=account.pk,
    )
    names = {
        "surname": last,
        "given_name": f"{first} {middle}",
        "organization": SEAL,
        "position": doctor.position,
    }
    _certify(actor, "person", names, account=account.pk, person=person.pk, organization=clinic.pk)
    for specialty in doctor.specialties:
        accreditation_add(
            actor,
            staff=row.uid,
            specialty=specialty,
            number="3500 00000001",
            since=LONG_AGO,
            until=dt.date.fromisoformat(doctor.until),
        )
    return row
