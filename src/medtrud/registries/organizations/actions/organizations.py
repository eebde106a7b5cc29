"""Organisations, their requisites, contracts."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import asdict, replace
from uuid import UUID

from medtrud.engines.background.public import publish
from medtrud.engines.journal.public import record
from medtrud.engines.store.public import action, find, keep
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.errors import NotFound, Refused
from medtrud.kernel.identifiers import inn_parse, ogrn_parse, ogrnip_parse
from medtrud.kernel.text import sort_key

from ..models import Contract, Organization, OrganizationVersion
from ..queries.organizations import REQUISITES
from ..types import ContractAccepted, Kind, Requisites

OGRNIP_DIGITS = 15
_KPP = re.compile(r"\d{4}[\dA-Z]{2}\d{3}")
_OKVED = re.compile(r"\d{2}(\.\d{1,2}(\.\d{1,2})?)?")


@action
def organization_open(
    actor: Actor,
    *,
    kind: Kind,
    requisites: Requisites,
    since: dt.date,
    region: str = "",
    confirmed: bool = False,
) -> Organization:
    """Enter an organisation; `confirmed` takes numbers with a wrong control digit as they stand."""
    tidy = requisites_checked(requisites, confirmed=confirmed)
    row = Organization(kind=Kind(kind), region=region, name_key=sort_key(tidy.name), **asdict(tidy))
    keep(row)
    _version(row, tidy, since, "первая запись")
    record(actor, "organizations.organization_open", row)
    return row


@action
def requisites_change(
    actor: Actor,
    *,
    organization: int,
    changes: dict[str, str],
    since: dt.date,
    basis: str,
    confirmed: bool = False,
) -> Organization:
    """Record new legal details from a day on; what was before stays in the history."""
    own(actor, organization)
    rows = Organization.objects.visible_to(actor).select_for_update(of=("self",))
    row: Organization = rows.get(pk=organization)
    latest = row.versions.order_by("-since").first()
    if latest is not None and since <= latest.since:
        raise Refused(
            f"Действующие реквизиты записаны с {latest.since:%d.%m.%Y}. "
            "Новые начинаются позже: исправьте дату."
        )
    before = Requisites(**{name: getattr(row, name) for name in REQUISITES})
    tidy = requisites_checked(replace(before, **changes), confirmed=confirmed)
    if tidy == before:
        raise Refused("Реквизиты не изменились. Исправьте хотя бы одно поле.")
    for name, value in asdict(tidy).items():
        setattr(row, name, value)
    row.name_key = sort_key(tidy.name)
    keep(row)
    _version(row, tidy, since, basis)
    record(actor, "organizations.requisites_change", row)
    return row


@action
def contract_open(
    actor: Actor,
    *,
    employer: int,
    clinic: int,
    number: str,
    signed_on: dt.date,
    since: dt.date,
    until: dt.date | None = None,
) -> Contract:
    """Record a contract; one recorded by a clinic waits until the employer accepts it."""
    if actor.role is not Role.SYSTEM and actor.organization not in (employer, clinic):
        raise NotFound("Договор записывает одна из его сторон. Выберите свою организацию.")
    row = Contract(
        employer_id=employer,
        clinic_id=clinic,
        number=number.strip(),
        signed_on=signed_on,
        since=since,
        until=until,
        offered_by_id=actor.organization,
        accepted_on=signed_on if actor.role is Role.SYSTEM or actor.organization == employer else None,
    )
    keep(row)
    record(actor, "organizations.contract_open", row)
    return row


@action
def contract_accept(actor: Actor, *, contract: UUID, on: dt.date) -> Contract:
    """Let the clinic see the staff: only the employer does it."""
    row = find(Contract, actor, contract)
    own(actor, row.employer_id)
    if row.accepted_on is not None:
        raise Refused(f"Договор {row} уже принят {row.accepted_on:%d.%m.%Y}.")
    row.accepted_on = on
    keep(row, "accepted_on")
    publish(ContractAccepted(row.pk, row.employer_id, row.clinic_id))
    record(actor, "organizations.contract_accept", row)
    return row


@action
def contract_close(actor: Actor, *, contract: UUID, until: dt.date) -> Contract:
    """End a contract on a day."""
    row = find(Contract, actor, contract)
    row.until = until
    keep(row, "until")
    record(actor, "organizations.contract_close", row)
    return row


def own(actor: Actor, organization: int) -> None:
    """Refuse to write for another organisation, as if it were not there."""
    if actor.role is not Role.SYSTEM and actor.organization != organization:
        raise NotFound("Запись не найдена. Возможно, она относится к другой организации.")


def requisites_checked(requisites: Requisites, *, confirmed: bool = False) -> Requisites:
    """Return the requisites with tidy numbers, or refuse with the cause."""
    tidy = replace(
        requisites, **{name: " ".join(str(value).split()) for name, value in asdict(requisites).items()}
    )
    if not tidy.name:
        raise Refused("Наименование организации не заполнено. Введите полное наименование по уставу.")
    inn = _number(tidy.inn, inn_parse, confirmed=confirmed)
    parse = ogrnip_parse if len(tidy.ogrn) == OGRNIP_DIGITS else ogrn_parse
    ogrn = _number(tidy.ogrn, parse, confirmed=confirmed)
    for title, value, pattern, hint in [
        ("КПП", tidy.kpp, _KPP, "КПП — девять знаков, например 352501001"),
        ("ОКВЭД", tidy.okved, _OKVED, "ОКВЭД — две, четыре или шесть цифр через точку, например 28.41"),
    ]:
        if value and not pattern.fullmatch(value):
            raise Refused(f"{title} «{value}» записан неверно. {hint}.")
    return replace(tidy, inn=inn, ogrn=ogrn)


def _number(text: str, parse: Callable[[str], str], *, confirmed: bool) -> str:
    if not text:
        return ""
    try:
        return parse(text)
    except ValueError as error:
        if confirmed and text.isdigit():
            return text
        raise Refused(str(error)) from None


def _version(row: Organization, requisites: Requisites, since: dt.date, basis: str) -> None:
    version = OrganizationVersion(organization=row, since=since, basis=basis, **asdict(requisites))
    keep(version)
