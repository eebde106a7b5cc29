"""The registers of incidents, and one of them."""

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpResponse
from django.urls import reverse

from medtrud.engines.store.public import today
from medtrud.engines.ui.public import (
    Button,
    Column,
    Days,
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
)
from medtrud.kernel.actor import Actor
from medtrud.registries.organizations.public import divisions, organization_of
from medtrud.registries.people.public import names_of, persons_search

from .. import actions
from ..models import Incident
from ..queries import GOING, incident_late, incident_of, incidents, measures, members_of, sick_leave_of
from ..types import (
    INCIDENT_KINDS,
    INCIDENT_STATES,
    ROLES,
    SEVERITIES,
    IncidentKind,
    IncidentState,
    NewIncident,
    Severity,
    causes,
)
from ..types.words import STEPS
from .forms import IncidentForm, WhyForm, time_of, worker_shown
from .measures import state_tag as measure_state

TONES = {
    IncidentState.OPEN: "warn",
    IncidentState.INVESTIGATED: "info",
    IncidentState.CLOSED: "ok",
    IncidentState.ANNULLED: "",
}
NO_PERIOD = "нет данных о сроке: впишите его по тексту ст. 229.1 ТК РФ"


@needs("safety.incident_list")
def incident_list(request: Request) -> HttpResponse:
    """Show what happened: near misses, micro-injuries, injuries."""
    actor = request.actor
    units = [(row.pk, row.path) for row in divisions(actor, employer=organization_of(actor).pk)]
    return listing(
        request,
        incidents(actor),
        title="Происшествия",
        noun="происшествие,происшествия,происшествий",
        columns=(
            Column(
                "number",
                "Номер",
                lambda row, _: cells.link(row.number, url_of(row)),
                "number",
                "title",
                "narrow",
            ),
            Column("on", "Дата", lambda row, _: cells.day(row.happened_on), "happened_on", "aside", "date"),
            Column("kind", "Вид", lambda row, _: INCIDENT_KINDS[IncidentKind(row.kind)]),
            Column("what", "Обстоятельства", lambda row, _: row.circumstances[:90], width="grow"),
            Column("person", "Пострадавший", _person),
            Column("place", "Где", lambda row, _: row.workplace or row.division or row.place or cells.DASH),
            Column("cause", "Причина", lambda row, _: causes().get(row.cause, cells.DASH)),
            Column("state", "Состояние", lambda row, _: state_tag(row), role="state", width="state"),
        ),
        tabs=(
            Tab("late", "Просрочены", incident_late(today())),
            Tab("open", "Не закрыты", Q(state__in=GOING)),
            Tab("near", "Опасные ситуации", Q(kind=IncidentKind.NEAR_MISS)),
            Tab("micro", "Микротравмы", Q(kind=IncidentKind.MICRO_INJURY)),
            Tab("injury", "Несчастные случаи", Q(kind=IncidentKind.INJURY)),
            Tab("other", "Инциденты", Q(kind=IncidentKind.INCIDENT)),
        ),
        filters=(
            Select("division", "Все подразделения", units),
            Select("cause", "Все причины", list(causes().items())),
            Days("on", "Дата", "happened_on"),
        ),
        search=Search("ФИО, номер, слова", lambda rows, text: _found(actor, rows, text)),
        order="-on",
        about=lambda rows: names_of(actor, [row.person_id for row in rows if row.person_id]),
        buttons=(
            Button("Зарегистрировать", reverse("safety:incident_add"), "plus"),
            Button(
                "Загрузить журнал", reverse("exchange:import_upload", args=["incidents"]), "file-spreadsheet"
            ),
            Button("Печать журнала микротравм", reverse("safety:register_print"), "file-download"),
            Button("Листки без происшествия", reverse("safety:leave_list"), "calendar-x"),
        ),
        empty="Происшествий ещё нет. Регистрируйте и опасные ситуации: они предупреждают о травме.",
    )


def _found(actor: Actor, rows: Any, text: str) -> Any:
    said = Q(number__icontains=text) | Q(circumstances__icontains=text)
    return rows.filter(said | Q(person__in=persons_search(actor, text)))


def _person(row: Incident, names: dict[int, Any]) -> object:
    name = names.get(row.person_id or 0)
    return name.short if name else cells.DASH


def url_of(row: Incident) -> str:
    """Return the address of an incident."""
    return reverse("safety:incident", args=[row.uid])


def state_tag(row: Incident) -> object:
    """Mark the state; an investigation that is late says so."""
    state = IncidentState(row.state)
    if state in GOING and row.due_on and row.due_on < today():
        return cells.tag(f"просрочено {(today() - row.due_on).days} дн.", "bad")
    return cells.tag(INCIDENT_STATES[state], TONES[state])


@needs("safety.incident_list")
def incident(request: Request, uid: UUID) -> HttpResponse:
    """Show one incident: what happened, who looks into it, what was done."""
    actor = request.actor
    row = incident_of(actor, uid)
    members = list(members_of(actor, row))
    ids = [member.person_id for member in members] + ([row.person_id] if row.person_id else [])
    names = names_of(actor, ids)
    following = list(measures(actor).filter(incident=row))
    going = row.state in GOING
    return page(
        request,
        "safety/incident.html",
        title=f"{INCIDENT_KINDS[IncidentKind(row.kind)]} {row.number}",
        lead=cells.day(row.happened_on),
        row=row,
        state=state_tag(row),
        facts=_facts(row, names),
        causes=[(title, text) for title, text in _causes(row) if text],
        members=[
            (
                names[each.person_id].full if each.person_id in names else "Карта закрыта",
                each.post,
                ROLES[each.role],
            )
            for each in members
        ],
        measures=[(each, measure_state(each, today())) for each in following],
        leaves=sick_leave_of(actor, row),
        steps=[(each, STEPS.get(each.step, each.step)) for each in row.steps.order_by("-pk")],
        going=going,
        may_investigate=going and row.state == IncidentState.OPEN,
        investigated=row.state == IncidentState.INVESTIGATED,
        injury=row.kind in {IncidentKind.INJURY, IncidentKind.MICRO_INJURY},
        due=cells.day(row.due_on) if row.due_on else NO_PERIOD,
    )


def _facts(row: Incident, names: dict[int, Any]) -> list[tuple[str, str]]:
    time = f", {row.happened_time:%H:%M}" if row.happened_time else ""
    known = [
        ("Когда", f"{cells.day(row.happened_on)}{time}"),
        ("Сообщено", cells.day(row.reported_on) if row.reported_on else ""),
        ("Пострадавший", names[row.person_id].full if row.person_id in names else ""),
        ("Характер повреждения", row.injury),
        ("Тяжесть", SEVERITIES[Severity(row.severity)] if row.severity else ""),
        ("Групповой", "да" if row.group else ""),
        ("Подразделение", str(row.division or "")),
        ("Рабочее место", str(row.workplace or "")),
        ("Место", row.place),
    ]
    return [(title, value) for title, value in known if value]


def _causes(row: Incident) -> list[tuple[str, str]]:
    return [
        ("Вид причины", causes().get(row.cause, "")),
        ("Причины", row.causes),
        ("Выводы", row.conclusion),
        ("Закрыто", cells.day(row.closed_on) if row.closed_on else ""),
    ]


@needs("safety.incident_add")
def incident_add(request: Request) -> HttpResponse:
    """Register an incident; `?leave=` begins with the sick leave that nobody has explained."""
    actor, employer = request.actor, organization_of(request.actor).pk
    initial = {"happened_on": today(), "reported_on": today(), "kind": request.GET.get("kind", "near_miss")}
    initial |= {name: request.GET[name] for name in ("worker", "happened_on") if request.GET.get(name)}
    form = IncidentForm(request.POST or None, initial=initial, actor=actor, employer=employer)

    def act(facts: dict[str, Any]) -> Incident:
        new = _read(form, facts, employer, facts["kind"])
        return actions.incident_add(actor, incident=new, on=today())

    if row := attempt(form, act):
        return done(request, f"Зарегистрировано под номером {row.number}.", "safety:incident", row.uid)
    back = reverse("safety:incident_list")
    return form_page(request, form, title="Новое происшествие", action="Зарегистрировать", back=back)


@needs("safety.incident_change")
def incident_change(request: Request, uid: UUID) -> HttpResponse:
    """Correct what was told."""
    actor = request.actor
    row = incident_of(actor, uid)
    named = (
        "happened_on",
        "happened_time",
        "reported_on",
        "place",
        "circumstances",
        "injury",
        "severity",
        "group",
    )
    initial = {name: getattr(row, name) for name in named}
    initial |= {
        "division": row.division_id,
        "workplace": row.workplace_id,
        "worker": worker_shown(actor, row.person_id),
    }
    form = IncidentForm(
        request.POST or None, initial=initial, actor=actor, employer=row.employer_id, changed=True
    )

    def act(facts: dict[str, Any]) -> Incident:
        new = _read(form, facts, row.employer_id, row.kind)
        return actions.incident_change(actor, incident=uid, facts=new, on=today())

    if attempt(form, act):
        return done(request, "Исправлено; прежний текст остался в истории.", url_of(row))
    return form_page(request, form, title=f"Исправить {row.number}", action="Записать", back=url_of(row))


@needs("safety.incident_annul")
def incident_annul(request: Request, uid: UUID) -> HttpResponse:
    """Annul an incident registered by mistake."""
    row = incident_of(request.actor, uid)
    form = WhyForm(request.POST or None)
    if attempt(form, lambda facts: actions.incident_annul(request.actor, incident=uid, **facts)):
        return done(request, "Происшествие аннулировано, номер не используется повторно.", url_of(row))
    title = f"Аннулировать {row.number}"
    return form_page(request, form, title=title, action="Аннулировать", back=url_of(row))


def _read(form: IncidentForm, facts: dict[str, Any], employer: int, kind: str) -> NewIncident:
    return NewIncident(
        employer=employer,
        kind=kind,
        happened_on=facts["happened_on"],
        happened_time=time_of(facts),
        reported_on=facts["reported_on"],
        person=form.person(),
        division=form.key("division"),
        workplace=form.key("workplace"),
        place=facts["place"],
        circumstances=facts["circumstances"],
        injury=facts["injury"],
        severity=facts["severity"],
        group=facts["group"],
    )
