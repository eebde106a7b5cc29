"""Organisations: the own one with its history, others to look up, contracts."""

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from medtrud.engines.store.public import today
from medtrud.engines.ui.public import (
    Button,
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
from medtrud.kernel.actor import Role
from medtrud.kernel.text import sort_key

from .. import actions
from ..models import Contract, Organization
from ..queries.clinics import departments, licences
from ..queries.organizations import (
    clinic_known,
    clinics,
    contract_named,
    contracts,
    employer_with,
    organization_named,
    organization_of,
    organizations,
    requisites_on,
    versions_of,
)
from ..types import KIND_TITLES, Kind, Requisites
from .forms import ClinicContractForm, EmployerContractForm, OrganizationForm, RequisitesForm, choices
from .structure import close_page

LABELS = (
    ("name", "Полное наименование"), ("short_name", "Краткое наименование"), ("inn", "ИНН"), ("kpp", "КПП"),
    ("ogrn", "ОГРН"), ("okved", "ОКВЭД"), ("ownership", "Форма собственности"), ("address", "Адрес"),
    ("phone", "Телефон"), ("email", "Электронная почта"), ("profile", "Профиль"), ("hours", "Часы работы"),
)  # fmt: skip
KINDS = tuple((str(kind), title.capitalize()) for kind, title in KIND_TITLES.items())


@needs("organizations.organization_list")
def organization_list(request: Request) -> HttpResponse:
    """Show the organisations this seat sees: clinics to choose from, employers it works with."""
    buttons = (Button("Завести организацию", reverse("organizations:organization_open"), "plus"),)
    return listing(
        request,
        organizations(request.actor),
        title="Организации",
        noun="организация,организации,организаций",
        columns=(
            Column("name", "Наименование", _name, "name_key", "title", "name"),
            Column("kind", "Вид", lambda row, _: KIND_TITLES[Kind(row.kind)]),
            Column("inn", "ИНН", plain("inn"), "inn", "aside", "narrow"),
            Column("address", "Адрес", plain("address")),
            Column("phone", "Телефон", plain("phone")),
        ),
        filters=(Select("kind", "Все виды", KINDS),),
        search=Search("Название или ИНН", _named),
        order="name",
        buttons=buttons if request.actor.may("organizations.organization_open") else (),
        empty="Организаций ещё нет. Их заводит администратор безопасности.",
    )


def _name(row: Organization, about: object) -> object:
    return cells.link(row, reverse("organizations:organization_show", args=[row.uid]))


def _named(rows: Any, text: str) -> Any:
    return rows.filter(Q(name_key__contains=sort_key(text)) | Q(inn__startswith=text.strip()))


@needs("organizations.organization_show")
def organization_own(request: Request) -> HttpResponse:
    """Show the own organisation."""
    return organization_show(request, organization_of(request.actor).uid)


@needs("organizations.organization_show")
def organization_show(request: Request, uid: UUID) -> HttpResponse:
    """Show an organisation: requisites, their history, what a clinic may do."""
    row = organization_named(request.actor, uid)
    versions = list(versions_of(request.actor, row.pk))
    steps = zip(versions, [*versions[1:], None], strict=True)
    shown = [(version, _differences(version, before)) for version, before in steps]
    own = row.pk == request.actor.organization
    return page(
        request,
        "organizations/organization_show.html",
        title=str(row),
        row=row,
        kind=KIND_TITLES[Kind(row.kind)],
        pairs=[(title, getattr(row, name)) for name, title in LABELS if getattr(row, name)],
        versions=shown,
        may_change=own and request.actor.may("organizations.requisites_change"),
        licences=licences(request.actor, clinic=row.pk),
        departments=departments(request.actor, clinic=row.pk),
    )


def _differences(version: Any, before: Any) -> list[tuple[str, str, str]]:
    """Say what a version changed: label, was, became."""
    if before is None:
        return []
    pairs = [(title, getattr(before, name), getattr(version, name)) for name, title in LABELS]
    return [(title, was or "—", now or "—") for title, was, now in pairs if was != now]


@needs("organizations.organization_open")
def organization_open(request: Request) -> HttpResponse:
    """Enter an organisation."""
    form = OrganizationForm(request.POST or None, initial={"since": today()}, kinds=KINDS)

    def act(facts: dict[str, Any]) -> Organization:
        return actions.organization_open(
            request.actor,
            kind=Kind(facts["kind"]),
            requisites=Requisites(**{name: facts[name] for name in form.FACTS}),
            since=facts["since"],
            region=facts["region"],
            confirmed=facts["confirmed"],
        )

    if row := attempt(form, act):
        return done(request, "Организация заведена.", "organizations:organization_show", row.uid)
    back = reverse("organizations:organization_list")
    return form_page(request, form, title="Новая организация", action="Завести", back=back)


@needs("organizations.requisites_change")
def requisites_change(request: Request) -> HttpResponse:
    """Record new requisites of the own organisation."""
    row = organization_of(request.actor)
    now = requisites_on(request.actor, row.pk, on=today())
    initial = {name: getattr(now, name) for name in RequisitesForm.FACTS} | {"since": today()}
    form = RequisitesForm(request.POST or None, initial=initial)

    def act(facts: dict[str, Any]) -> Organization:
        return actions.requisites_change(
            request.actor,
            organization=row.pk,
            changes={name: facts[name] for name in form.FACTS},
            since=facts["since"],
            basis=facts["basis"],
            confirmed=facts["confirmed"],
        )

    back = reverse("organizations:organization_own")
    if attempt(form, act):
        return done(request, "Новые реквизиты записаны, прежние остались в истории.", back)
    return form_page(request, form, title="Изменить реквизиты", action="Записать", back=back)


@needs("organizations.contract_list")
def contract_list(request: Request) -> HttpResponse:
    """Show the contracts of the own organisation."""
    mine = request.actor.role is Role.EMPLOYER
    on = today()
    return listing(
        request,
        contracts(request.actor),
        title="Договоры на осмотры",
        noun="договор,договора,договоров",
        columns=(
            Column("number", "Договор", lambda row, _: str(row), "number", "title", "name"),
            Column("side", "Сторона", plain("clinic" if mine else "employer")),
            Column("since", "Действует с", lambda row, _: cells.day(row.since), "since", "aside", "date"),
            Column("until", "до", lambda row, _: cells.day(row.until), "until", width="date"),
            Column(
                "state", "Состояние", lambda row, _: _contract_state(row, on), role="state", width="state"
            ),
            Column("act", "Действие", lambda row, _: _contract_act(request, row), role=""),
        ),
        tabs=(
            Tab("waits", "Ждут работодателя", Q(accepted_on__isnull=True)),
            Tab("going", "Приняты", Q(accepted_on__isnull=False)),
        ),
        order="-since",
        buttons=(Button("Записать договор", reverse("organizations:contract_open"), "plus"),),
        empty="Договоров ещё нет. Запишите договор: после согласия работодателя медицинская организация "
        "увидит его работников.",
    )


def _contract_state(row: Contract, on: Any) -> object:
    if row.accepted_on is None:
        return cells.tag("ждёт работодателя", "warn")
    if row.until and row.until <= on:
        return cells.tag("закончен")
    return cells.tag("действует", "ok") if row.since <= on else cells.tag("начнётся", "info")


def _contract_act(request: Request, row: Contract) -> object:
    """Offer what the seat may do with the contract; accepting is confirmed on a page of its own."""
    if row.accepted_on is None and request.actor.may("organizations.contract_accept"):
        return format_html('<a href="{}">Принять</a>', reverse("organizations:contract_show", args=[row.uid]))
    if row.until is None:
        return format_html(
            '<a href="{}">Закончить</a>', reverse("organizations:contract_close", args=[row.uid])
        )
    return ""


@needs("organizations.contract_open")
def contract_open(request: Request) -> HttpResponse:
    """Record a contract with the other side."""
    actor, own = request.actor, organization_of(request.actor)
    initial = {"since": today(), "signed_on": today()}
    form: Any = (
        EmployerContractForm(request.POST or None, initial=initial, clinics=choices(clinics(actor)))
        if actor.role is Role.EMPLOYER
        else ClinicContractForm(request.POST or None, initial=initial)
    )

    def act(facts: dict[str, Any]) -> Contract:
        if "clinic" in facts:
            facts |= {"employer": own.pk, "clinic": clinic_known(actor, UUID(facts["clinic"])).pk}
        else:
            facts |= {"employer": employer_with(actor, inn=facts.pop("inn")).pk, "clinic": own.pk}
        return actions.contract_open(actor, **facts)

    back = reverse("organizations:contract_list")
    if row := attempt(form, act):
        said = "Договор записан." if row.accepted_on else "Договор отправлен работодателю на согласие."
        return done(request, said, back)
    return form_page(request, form, title="Новый договор", action="Записать договор", back=back)


@needs("organizations.contract_accept")
def contract_show(request: Request, uid: UUID) -> HttpResponse:
    """Show what the employer agrees to."""
    row = contract_named(request.actor, uid)
    return page(request, "organizations/contract_show.html", title=f"Договор {row}", row=row)


@require_POST
@needs("organizations.contract_accept")
def contract_accept(request: Request, uid: UUID) -> HttpResponse:
    """Let the clinic see the staff."""
    actions.contract_accept(request.actor, contract=uid, on=today())
    return done(
        request,
        "Договор принят. Медицинская организация видит ваших работников.",
        "organizations:contract_list",
    )


@needs("organizations.contract_close")
def contract_close(request: Request, uid: UUID) -> HttpResponse:
    """End a contract."""
    row = contract_named(request.actor, uid)
    return close_page(
        request,
        lambda day: actions.contract_close(request.actor, contract=uid, until=day),
        what=f"Закончить договор {row}",
        said="Договор закончен.",
        back=reverse("organizations:contract_list"),
    )
