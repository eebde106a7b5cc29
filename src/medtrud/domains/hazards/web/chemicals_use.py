"""Where substances are used and who was trained; work that nobody has allowed."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse

from medtrud.engines.store.public import today
from medtrud.engines.ui.public import Request, attempt, done, form_page, needs, page
from medtrud.registries.organizations.public import divisions, organization_of, workplaces
from medtrud.registries.people.public import names_of

from .. import actions
from ..models import ChemicalUse
from ..queries.chemicals import (
    chemical_of,
    chemicals_unapproved,
    names_unlisted,
    places_of,
    untrained,
    workers_with,
)
from .chemicals import state_of
from .chemicals_forms import TrainForm, UseEndForm, UseForm
from .forms import choices, placed, uid_of


@needs("hazards.chemical_use")
def chemical_use(request: Request, uid: UUID) -> HttpResponse:
    """Record where a substance is worked with."""
    row = chemical_of(request.actor, uid)
    employer = organization_of(request.actor).pk
    form = UseForm(
        request.POST or None,
        initial={"since": today()},
        workplaces=placed(workplaces(request.actor, employer=employer)),
        divisions=choices(divisions(request.actor, employer=employer)),
    )

    def act(facts: dict[str, Any]) -> ChemicalUse:
        facts |= {"workplace": uid_of(facts["workplace"]), "division": uid_of(facts["division"])}
        return actions.chemical_use(request.actor, chemical=uid, **facts)

    back = reverse("hazards:chemical_show", args=[uid])
    if attempt(form, act):
        return done(request, "Место записано.", back)
    return form_page(request, form, title=f"Где применяется: {row.name}", action="Записать", back=back)


@needs("hazards.chemical_use_end")
def chemical_use_end(request: Request, uid: UUID, use: UUID) -> HttpResponse:
    """Record that a substance is no longer worked with there."""
    row = chemical_of(request.actor, uid)
    form = UseEndForm(request.POST or None, initial={"until": today()})

    def act(facts: dict[str, Any]) -> ChemicalUse:
        return actions.chemical_use_end(request.actor, use=use, until=facts["until"])

    back = reverse("hazards:chemical_show", args=[uid])
    if attempt(form, act):
        return done(request, "Работа с веществом здесь закончена.", back)
    return form_page(request, form, title=f"Больше не применяется: {row.name}", action="Записать", back=back)


@needs("hazards.chemical_train")
def chemical_train(request: Request, uid: UUID) -> HttpResponse:
    """Mark who was trained to work with a substance."""
    actor, on = request.actor, today()
    row = chemical_of(actor, uid)
    jobs = workers_with(actor, employer=row.employer_id, on=on).get(row.pk, [])
    names = names_of(actor, [job.person_id for job in jobs])
    missing = {each.employment for each in untrained(actor, employer=row.employer_id, on=on)}
    workers = [
        (
            str(job.uid),
            f"{names[job.person_id].full if job.person_id in names else 'Карта закрыта'}, {job.post}",
        )
        for job in sorted(jobs, key=lambda job: job.uid not in missing)
    ]
    initial = {"on": on, "employments": [str(job.uid) for job in jobs if job.uid in missing]}
    form = TrainForm(request.POST or None, initial=initial, workers=workers)

    def act(facts: dict[str, Any]) -> int:
        uids = [UUID(each) for each in facts.pop("employments")]
        return actions.chemical_train(actor, chemical=uid, employments=uids, **facts) + 1

    back = reverse("hazards:chemical_show", args=[uid])
    if count := attempt(form, act):
        return done(request, f"Обучение записано, работников: {count - 1}.", back)
    return form_page(
        request,
        form,
        title=f"Обучение: {row.name}",
        lead=row.training or "Обучение не назначено: сначала укажите его в паспорте вещества.",
        action="Записать обучение",
        back=back,
    )


@needs("hazards.chemical_flags")
def chemical_flags(request: Request) -> HttpResponse:
    """Show work with substances nobody has allowed, names the register lacks, and people without training."""
    actor, on = request.actor, today()
    employer = organization_of(actor).pk
    rows = list(chemicals_unapproved(actor, employer=employer, on=on))
    places = places_of(actor, [row.pk for row in rows], on=on)
    people = untrained(actor, employer=employer, on=on)
    names = names_of(actor, [each.person for each in people])
    return page(
        request,
        "hazards/chemical_flags.html",
        title="Вещества: что не в порядке",
        rows=[(row, state_of(row, on), places.get(row.pk, [])) for row in rows],
        unlisted=names_unlisted(actor, employer=employer, on=on),
        people=[(each, names.get(each.person)) for each in people],
        on=on,
    )
