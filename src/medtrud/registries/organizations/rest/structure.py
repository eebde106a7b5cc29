"""Divisions, posts, workplaces and jobs for other systems."""

import datetime as dt
from typing import Any
from uuid import UUID

from ninja import Schema, Status

from medtrud.engines.store.public import find, today
from medtrud.engines.ui.public import Request, needs
from medtrud.registries.people.public import names_of, persons_search
from medtrud.registries.people.types import PersonRow

from .. import actions
from ..models import Division, Employment, Post, Workplace
from ..queries.staff import divisions, employment_of, employments_on, posts, workplaces
from .schemas import (
    DismissIn,
    DivisionIn,
    DivisionOut,
    EmploymentOut,
    HireIn,
    PostIn,
    PostOut,
    TransferIn,
    UntilIn,
    WorkplaceIn,
    WorkplaceOut,
    own_id,
    portion,
    router,
)


class DivisionPage(Schema):
    """Страница подразделений."""

    items: list[DivisionOut]
    next: str


class PostPage(Schema):
    """Страница должностей."""

    items: list[PostOut]
    next: str


class WorkplacePage(Schema):
    """Страница рабочих мест."""

    items: list[WorkplaceOut]
    next: str


class EmploymentPage(Schema):
    """Страница работ."""

    items: list[EmploymentOut]
    next: str


@router.get("/divisions", response=DivisionPage, url_name="division_list")
@needs("organizations.division_list")
def division_list(request: Request, after: str = "", size: int = 50, closed: bool = False) -> dict[str, Any]:  # noqa: FBT001, FBT002 - a query parameter
    """Подразделения своей организации."""
    rows = divisions(request.actor, employer=own_id(request), closed=closed).select_related("parent")
    return portion(request, rows, ["path"], after, size)


@router.post("/divisions", response={201: DivisionOut}, url_name="division_open")
@needs("organizations.division_open")
def division_open(request: Request, division: DivisionIn) -> Status[Division]:
    """Добавить подразделение."""
    return Status(201, actions.division_open(request.actor, employer=own_id(request), **division.dict()))


@router.get("/divisions/{uuid:division}", response=DivisionOut, url_name="division_card")
@needs("organizations.division_list")
def division_card(request: Request, division: UUID) -> Division:
    """Одно подразделение."""
    return find(Division, request.actor, division)


@router.post("/divisions/{uuid:division}/close", response=DivisionOut, url_name="division_close")
@needs("organizations.division_close")
def division_close(request: Request, division: UUID, end: UntilIn) -> Division:
    """Закрыть подразделение."""
    return actions.division_close(request.actor, division=division, until=end.until)


@router.get("/posts", response=PostPage, url_name="post_list")
@needs("organizations.post_list")
def post_list(request: Request, after: str = "", size: int = 50, closed: bool = False) -> dict[str, Any]:  # noqa: FBT001, FBT002 - a query parameter
    """Штатное расписание своей организации."""
    rows = posts(request.actor, employer=own_id(request), closed=closed)
    return portion(request, rows, ["title_key"], after, size)


@router.post("/posts", response={201: PostOut}, url_name="post_open")
@needs("organizations.post_open")
def post_open(request: Request, post: PostIn) -> Status[Post]:
    """Добавить должность."""
    return Status(201, actions.post_open(request.actor, employer=own_id(request), **post.dict()))


@router.get("/posts/{uuid:post}", response=PostOut, url_name="post_card")
@needs("organizations.post_list")
def post_card(request: Request, post: UUID) -> Post:
    """Одна должность."""
    return find(Post, request.actor, post)


@router.post("/posts/{uuid:post}/close", response=PostOut, url_name="post_close")
@needs("organizations.post_close")
def post_close(request: Request, post: UUID, end: UntilIn) -> Post:
    """Вывести должность из штата."""
    return actions.post_close(request.actor, post=post, until=end.until)


@router.get("/workplaces", response=WorkplacePage, url_name="workplace_list")
@needs("organizations.workplace_list")
def workplace_list(request: Request, after: str = "", size: int = 50, closed: bool = False) -> dict[str, Any]:  # noqa: FBT001, FBT002 - a query parameter
    """Рабочие места своей организации."""
    rows = workplaces(request.actor, employer=own_id(request), closed=closed)
    return portion(request, rows, ["title_key"], after, size)


@router.post("/workplaces", response={201: WorkplaceOut}, url_name="workplace_open")
@needs("organizations.workplace_open")
def workplace_open(request: Request, workplace: WorkplaceIn) -> Status[Workplace]:
    """Добавить рабочее место."""
    return Status(201, actions.workplace_open(request.actor, employer=own_id(request), **workplace.dict()))


@router.get("/workplaces/{uuid:workplace}", response=WorkplaceOut, url_name="workplace_card")
@needs("organizations.workplace_list")
def workplace_card(request: Request, workplace: UUID) -> Workplace:
    """Одно рабочее место."""
    return find(Workplace, request.actor, workplace)


@router.post("/workplaces/{uuid:workplace}/close", response=WorkplaceOut, url_name="workplace_close")
@needs("organizations.workplace_close")
def workplace_close(request: Request, workplace: UUID, end: UntilIn) -> Workplace:
    """Закрыть рабочее место."""
    return actions.workplace_close(request.actor, workplace=workplace, until=end.until)


@router.get("/employments", response=EmploymentPage, url_name="employment_list")
@needs("organizations.employment_list")
def employment_list(
    request: Request, q: str = "", on: dt.date | None = None, after: str = "", size: int = 50
) -> dict[str, Any]:
    """Кто работает в своей организации на день (по умолчанию сегодня), по алфавиту."""
    rows = employments_on(request.actor, employer=own_id(request), on=on or today())
    if q:
        rows = rows.filter(person__in=persons_search(request.actor, q.replace("\x00", "")))
    found = portion(request, rows, ["person__name_rank"], after, size)
    return {"items": _shown(request, found["items"]), "next": found["next"]}


@router.post("/employments", response={201: EmploymentOut}, url_name="worker_hire")
@needs("organizations.worker_hire")
def worker_hire(request: Request, hire: HireIn) -> Status[dict[str, Any]]:
    """Принять на работу; человек, который уже известен, находится и не заводится второй раз."""
    facts = hire.dict(exclude={"person"})
    person = PersonRow(**{"middle_name": "", **hire.person.dict()})
    return Status(201, _one(request, actions.worker_hire(request.actor, person=person, **facts)))


@router.get("/employments/{uuid:employment}", response=EmploymentOut, url_name="employment_card")
@needs("organizations.employment_list")
def employment_card(request: Request, employment: UUID) -> dict[str, Any]:
    """Одна работа, и прошлая тоже."""
    return _one(request, employment_of(request.actor, employment))


@router.post(
    "/employments/{uuid:employment}/transfer", response={201: EmploymentOut}, url_name="employment_transfer"
)
@needs("organizations.employment_transfer")
def employment_transfer(request: Request, employment: UUID, transfer: TransferIn) -> Status[dict[str, Any]]:
    """Перевести: прежняя работа заканчивается, в ответе — новая."""
    row = actions.employment_transfer(request.actor, employment=employment, **transfer.dict())
    return Status(201, _one(request, row))


@router.post("/employments/{uuid:employment}/close", response=EmploymentOut, url_name="employment_close")
@needs("organizations.employment_close")
def employment_close(request: Request, employment: UUID, end: DismissIn) -> dict[str, Any]:
    """Уволить."""
    row = actions.employment_close(request.actor, employment=employment, **end.dict())
    return _one(request, row)


def _one(request: Request, row: Employment) -> dict[str, Any]:
    return _shown(request, [row])[0]


def _shown(request: Request, rows: list[Employment]) -> list[dict[str, Any]]:
    names = names_of(request.actor, [row.person_id for row in rows])
    return [
        {
            "uid": row.uid,
            "person": names[row.person_id].uid if row.person_id in names else None,
            "name": names[row.person_id].full if row.person_id in names else "",
            "division": row.division.uid if row.division else None,
            "post": row.post.uid,
            "post_title": row.post.title,
            "workplace": row.workplace.uid if row.workplace else None,
            "personnel_number": row.personnel_number,
            "kind": row.kind,
            "hired_on": row.hired_on,
            "since": row.since,
            "until": row.until,
            "close_reason": row.close_reason,
        }
        for row in rows
    ]
