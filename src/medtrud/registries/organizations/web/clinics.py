"""The own clinic: licences, departments, rooms."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.html import format_html

from medtrud.engines.store.public import find, today
from medtrud.engines.ui.public import (
    Button,
    Column,
    Request,
    Search,
    Select,
    attempt,
    cells,
    done,
    form_page,
    listing,
    needs,
    page,
    plain,
)
from medtrud.kernel.text import sort_key

from .. import actions
from ..models import Department, Licence, Room
from ..queries.clinics import departments, licences, rooms
from ..queries.organizations import organization_of
from .forms import DepartmentForm, LicenceForm, RoomForm, choices
from .structure import TABS, close_page, open_page


@needs("organizations.licence_list")
def licence_list(request: Request) -> HttpResponse:
    """Show the own licences."""
    clinic, on = organization_of(request.actor), today()
    rows = [
        (row, "действует" if row.since <= on and (row.until is None or row.until > on) else "не действует")
        for row in licences(request.actor, clinic=clinic.pk)
    ]
    return page(request, "organizations/licence_list.html", title="Лицензии", rows=rows)


@needs("organizations.licence_add")
def licence_add(request: Request) -> HttpResponse:
    """Record a licence."""
    clinic = organization_of(request.actor)
    form = LicenceForm(request.POST or None)
    back = reverse("organizations:licence_list")

    def act(facts: dict[str, Any]) -> Licence:
        works = [line.strip() for line in facts.pop("works").splitlines() if line.strip()]
        return actions.licence_add(request.actor, clinic=clinic.pk, works=works, **facts)

    if attempt(form, act):
        return done(request, "Лицензия записана.", back)
    return form_page(request, form, title="Новая лицензия", action="Записать", back=back)


def _closing(row: Any, name: str) -> object:
    if row.until:
        return cells.tag(f"закрыт с {row.until:%d.%m.%Y}")
    return format_html('<a href="{}">Закрыть</a>', reverse(f"organizations:{name}", args=[row.uid]))


@needs("organizations.department_list")
def department_list(request: Request) -> HttpResponse:
    """Show the departments of the own clinic."""
    clinic = organization_of(request.actor)
    return listing(
        request,
        departments(request.actor, clinic=clinic.pk, closed=True),
        title="Отделения",
        noun="отделение,отделения,отделений",
        columns=(
            Column("title", "Отделение", plain("title"), "title_key", "title", "name"),
            Column("address", "Адрес", plain("address")),
            Column("phone", "Телефон", plain("phone")),
            Column("since", "Работает с", lambda row, _: cells.day(row.since), "since", "aside", "date"),
            Column(
                "state",
                "Состояние",
                lambda row, _: _closing(row, "department_close"),
                role="state",
                width="state",
            ),
        ),
        tabs=TABS,
        whole="",
        order="title",
        buttons=(Button("Добавить отделение", reverse("organizations:department_open"), "plus"),),
        empty="Отделений ещё нет. Добавьте первое: в нём появятся кабинеты и врачи.",
    )


@needs("organizations.department_open")
def department_open(request: Request) -> HttpResponse:
    """Add a department."""
    clinic = organization_of(request.actor)
    return open_page(
        request,
        DepartmentForm(request.POST or None, initial={"since": today()}),
        partial(actions.department_open, request.actor, clinic=clinic.pk),
        title="Новое отделение",
        said="Отделение добавлено.",
        back=reverse("organizations:department_list"),
    )


@needs("organizations.department_close")
def department_close(request: Request, uid: UUID) -> HttpResponse:
    """Close a department."""
    row = find(Department, request.actor, uid)
    return close_page(
        request,
        lambda day: actions.department_close(request.actor, department=uid, until=day),
        what=f"Закрыть отделение «{row.title}»",
        said="Отделение закрыто.",
        back=reverse("organizations:department_list"),
    )


@needs("organizations.room_list")
def room_list(request: Request) -> HttpResponse:
    """Show the rooms of the own clinic."""
    clinic = organization_of(request.actor)
    units = [(row.pk, row.title) for row in departments(request.actor, clinic=clinic.pk)]
    return listing(
        request,
        rooms(request.actor, clinic=clinic.pk, closed=True),
        title="Кабинеты",
        noun="кабинет,кабинета,кабинетов",
        columns=(
            Column("number", "Номер", plain("number"), "number", "title", "narrow"),
            Column("title", "Название", plain("title"), width="name"),
            Column("department", "Отделение", plain("department")),
            Column("since", "Работает с", lambda row, _: cells.day(row.since), "since", "aside", "date"),
            Column(
                "state", "Состояние", lambda row, _: _closing(row, "room_close"), role="state", width="state"
            ),
        ),
        tabs=TABS,
        whole="",
        filters=(Select("department", "Все отделения", units),),
        search=Search("Номер", lambda rows, text: rows.filter(number__startswith=sort_key(text).upper())),
        order="number",
        buttons=(Button("Добавить кабинет", reverse("organizations:room_open"), "plus"),),
        empty="Кабинетов ещё нет. Добавьте их: маршрут работника строится по кабинетам.",
    )


@needs("organizations.room_open")
def room_open(request: Request) -> HttpResponse:
    """Add a room."""
    clinic = organization_of(request.actor)
    units = choices(departments(request.actor, clinic=clinic.pk))
    return open_page(
        request,
        RoomForm(request.POST or None, initial={"since": today()}, departments=units),
        partial(actions.room_open, request.actor, clinic=clinic.pk),
        title="Новый кабинет",
        said="Кабинет добавлен.",
        back=reverse("organizations:room_list"),
        key="department",
    )


@needs("organizations.room_close")
def room_close(request: Request, uid: UUID) -> HttpResponse:
    """Close a room."""
    row = find(Room, request.actor, uid)
    return close_page(
        request,
        lambda day: actions.room_close(request.actor, room=uid, until=day),
        what=f"Закрыть кабинет {row}",
        said="Кабинет закрыт.",
        back=reverse("organizations:room_list"),
    )
