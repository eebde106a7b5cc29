"""Organisations, requisites on a day, contracts."""

import datetime as dt
from dataclasses import fields
from uuid import UUID

from django.db.models import Q, QuerySet

from medtrud.engines.store.public import find
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import NotFound, Refused
from medtrud.kernel.text import sort_key

from ..models import Contract, Organization, OrganizationVersion
from ..types import Kind, Requisites

REQUISITES = tuple(field.name for field in fields(Requisites))


def in_force(on: dt.date) -> Q:
    """Return the rows whose period covers the day."""
    return Q(since__lte=on) & (Q(until__isnull=True) | Q(until__gt=on))


def organizations(actor: Actor, *, text: str = "") -> QuerySet[Organization]:
    """Return the organisations this seat sees; text is a part of the name or the beginning of ИНН."""
    rows: QuerySet[Organization] = Organization.objects.visible_to(actor).order_by("name_key")
    if text.isdigit():
        return rows.filter(inn__startswith=text)
    return rows.filter(name_key__contains=sort_key(text)) if text else rows


def employers(actor: Actor, *, text: str = "") -> QuerySet[Organization]:
    """Return the employers this seat sees."""
    return organizations(actor, text=text).filter(kind=Kind.EMPLOYER)


def clinics(actor: Actor, *, text: str = "") -> QuerySet[Organization]:
    """Return the clinics and occupational pathology centres; everybody may look them up."""
    return organizations(actor, text=text).filter(kind__in=[Kind.CLINIC, Kind.CENTER])


def employer_with(actor: Actor, *, inn: str) -> Organization:
    """Return an employer by its number, to offer it a contract: names and numbers of employers are public."""
    rows = Organization.objects.unscoped("the state register is open; staff is seen by contract only")
    row: Organization | None = rows.filter(kind=Kind.EMPLOYER, inn=inn.strip()).order_by("pk").first()
    if row is None:
        raise Refused(
            f"Работодателя с ИНН {inn} в системе нет. Сверьте номер или попросите его подключиться."
        )
    return row


def organization_named(actor: Actor, uid: UUID) -> Organization:
    """Return an organisation this seat sees; a stranger gets 404."""
    return find(Organization, actor, uid)


def versions_of(actor: Actor, organization: int) -> QuerySet[OrganizationVersion]:
    """Return the requisites of an organisation, newest first."""
    rows: QuerySet[OrganizationVersion] = OrganizationVersion.objects.visible_to(actor)
    return rows.filter(organization=organization).order_by("-since")


def clinic_known(actor: Actor, clinic: UUID) -> Organization:
    """Return a clinic by its uid, or refuse with the next step."""
    row: Organization | None = clinics(actor).filter(uid=clinic).first()
    if row is None:
        raise NotFound("Медицинская организация не найдена. Выберите её в списке или попросите завести.")
    return row


def organization_of(actor: Actor) -> Organization:
    """Return the organisation of the seat."""
    row: Organization | None = Organization.objects.visible_to(actor).filter(pk=actor.organization).first()
    if row is None:
        raise NotFound("У рабочего места нет организации. Её назначает администратор безопасности.")
    return row


def requisites_on(actor: Actor, organization: int, *, on: dt.date) -> Requisites:
    """Return the legal details on a day; before the first version, the first one."""
    versions = OrganizationVersion.objects.visible_to(actor).filter(organization=organization)
    row = versions.filter(since__lte=on).order_by("-since").first() or versions.order_by("since").first()
    if row is None:
        raise NotFound("Реквизиты организации не найдены. Возможно, она относится к другому региону.")
    return Requisites(**{name: getattr(row, name) for name in REQUISITES})


def contracts(actor: Actor, *, employer: int | None = None, clinic: int | None = None) -> QuerySet[Contract]:
    """Return the contracts of the seat's organisation, newest first."""
    rows: QuerySet[Contract] = Contract.objects.visible_to(actor).select_related("employer", "clinic")
    if employer is not None:
        rows = rows.filter(employer=employer)
    if clinic is not None:
        rows = rows.filter(clinic=clinic)
    return rows.order_by("-since", "-pk")


def contract_named(actor: Actor, uid: UUID) -> Contract:
    """Return one contract; a stranger gets 404."""
    return find(Contract, actor, uid)


def contract_on(actor: Actor, *, employer: int, clinic: int, on: dt.date) -> Contract | None:
    """Return the accepted contract of two sides in force on a day."""
    rows = contracts(actor, employer=employer, clinic=clinic)
    return rows.filter(in_force(on), accepted_on__isnull=False).first()


def contract_between(
    actor: Actor, *, employer: int, clinic: int, on: dt.date, contract: UUID | None = None
) -> Contract | None:
    """Return the named contract of the two sides if it is accepted, or the one in force."""
    if contract is None:
        return contract_on(actor, employer=employer, clinic=clinic, on=on)
    row = contracts(actor, employer=employer, clinic=clinic).filter(uid=contract).first()
    if row is None:
        raise NotFound("Договор не найден: у этих организаций такого нет. Выберите договор из списка.")
    if row.accepted_on is None:
        raise Refused(f"Договор {row} ещё не принят работодателем. Примите его в разделе «Договоры».")
    return row


SEAT = "whose seat it is, is no secret of the seat"
FOUND = 20


def short_names(ids: list[int]) -> dict[int, str]:
    """Return the short names of organisations for the seats of an account."""
    return {row.pk: str(row) for row in Organization.objects.unscoped(SEAT).filter(pk__in=ids)}


def key_by_inn(inn: str) -> int | None:
    """Return the organisation a seat is given in, by its ИНН."""
    rows = Organization.objects.unscoped(SEAT).filter(inn=inn.strip()).order_by("pk")
    key: int | None = rows.values_list("pk", flat=True).first() if inn.strip() else None
    return key


def inns_found(text: str) -> list[tuple[str, str]]:
    """Return ИНН and name of organisations a seat may be given in."""
    rows = Organization.objects.unscoped(SEAT).exclude(inn="").order_by("name_key")
    wanted = Q(inn__startswith=text.strip()) | Q(name_key__contains=sort_key(text))
    return [(row.inn, str(row)) for row in rows.filter(wanted)[:FOUND]]
