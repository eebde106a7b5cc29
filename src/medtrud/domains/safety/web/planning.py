"""Screens that write measures."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse

from medtrud.engines.store.public import today
from medtrud.engines.ui.public import Request, attempt, done, form_page, needs
from medtrud.registries.organizations.public import organization_of

from .. import actions
from ..models import Measure
from ..queries import incident_of, measure_of
from ..types import Moment, NewMeasure, NewReading
from .forms import DoneForm, MeasureForm, ReadingForm, WhyForm, kopecks, whole, worker_shown


@needs("safety.measure_add")
def measure_add(request: Request) -> HttpResponse:
    """Plan a measure; `?incident=` says what it follows from."""
    actor, employer = request.actor, organization_of(request.actor).pk
    cause = _incident(request)
    initial = {"title": "", "basis": f"Происшествие {cause.number}" if cause else ""}
    if cause:
        initial |= {"division": cause.division_id, "workplace": cause.workplace_id}
    form = MeasureForm(request.POST or None, initial=initial, actor=actor, employer=employer)

    def act(facts: dict[str, Any]) -> Measure:
        new = _read(form, facts, employer, cause.uid if cause else None)
        return actions.measure_add(actor, measure=new, on=today())

    if row := attempt(form, act):
        return done(request, f"Мероприятие {row.number} запланировано.", "safety:measure", row.uid)
    back = reverse("safety:incident", args=[cause.uid]) if cause else reverse("safety:measure_list")
    lead = f"По происшествию {cause.number}" if cause else ""
    return form_page(request, form, title="Новое мероприятие", lead=lead, action="Запланировать", back=back)


def _incident(request: Request) -> Any:
    try:
        return (
            incident_of(request.actor, UUID(request.GET["incident"])) if request.GET.get("incident") else None
        )
    except ValueError:
        return None


@needs("safety.measure_change")
def measure_change(request: Request, uid: UUID) -> HttpResponse:
    """Correct a measure."""
    actor = request.actor
    row = measure_of(actor, uid)
    form = MeasureForm(
        request.POST or None,
        initial=_initial(request, row),
        actor=actor,
        employer=row.employer_id,
        changed=True,
    )

    def act(facts: dict[str, Any]) -> Measure:
        new = _read(form, facts, row.employer_id, None)
        return actions.measure_change(actor, measure=uid, facts=new, on=today(), why=facts["why"])

    if attempt(form, act):
        return done(request, "Мероприятие исправлено.", _back(uid))
    return form_page(request, form, title=f"Исправить {row.number}", action="Записать", back=_back(uid))


@needs("safety.measure_start")
def measure_start(request: Request, uid: UUID) -> HttpResponse:
    """Begin a measure."""
    row = measure_of(request.actor, uid)
    form = _Nothing(request.POST if request.method == "POST" else None)
    if attempt(form, lambda _: actions.measure_start(request.actor, measure=uid)):
        return done(request, "Мероприятие выполняется.", _back(uid))
    return form_page(
        request, form, title=f"Начать {row.number}", lead=row.title, action="Начать", back=_back(uid)
    )


@needs("safety.measure_done")
def measure_done(request: Request, uid: UUID) -> HttpResponse:
    """Record that a measure was carried out."""
    row = measure_of(request.actor, uid)
    form = DoneForm(request.POST or None, initial={"done_on": today()})

    def act(facts: dict[str, Any]) -> Measure:
        spent = kopecks(facts.pop("spent"))
        return actions.measure_done(request.actor, measure=uid, on=today(), spent_kopecks=spent, **facts)

    if attempt(form, act):
        return done(request, "Выполнение записано. Измерьте уровень после мероприятия.", _back(uid))
    return form_page(
        request, form, title="Мероприятие выполнено", lead=row.title, action="Записать", back=_back(uid)
    )


@needs("safety.measure_cancel")
def measure_cancel(request: Request, uid: UUID) -> HttpResponse:
    """Take a measure off the plan."""
    row = measure_of(request.actor, uid)
    form = WhyForm(request.POST or None)
    if attempt(form, lambda facts: actions.measure_cancel(request.actor, measure=uid, **facts)):
        return done(request, "Мероприятие снято с плана.", _back(uid))
    return form_page(
        request, form, title=f"Снять {row.number}", lead=row.title, action="Снять", back=_back(uid)
    )


@needs("safety.reading_add")
def reading_add(request: Request, uid: UUID) -> HttpResponse:
    """Record a level."""
    row = measure_of(request.actor, uid)
    known = row.readings.first()
    form = ReadingForm(request.POST or None, initial={"on": today(), "unit": known.unit if known else ""})

    def act(facts: dict[str, Any]) -> object:
        reading = NewReading(
            Moment(facts["moment"]),
            facts["value"],
            facts["unit"],
            facts["on"],
            facts["source"],
            not facts["higher"],
        )
        return actions.reading_add(request.actor, measure=uid, reading=reading)

    if attempt(form, act):
        return done(request, "Замер записан.", _back(uid))
    return form_page(request, form, title="Замер", lead=row.title, action="Записать", back=_back(uid))


class _Nothing(WhyForm):
    """A question without fields."""

    why = None  # type: ignore[assignment]


def _read(form: MeasureForm, facts: dict[str, Any], employer: int, incident: UUID | None) -> NewMeasure:
    return NewMeasure(
        employer=employer,
        title=facts["title"],
        control=facts["control"],
        due_on=facts["due_on"],
        person=form.person(),
        division=form.key("division"),
        workplace=form.key("workplace"),
        factor=facts["factor"],
        incident=incident,
        cost_kopecks=kopecks(facts["cost"]),
        funding=facts["funding"],
        people=whole(facts["people"]),
        basis=facts["basis"],
    )


def _initial(request: Request, row: Measure) -> dict[str, Any]:
    return {
        "title": row.title,
        "control": row.control,
        "basis": row.basis,
        "division": row.division_id,
        "workplace": row.workplace_id,
        "factor": row.factor,
        "worker": worker_shown(request.actor, row.person_id),
        "due_on": row.due_on,
        "cost": row.cost_kopecks / 100 if row.cost_kopecks is not None else None,
        "funding": row.funding,
        "people": row.people,
    }


def _back(uid: UUID) -> str:
    return reverse("safety:measure", args=[uid])
