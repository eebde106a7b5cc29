"""Printed plan, register of micro-injuries, and the paper of one incident."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from medtrud.engines.paper.public import form_render
from medtrud.engines.store.public import today
from medtrud.engines.ui.public import Request, cells, needs
from medtrud.kernel.actor import Actor
from medtrud.registries.organizations.public import organization_of
from medtrud.registries.people.public import names_of

from ..models import Incident, Measure
from ..queries import incident_of, incidents, measures, members_of, sick_leave_of
from ..queries.measures import OPEN
from ..types import (
    INCIDENT_KINDS,
    MEASURE_STATES,
    ROLES,
    SEVERITIES,
    IncidentKind,
    MeasureState,
    Severity,
    causes,
    controls,
)
from .measures import money

CAUTION = "Собственная раскладка: официальный макет формы не сверен."
MICRO_BASIS = "ТК РФ, ст. 226"


@needs("safety.plan_print")
def plan_print(request: Request) -> HttpResponse:
    """Print the plan: everything that is not done."""
    actor, on = request.actor, today()
    rows = list(measures(actor).filter(state__in=OPEN))
    names = names_of(actor, [row.person_id for row in rows if row.person_id])
    form = {
        "employer": str(organization_of(actor)),
        "on": f"{on:%d.%m.%Y}",
        "basis": _hierarchy(),
        "rows": [_plan_row(row, names) for row in rows],
    }
    return pdf_answer("safety/plan.typ", form, f"План мероприятий {on:%d.%m.%Y}")


def _hierarchy() -> str:
    """Name the act of the hierarchy of controls, and that nobody has compared it with its text."""
    first = next(iter(controls().values()))
    act = first.basis.rsplit(",", 1)[0]
    return f"{act}; {first.caution}" if first.caution else act


def _plan_row(row: Measure, names: dict[int, Any]) -> list[str]:
    where = ", ".join(str(part) for part in (row.workplace or row.division, row.factor) if part)
    who = names[row.person_id].short if row.person_id in names else ""
    state = MEASURE_STATES[MeasureState(row.state)]
    return [
        row.number,
        row.title,
        controls()[row.control].title,
        where,
        who,
        f"{row.due_on:%d.%m.%Y}",
        money(row.cost_kopecks).replace("₽", "руб."),
        state,
    ]


@needs("safety.register_print")
def register_print(request: Request) -> HttpResponse:
    """Print the register of micro-injuries."""
    actor = request.actor
    rows = list(incidents(actor).filter(kind=IncidentKind.MICRO_INJURY).order_by("happened_on", "pk"))
    names = names_of(actor, [row.person_id for row in rows if row.person_id])
    following: dict[int, list[str]] = {}
    for each in measures(actor).filter(incident__in=[row.pk for row in rows]):
        following.setdefault(each.incident_id or 0, []).append(each.title)
    form = {
        "heading": "Журнал учёта микроповреждений (микротравм) работников",
        "employer": str(organization_of(actor)),
        "period": f"{rows[0].happened_on:%d.%m.%Y} – {rows[-1].happened_on:%d.%m.%Y}" if rows else "",
        "basis": MICRO_BASIS,
        "rows": [_register_row(row, names, following.get(row.pk, [])) for row in rows],
        "caution": CAUTION,
    }
    return pdf_answer("safety/register.typ", form, "Журнал микротравм")


def _register_row(row: Incident, names: dict[int, Any], following: list[str]) -> list[str]:
    who = names[row.person_id].full if row.person_id in names else ""
    return [
        row.number,
        ", ".join(part for part in (who, str(row.division or "")) if part),
        str(row.workplace or row.place or ""),
        f"{row.happened_on:%d.%m.%Y}" + (f" {row.happened_time:%H:%M}" if row.happened_time else ""),
        row.injury,
        row.circumstances,
        ". ".join(part for part in (causes().get(row.cause, ""), row.causes) if part),
        "; ".join(following),
    ]


@needs("safety.incident_print")
def incident_print(request: Request, uid: UUID) -> HttpResponse:
    """Print the paper of one incident: the fields of its act in our own arrangement."""
    actor = request.actor
    row = incident_of(actor, uid)
    injury = row.kind == IncidentKind.INJURY
    form = {
        "heading": "Сведения о несчастном случае" if injury else INCIDENT_KINDS[IncidentKind(row.kind)],
        "number": row.number,
        "subtitle": "поля акта о несчастном случае на производстве (форма Н-1)" if injury else "",
        "basis": MICRO_BASIS if row.kind == IncidentKind.MICRO_INJURY else "",
        "employer": str(row.employer),
        "caution": CAUTION,
        "circumstances": row.circumstances,
        "cause": causes().get(row.cause, ""),
        "causes": row.causes,
        "conclusion": row.conclusion,
        **_people(actor, row),
    }
    return pdf_answer("safety/incident.typ", form, f"{INCIDENT_KINDS[IncidentKind(row.kind)]} {row.number}")


def _people(actor: Actor, row: Incident) -> dict[str, Any]:
    members, following = list(members_of(actor, row)), list(measures(actor).filter(incident=row))
    ids = {m.person_id for m in members} | {m.person_id for m in following if m.person_id}
    names = names_of(actor, ids | ({row.person_id} if row.person_id else set()))
    who = names.get(row.person_id or 0)
    leaves = sick_leave_of(actor, row)
    away = "; ".join(f"{cells.day(each.since)} – {cells.day(each.last)}" for each in leaves)
    facts = [
        (
            "Дата и время",
            f"{row.happened_on:%d.%m.%Y}" + (f", {row.happened_time:%H:%M}" if row.happened_time else ""),
        ),
        ("Пострадавший", f"{who.full}, {who.birth_date:%d.%m.%Y}" if who else ""),
        ("Подразделение", str(row.division or "")),
        ("Место", ", ".join(str(part) for part in (row.workplace, row.place) if part)),
        ("Характер повреждения", row.injury),
        ("Тяжесть", SEVERITIES[Severity(row.severity)] if row.severity else ""),
        ("Нетрудоспособность", away),
        ("Приказ о комиссии", row.order_number),
    ]
    return {
        "facts": facts,
        "members": [
            [names[m.person_id].full if m.person_id in names else "", f"{m.post}, {ROLES[m.role]}", ""]
            for m in members
        ],
        "measures": [
            [m.title, names[m.person_id].short if m.person_id in names else "", f"{m.due_on:%d.%m.%Y}"]
            for m in following
        ],
    }


def pdf_answer(template: str, form: Any, name: str) -> HttpResponse:
    """Print one form and offer it as a file; nothing of it stays in caches on the way."""
    answer = HttpResponse(form_render(template, form), content_type="application/pdf")
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=f"{name}.pdf")
    answer["Cache-Control"] = "no-store"
    return answer
