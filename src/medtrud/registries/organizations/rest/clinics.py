"""The own clinic for other systems."""

import datetime as dt
from typing import Annotated, Any
from uuid import UUID

from ninja import Field, Schema, Status

from medtrud.engines.store.public import find
from medtrud.engines.ui.public import Request, needs
from medtrud.registries.people.public import names_of
from medtrud.registries.people.types import PersonRow

from .. import actions
from ..models import Accreditation, Commission, Department, Licence, Room, StaffMember
from ..queries.clinics import accreditations_of, commissions, departments, licences, rooms, staff_of
from .schemas import LINE, Line, PersonIn, Title, UntilIn, own_id, portion, router

Code = Annotated[str, Field(min_length=1, max_length=20, pattern=LINE)]


class LicenceOut(Schema):
    """Лицензия."""

    uid: UUID
    number: str
    issued_on: dt.date
    issuer: str
    works: list[str]
    since: dt.date
    until: dt.date | None


class LicenceIn(Schema):
    """Новая лицензия."""

    number: Annotated[str, Field(min_length=1, max_length=100, pattern=LINE)]
    issued_on: dt.date
    issuer: Annotated[str, Field(max_length=300, pattern=LINE)] = ""
    works: list[Annotated[str, Field(max_length=300, pattern=LINE)]] = []
    since: dt.date
    until: dt.date | None = None


class DepartmentOut(Schema):
    """Отделение."""

    uid: UUID
    title: str
    address: str
    phone: str
    since: dt.date
    until: dt.date | None


class DepartmentIn(Schema):
    """Новое отделение."""

    title: Title
    address: Line = ""
    phone: Annotated[str, Field(max_length=100, pattern=LINE)] = ""
    since: dt.date


class RoomOut(Schema):
    """Кабинет."""

    uid: UUID
    number: str
    title: str
    department: UUID | None = Field(None, alias="department.uid")
    since: dt.date
    until: dt.date | None


class RoomIn(Schema):
    """Новый кабинет."""

    number: Annotated[str, Field(min_length=1, max_length=30, pattern=LINE)]
    title: Annotated[str, Field(max_length=250, pattern=LINE)] = ""
    department: UUID | None = None
    since: dt.date


class AccreditationOut(Schema):
    """Аккредитация."""

    uid: UUID
    specialty: str
    number: str
    since: dt.date
    until: dt.date


class AccreditationIn(Schema):
    """Новая аккредитация."""

    specialty: Code
    number: Annotated[str, Field(min_length=1, max_length=100, pattern=LINE)]
    since: dt.date
    until: dt.date


class StaffOut(Schema):
    """Сотрудник медицинской организации."""

    uid: UUID
    person: UUID | None
    name: str
    position: str
    specialties: list[str]
    department: UUID | None
    since: dt.date
    until: dt.date | None
    accreditations: list[AccreditationOut]


class StaffPage(Schema):
    """Страница сотрудников."""

    items: list[StaffOut]
    next: str


class StaffIn(Schema):
    """Приём сотрудника."""

    person: PersonIn
    confirmed: bool = False
    position: Annotated[str, Field(min_length=1, max_length=200, pattern=LINE)]
    specialties: list[Code] = []
    department: UUID | None = None
    since: dt.date


class CommissionOut(Schema):
    """Врачебная комиссия."""

    uid: UUID
    order_number: str
    order_on: dt.date
    chairman: UUID
    members: list[UUID]
    since: dt.date
    until: dt.date | None


class CommissionIn(Schema):
    """Приказ о составе комиссии."""

    order_number: Annotated[str, Field(min_length=1, max_length=50, pattern=LINE)]
    order_on: dt.date
    chairman: UUID
    members: list[UUID]
    since: dt.date
    until: dt.date | None = None


@router.get("/licences", response=list[LicenceOut], url_name="licence_list")
@needs("organizations.licence_list")
def licence_list(request: Request) -> list[Licence]:
    """Лицензии своей организации."""
    return list(licences(request.actor, clinic=own_id(request)))


@router.post("/licences", response={201: LicenceOut}, url_name="licence_add")
@needs("organizations.licence_add")
def licence_add(request: Request, licence: LicenceIn) -> Status[Licence]:
    """Записать лицензию."""
    return Status(201, actions.licence_add(request.actor, clinic=own_id(request), **licence.dict()))


@router.get("/departments", response=list[DepartmentOut], url_name="department_list")
@needs("organizations.department_list")
def department_list(request: Request) -> list[Department]:
    """Действующие отделения своей организации."""
    return list(departments(request.actor, clinic=own_id(request)))


@router.post("/departments", response={201: DepartmentOut}, url_name="department_open")
@needs("organizations.department_open")
def department_open(request: Request, department: DepartmentIn) -> Status[Department]:
    """Добавить отделение."""
    return Status(201, actions.department_open(request.actor, clinic=own_id(request), **department.dict()))


@router.post("/departments/{uuid:department}/close", response=DepartmentOut, url_name="department_close")
@needs("organizations.department_close")
def department_close(request: Request, department: UUID, end: UntilIn) -> Department:
    """Закрыть отделение."""
    return actions.department_close(request.actor, department=department, until=end.until)


@router.get("/rooms", response=list[RoomOut], url_name="room_list")
@needs("organizations.room_list")
def room_list(request: Request) -> list[Room]:
    """Действующие кабинеты своей организации."""
    return list(rooms(request.actor, clinic=own_id(request)))


@router.post("/rooms", response={201: RoomOut}, url_name="room_open")
@needs("organizations.room_open")
def room_open(request: Request, room: RoomIn) -> Status[Room]:
    """Добавить кабинет."""
    return Status(201, actions.room_open(request.actor, clinic=own_id(request), **room.dict()))


@router.post("/rooms/{uuid:room}/close", response=RoomOut, url_name="room_close")
@needs("organizations.room_close")
def room_close(request: Request, room: UUID, end: UntilIn) -> Room:
    """Закрыть кабинет."""
    return actions.room_close(request.actor, room=room, until=end.until)


@router.get("/staff", response=StaffPage, url_name="staff_list")
@needs("organizations.staff_list")
def staff_list(
    request: Request, on: dt.date | None = None, after: str = "", size: int = 50
) -> dict[str, Any]:
    """Сотрудники своей организации по алфавиту; с датой — кто работает в этот день."""
    rows = staff_of(request.actor, clinic=own_id(request), on=on)
    found = portion(request, rows, ["person__name_rank"], after, size)
    return {"items": _staff(request, found["items"]), "next": found["next"]}


@router.post("/staff", response={201: StaffOut}, url_name="staff_take")
@needs("organizations.staff_take")
def staff_take(request: Request, staff: StaffIn) -> Status[dict[str, Any]]:
    """Принять сотрудника; человек, который уже известен, находится и не заводится второй раз."""
    facts = staff.dict(exclude={"person"})
    person = PersonRow(**{"middle_name": "", **staff.person.dict()})
    row = actions.staff_take(request.actor, clinic=own_id(request), person=person, **facts)
    return Status(201, _staff(request, [row])[0])


@router.get("/staff/{uuid:staff}", response=StaffOut, url_name="staff_show")
@needs("organizations.staff_list")
def staff_show(request: Request, staff: UUID) -> dict[str, Any]:
    """Один сотрудник."""
    return _staff(request, [find(StaffMember, request.actor, staff)])[0]


@router.post("/staff/{uuid:staff}/close", response=StaffOut, url_name="staff_close")
@needs("organizations.staff_close")
def staff_close(request: Request, staff: UUID, end: UntilIn) -> dict[str, Any]:
    """Уволить сотрудника."""
    return _staff(request, [actions.staff_close(request.actor, staff=staff, until=end.until)])[0]


@router.post(
    "/staff/{uuid:staff}/accreditations", response={201: AccreditationOut}, url_name="accreditation_add"
)
@needs("organizations.accreditation_add")
def accreditation_add(request: Request, staff: UUID, accreditation: AccreditationIn) -> Status[Accreditation]:
    """Записать аккредитацию."""
    row = actions.accreditation_add(request.actor, staff=staff, **accreditation.dict())
    return Status(201, row)


@router.get("/commissions", response=list[CommissionOut], url_name="commission_list")
@needs("organizations.commission_list")
def commission_list(request: Request) -> list[dict[str, Any]]:
    """Врачебные комиссии своей организации."""
    return [_commission(row) for row in commissions(request.actor, clinic=own_id(request))]


@router.post("/commissions", response={201: CommissionOut}, url_name="commission_open")
@needs("organizations.commission_open")
def commission_open(request: Request, commission: CommissionIn) -> Status[dict[str, Any]]:
    """Записать приказ о составе комиссии."""
    row = actions.commission_open(request.actor, clinic=own_id(request), **commission.dict())
    return Status(201, _commission(row))


@router.post("/commissions/{uuid:commission}/close", response=CommissionOut, url_name="commission_close")
@needs("organizations.commission_close")
def commission_close(request: Request, commission: UUID, end: UntilIn) -> dict[str, Any]:
    """Закончить полномочия комиссии."""
    return _commission(actions.commission_close(request.actor, commission=commission, until=end.until))


def _commission(row: Commission) -> dict[str, Any]:
    return {
        "uid": row.uid,
        "order_number": row.order_number,
        "order_on": row.order_on,
        "chairman": row.chairman.uid,
        "members": [member.staff.uid for member in row.members.select_related("staff")],
        "since": row.since,
        "until": row.until,
    }


def _staff(request: Request, rows: list[StaffMember]) -> list[dict[str, Any]]:
    persons = [row.person_id for row in rows]
    names = names_of(request.actor, persons)
    papers = accreditations_of(request.actor, persons=persons)
    return [
        {
            "uid": row.uid,
            "person": names[row.person_id].uid if row.person_id in names else None,
            "name": names[row.person_id].full if row.person_id in names else "",
            "position": row.position,
            "specialties": row.specialties,
            "department": row.department.uid if row.department else None,
            "since": row.since,
            "until": row.until,
            "accreditations": papers.get(row.person_id, []),
        }
        for row in rows
    ]
