"""What other systems send and get."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from django.db.models import QuerySet
from ninja import Field, Router, Schema

from medtrud.engines.store.public import keyset
from medtrud.engines.ui.public import Request

from ..queries.organizations import organization_of
from ..types import EmploymentKind, Kind

router = Router(tags=["Организации"])
MOST = 200
LINE = r"^[^\x00]*$"
Line = Annotated[str, Field(max_length=500, pattern=LINE)]
Title = Annotated[str, Field(min_length=1, max_length=250, pattern=LINE)]


class RequisitesOut(Schema):
    """Реквизиты организации."""

    name: str
    short_name: str
    inn: str
    kpp: str
    ogrn: str
    okved: str
    ownership: str
    address: str
    phone: str
    email: str
    profile: str
    hours: str


class OrganizationOut(RequisitesOut):
    """Организация."""

    uid: UUID
    kind: str
    region: str


class RequisitesIn(Schema):
    """Реквизиты с даты; не названные остаются прежними."""

    name: Line | None = None
    short_name: Line | None = None
    inn: Line | None = None
    kpp: Line | None = None
    ogrn: Line | None = None
    okved: Line | None = None
    ownership: Line | None = None
    address: Line | None = None
    phone: Line | None = None
    email: Line | None = None
    profile: Line | None = None
    hours: Line | None = None
    since: dt.date
    basis: Line = ""
    confirmed: bool = False


class OrganizationIn(RequisitesIn):
    """Новая организация."""

    kind: Kind
    region: Annotated[str, Field(max_length=2, pattern=LINE)] = ""


class ContractOut(Schema):
    """Договор работодателя с медицинской организацией."""

    uid: UUID
    employer: UUID = Field(alias="employer.uid")
    clinic: UUID = Field(alias="clinic.uid")
    number: str
    signed_on: dt.date
    since: dt.date
    until: dt.date | None
    accepted_on: dt.date | None


class ContractIn(Schema):
    """Договор: работодатель называет медицинскую организацию, она — ИНН работодателя."""

    clinic: UUID | None = None
    inn: Line = ""
    number: Title
    signed_on: dt.date
    since: dt.date
    until: dt.date | None = None


class UntilIn(Schema):
    """Первый день, когда запись уже не действует."""

    until: dt.date


class DivisionOut(Schema):
    """Подразделение."""

    uid: UUID
    parent: UUID | None = Field(None, alias="parent.uid")
    title: str
    path: str
    code: str
    since: dt.date | None
    until: dt.date | None


class DivisionIn(Schema):
    """Новое подразделение."""

    title: Title
    parent: UUID | None = None
    code: Annotated[str, Field(max_length=50, pattern=LINE)] = ""
    since: dt.date | None = None


class PostOut(Schema):
    """Должность штатного расписания."""

    uid: UUID
    division: UUID | None = Field(None, alias="division.uid")
    title: str
    code: str
    headcount: Decimal | None
    since: dt.date | None
    until: dt.date | None


class PostIn(Schema):
    """Новая должность."""

    title: Title
    division: UUID | None = None
    code: Annotated[str, Field(max_length=20, pattern=LINE)] = ""
    headcount: Annotated[Decimal, Field(gt=0, max_digits=8, decimal_places=2)] | None = None
    since: dt.date | None = None


class WorkplaceOut(Schema):
    """Рабочее место."""

    uid: UUID
    division: UUID | None = Field(None, alias="division.uid")
    post: UUID | None = Field(None, alias="post.uid")
    number: str
    title: str
    since: dt.date | None
    until: dt.date | None


class WorkplaceIn(Schema):
    """Новое рабочее место."""

    title: Title
    number: Annotated[str, Field(max_length=50, pattern=LINE)] = ""
    division: UUID | None = None
    post: UUID | None = None
    since: dt.date | None = None


class EmploymentOut(Schema):
    """Работа человека в должности."""

    uid: UUID
    person: UUID | None
    name: str
    division: UUID | None
    post: UUID
    post_title: str
    workplace: UUID | None
    personnel_number: str
    kind: EmploymentKind
    hired_on: dt.date
    since: dt.date
    until: dt.date | None
    close_reason: str


class PersonIn(Schema):
    """Человек по документу."""

    last_name: Title
    first_name: Title
    middle_name: Line = ""
    birth_date: dt.date
    sex: Annotated[str, Field(pattern="^(male|female)$")]
    snils: Annotated[str, Field(max_length=20, pattern=LINE)] = ""


class HireIn(Schema):
    """Приём на работу."""

    person: PersonIn
    confirmed: bool = False
    post: UUID
    workplace: UUID | None = None
    personnel_number: Annotated[str, Field(max_length=30, pattern=LINE)] = ""
    kind: EmploymentKind = EmploymentKind.MAIN
    since: dt.date


class TransferIn(Schema):
    """Перевод."""

    post: UUID
    workplace: UUID | None = None
    division: UUID | None = None
    personnel_number: Annotated[str, Field(max_length=30, pattern=LINE)] | None = None
    since: dt.date


class DismissIn(UntilIn):
    """Увольнение: первый день, когда человек уже не работает."""

    reason: Annotated[str, Field(max_length=200, pattern=LINE)] = ""


def portion(
    request: Request, rows: QuerySet[Any], order: Sequence[str], after: str, size: int
) -> dict[str, Any]:
    """Return a page of a list and the cursor of the next one."""
    found = keyset(rows, order=order, after=after, size=max(1, min(size, MOST)))
    return {"items": found.rows, "next": found.next}


def own_id(request: Request) -> int:
    """Return the organisation of the seat; an API without one has nothing to keep."""
    return organization_of(request.actor).pk
