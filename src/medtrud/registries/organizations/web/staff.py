"""The staff of the own clinic, its accreditation and commissions."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpResponse
from django.urls import reverse

from medtrud.engines.store.public import find, today
from medtrud.engines.ui.public import (
    Button,
    Chip,
    Column,
    Request,
    Search,
    Select,
    Tab,
    attempt,
    cells,
    done,
    form_page,
    listing,
    needs,
    page,
    plain,
)
from medtrud.kernel.actor import Actor
from medtrud.registries.people.public import names_of, persons_search

from .. import actions
from ..models import Accreditation, Commission, StaffMember
from ..queries.clinics import accreditations_of, commissions, departments, specialty_titles, staff_of
from ..queries.organizations import in_force, organization_of
from .forms import AccreditationForm, CommissionForm, StaffForm, choices, uid_of
from .structure import close_page

SOON = dt.timedelta(days=90)


def term_tag(row: Accreditation | None, on: dt.date) -> object:
    """Mark an accreditation: valid, ends soon, expired, absent."""
    if row is None:
        return cells.tag("нет аккредитации", "bad")
    last = row.until - dt.timedelta(days=1)
    if row.until <= on:
        return cells.tag(f"истекла {last:%d.%m.%Y}", "bad")
    if row.since > on:
        return cells.tag(f"начнётся {row.since:%d.%m.%Y}", "info")
    return cells.tag(f"до {last:%d.%m.%Y}", "warn" if row.until - on <= SOON else "ok")


def _latest(rows: list[Accreditation], specialty: str) -> Accreditation | None:
    return next((row for row in rows if row.specialty == specialty), None)


class _About:
    """What a page of the staff shows beside the rows: asked once."""

    def __init__(self, actor: Actor, rows: list[StaffMember], on: dt.date) -> None:
        persons = [row.person_id for row in rows]
        self.names = names_of(actor, persons)
        self.papers = accreditations_of(actor, persons=persons)
        self.titles = specialty_titles(actor, {code for row in rows for code in row.specialties}, on=on)
        self.on = on

    def name(self, row: StaffMember) -> str:
        """Return the name, if this seat may know it."""
        known = self.names.get(row.person_id)
        return known.full if known else "—"

    def specialties(self, row: StaffMember) -> object:
        """Show the specialties as chips."""
        return cells.chips([Chip(self.titles.get(code, code)) for code in row.specialties])

    def worst(self, row: StaffMember) -> object:
        """Show the accreditation that ends first, or the missing one."""
        if not row.specialties:
            return cells.DASH
        found = [_latest(self.papers.get(row.person_id, []), code) for code in row.specialties]
        return term_tag(min(found, key=lambda each: each.until if each else dt.date.min), self.on)


@needs("organizations.staff_list")
def staff_list(request: Request) -> HttpResponse:
    """Show the staff of the own clinic."""
    actor, on = request.actor, today()
    clinic = organization_of(actor)
    units = [(row.pk, row.title) for row in departments(actor, clinic=clinic.pk)]
    return listing(
        request,
        staff_of(actor, clinic=clinic.pk),
        title="Сотрудники",
        noun="сотрудник,сотрудника,сотрудников",
        columns=(
            Column("name", "Сотрудник", _link, "person__name_rank", "title", "name"),
            Column("position", "Должность", plain("position"), "position"),
            Column("specialties", "Специальности", lambda row, about: about.specialties(row)),
            Column("department", "Отделение", plain("department")),
            Column("since", "Работает с", lambda row, _: cells.day(row.since), "since", "aside", "date"),
            Column("term", "Аккредитация", lambda row, about: about.worst(row), role="state", width="state"),
        ),
        tabs=(Tab("works", "Работают", in_force(on)), Tab("gone", "Уволены", Q(until__lte=on))),
        whole="",
        filters=(Select("department", "Все отделения", units),),
        search=Search("ФИО", lambda rows, text: rows.filter(person__in=persons_search(actor, text))),
        order="name",
        about=lambda rows: _About(actor, rows, on),
        buttons=(Button("Принять сотрудника", reverse("organizations:staff_take"), "user-plus"),),
        empty="Сотрудников ещё нет. Примите врачей и внесите их аккредитации: без неё осмотр не подписать.",
    )


def _link(row: StaffMember, about: _About) -> object:
    return cells.link(about.name(row), reverse("organizations:staff_show", args=[row.uid]))


@needs("organizations.staff_list")
def staff_show(request: Request, uid: UUID) -> HttpResponse:
    """Show a member of staff with the accreditations."""
    on = today()
    row = find(StaffMember, request.actor, uid)
    about = _About(request.actor, [row], on)
    papers = about.papers.get(row.person_id, [])
    titles = about.titles | specialty_titles(request.actor, {each.specialty for each in papers}, on=on)
    missing = [titles.get(code, code) for code in row.specialties if _latest(papers, code) is None]
    return page(
        request,
        "organizations/staff_show.html",
        title=about.name(row),
        row=row,
        specialties=about.specialties(row),
        papers=[(titles.get(each.specialty, each.specialty), each, term_tag(each, on)) for each in papers],
        missing=missing,
        may_change=request.actor.may("organizations.accreditation_add"),
    )


@needs("organizations.staff_take")
def staff_take(request: Request) -> HttpResponse:
    """Take somebody on the staff."""
    actor, clinic = request.actor, organization_of(request.actor)
    units = choices(departments(actor, clinic=clinic.pk))
    form = StaffForm(request.POST or None, initial={"since": today()}, departments=units)

    def act(facts: dict[str, Any]) -> StaffMember:
        return actions.staff_take(
            actor,
            clinic=clinic.pk,
            person=form.person(),
            confirmed=facts["confirmed"],
            position=facts["position"],
            since=facts["since"],
            specialties=form.specialties(),
            department=uid_of(facts["department"]),
        )

    if row := attempt(form, act):
        return done(request, "Сотрудник принят. Внесите аккредитацию.", "organizations:staff_show", row.uid)
    back = reverse("organizations:staff_list")
    return form_page(request, form, title="Приём сотрудника", action="Принять", back=back)


@needs("organizations.staff_close")
def staff_close(request: Request, uid: UUID) -> HttpResponse:
    """Take somebody off the staff."""
    back = reverse("organizations:staff_show", args=[find(StaffMember, request.actor, uid).uid])
    return close_page(
        request,
        lambda day: actions.staff_close(request.actor, staff=uid, until=day),
        what="Увольнение сотрудника",
        said="Сотрудник уволен: с этого дня он не подписывает осмотры.",
        back=back,
    )


@needs("organizations.accreditation_add")
def accreditation_add(request: Request, uid: UUID) -> HttpResponse:
    """Record an accreditation."""
    row = find(StaffMember, request.actor, uid)
    titles = specialty_titles(request.actor, set(row.specialties), on=today())
    offered = [(code, titles.get(code, code)) for code in row.specialties]
    form = AccreditationForm(request.POST or None, specialties=offered)
    back = reverse("organizations:staff_show", args=[uid])
    if attempt(form, lambda facts: actions.accreditation_add(request.actor, staff=uid, **facts)):
        return done(request, "Аккредитация записана.", back)
    return form_page(request, form, title="Новая аккредитация", action="Записать", back=back)


@needs("organizations.commission_list")
def commission_list(request: Request) -> HttpResponse:
    """Show the commissions of the own clinic."""
    actor, on = request.actor, today()
    rows = list(commissions(actor, clinic=organization_of(actor).pk))
    people = {row.chairman.person_id for row in rows}
    people |= {member.staff.person_id for row in rows for member in row.members.all()}
    names = names_of(actor, people)
    shown = [
        {
            "row": row,
            "chairman": _short(names, row.chairman),
            "members": ", ".join(_short(names, member.staff) for member in row.members.all()),
            "valid": row.since <= on and (row.until is None or row.until > on),
        }
        for row in rows
    ]
    may_change = actor.may("organizations.commission_open")
    return page(
        request,
        "organizations/commission_list.html",
        title="Врачебная комиссия",
        rows=shown,
        may_change=may_change,
    )


def _short(names: dict[int, Any], row: StaffMember) -> str:
    known = names.get(row.person_id)
    return f"{known.short} ({row.position})" if known else row.position


@needs("organizations.commission_open")
def commission_open(request: Request) -> HttpResponse:
    """Record an order about a commission."""
    actor, clinic = request.actor, organization_of(request.actor)
    staff = list(staff_of(actor, clinic=clinic.pk, on=today()))
    names = names_of(actor, [row.person_id for row in staff])
    offered = [(str(row.uid), _short(names, row)) for row in staff]
    form = CommissionForm(
        request.POST or None, initial={"since": today(), "order_on": today()}, staff=offered
    )

    def act(facts: dict[str, Any]) -> Commission:
        facts |= {"chairman": UUID(facts["chairman"]), "members": [UUID(each) for each in facts["members"]]}
        return actions.commission_open(actor, clinic=clinic.pk, **facts)

    back = reverse("organizations:commission_list")
    if attempt(form, act):
        return done(request, "Состав комиссии записан.", back)
    return form_page(request, form, title="Состав врачебной комиссии", action="Записать", back=back)


@needs("organizations.commission_close")
def commission_close(request: Request, uid: UUID) -> HttpResponse:
    """End the powers of a commission."""
    row = find(Commission, request.actor, uid)
    return close_page(
        request,
        lambda day: actions.commission_close(request.actor, commission=uid, until=day),
        what=f"Закончить полномочия комиссии: {row}",
        said="Полномочия комиссии закончены.",
        back=reverse("organizations:commission_list"),
    )
