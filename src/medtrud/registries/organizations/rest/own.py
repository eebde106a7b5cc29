"""Organisations and contracts for other systems."""

from typing import Any
from uuid import UUID

from ninja import Schema, Status

from medtrud.engines.store.public import today
from medtrud.engines.ui.public import Request, needs
from medtrud.kernel.errors import Refused

from .. import actions
from ..models import Contract, Organization
from ..queries.organizations import (
    REQUISITES,
    clinic_known,
    contracts,
    employer_with,
    organization_named,
    organizations,
)
from ..types import Requisites
from .schemas import (
    ContractIn,
    ContractOut,
    OrganizationIn,
    OrganizationOut,
    RequisitesIn,
    UntilIn,
    own_id,
    portion,
    router,
)


class OrganizationPage(Schema):
    """Страница организаций."""

    items: list[OrganizationOut]
    next: str


class ContractPage(Schema):
    """Страница договоров."""

    items: list[ContractOut]
    next: str


@router.get("/organizations", response=OrganizationPage, url_name="organization_list")
@needs("organizations.organization_list")
def organization_list(request: Request, q: str = "", after: str = "", size: int = 50) -> dict[str, Any]:
    """Организации по части названия или началу ИНН."""
    rows = organizations(request.actor, text=q.replace("\x00", ""))
    return portion(request, rows, ["name_key"], after, size)


@router.post("/organizations", response={201: OrganizationOut}, url_name="organization_open")
@needs("organizations.organization_open")
def organization_open(request: Request, organization: OrganizationIn) -> Status[Organization]:
    """Завести организацию."""
    row = actions.organization_open(
        request.actor,
        kind=organization.kind,
        requisites=Requisites(**{"name": "", **_named(organization)}),
        since=organization.since,
        region=organization.region,
        confirmed=organization.confirmed,
    )
    return Status(201, row)


@router.get("/organizations/{uuid:organization}", response=OrganizationOut, url_name="organization_show")
@needs("organizations.organization_show")
def organization_show(request: Request, organization: UUID) -> Organization:
    """Одна организация с действующими реквизитами."""
    return organization_named(request.actor, organization)


@router.post("/own/requisites", response=OrganizationOut, url_name="requisites_change")
@needs("organizations.requisites_change")
def requisites_change(request: Request, requisites: RequisitesIn) -> Organization:
    """Записать новые реквизиты своей организации с даты."""
    return actions.requisites_change(
        request.actor,
        organization=own_id(request),
        changes=_named(requisites),
        since=requisites.since,
        basis=requisites.basis,
        confirmed=requisites.confirmed,
    )


def _named(given: RequisitesIn) -> dict[str, str]:
    """Return the requisites that the system has named."""
    return {name: value for name in REQUISITES if (value := getattr(given, name)) is not None}


@router.get("/contracts", response=ContractPage, url_name="contract_list")
@needs("organizations.contract_list")
def contract_list(request: Request, after: str = "", size: int = 50) -> dict[str, Any]:
    """Договоры своей организации, новые первыми."""
    return portion(request, contracts(request.actor), ["-since"], after, size)


@router.post("/contracts", response={201: ContractOut}, url_name="contract_open")
@needs("organizations.contract_open")
def contract_open(request: Request, contract: ContractIn) -> Status[Contract]:
    """Записать договор; записанный медицинской организацией ждёт согласия работодателя."""
    actor, own = request.actor, own_id(request)
    facts: dict[str, Any] = contract.dict(exclude={"clinic", "inn"})
    if contract.clinic:
        facts |= {"employer": own, "clinic": clinic_known(actor, contract.clinic).pk}
    elif contract.inn:
        facts |= {"employer": employer_with(actor, inn=contract.inn).pk, "clinic": own}
    else:
        raise Refused("Вторая сторона не названа. Передайте clinic (uid) или inn (ИНН работодателя).")
    return Status(201, actions.contract_open(actor, **facts))


@router.post("/contracts/{uuid:contract}/accept", response=ContractOut, url_name="contract_accept")
@needs("organizations.contract_accept")
def contract_accept(request: Request, contract: UUID) -> Contract:
    """Принять договор: медицинская организация увидит штат."""
    return actions.contract_accept(request.actor, contract=contract, on=today())


@router.post("/contracts/{uuid:contract}/close", response=ContractOut, url_name="contract_close")
@needs("organizations.contract_close")
def contract_close(request: Request, contract: UUID, end: UntilIn) -> Contract:
    """Закончить договор."""
    return actions.contract_close(request.actor, contract=contract, until=end.until)
