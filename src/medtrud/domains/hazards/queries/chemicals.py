"""Reading the register of substances, where they are used, and what is wrong with that."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from medtrud.engines.store.public import find
from medtrud.kernel.actor import Actor
from medtrud.kernel.text import sort_key
from medtrud.registries.organizations.public import Employment, employments_on, in_force

from ..models import Chemical, ChemicalStep, ChemicalTraining, ChemicalUse, WorkplaceFactor
from ..types.chemicals import ChemicalIn, ChemicalState, Untrained


def chemicals(actor: Actor, *, employer: int) -> QuerySet[Chemical]:
    """Return the register of an employer."""
    rows: QuerySet[Chemical] = Chemical.objects.visible_to(actor).filter(employer=employer)
    return rows.order_by("name_key", "pk")


def chemical_of(actor: Actor, uid: UUID) -> Chemical:
    """Return one substance, or say that there is none."""
    return find(Chemical, actor, uid)


def steps_of(actor: Actor, chemical: Chemical) -> QuerySet[ChemicalStep]:
    """Return the requests and decisions, newest first."""
    rows: QuerySet[ChemicalStep] = ChemicalStep.objects.visible_to(actor).filter(chemical=chemical)
    return rows.order_by("-at", "-pk")


def uses_of(actor: Actor, *, chemical: Chemical) -> QuerySet[ChemicalUse]:
    """Return where a substance is and was used."""
    rows: QuerySet[ChemicalUse] = ChemicalUse.objects.visible_to(actor).filter(chemical=chemical)
    return rows.select_related("workplace", "division").order_by("-since", "-pk")


def places_of(actor: Actor, chemicals: Iterable[int], *, on: dt.date) -> dict[int, list[str]]:
    """Return the names of the places where substances are used on a day, in one query."""
    rows = ChemicalUse.objects.visible_to(actor).filter(in_force(on), chemical__in=list(chemicals))
    found: dict[int, list[str]] = defaultdict(list)
    for row in rows.select_related("workplace", "division").order_by("since", "pk"):
        found[row.chemical_id].append(str(row))
    return dict(found)


def allowed(on: dt.date) -> Q:
    """Say which substances are approved on a day."""
    return Q(state=ChemicalState.APPROVED) & (Q(valid_until__isnull=True) | Q(valid_until__gt=on))


def used(on: dt.date) -> Exists:
    """Say which substances are worked with on a day."""
    why = "asks about a row the caller has been allowed to see"
    return Exists(ChemicalUse.objects.unscoped(why).filter(in_force(on), chemical=OuterRef("pk")))


def chemicals_unapproved(actor: Actor, *, employer: int, on: dt.date) -> QuerySet[Chemical]:
    """Return the substances that are worked with although nobody has approved them."""
    return chemicals(actor, employer=employer).filter(used(on)).exclude(allowed(on))


def names_unlisted(actor: Actor, *, employer: int, on: dt.date) -> list[tuple[str, int]]:
    """Return the substances of workplace factors the register does not have, with the number of places."""
    rows = WorkplaceFactor.objects.visible_to(actor).filter(in_force(on), employer=employer)
    known = set(chemicals(actor, employer=employer).values_list("name_key", flat=True))
    places: dict[str, set[int]] = defaultdict(set)
    titles: dict[str, str] = {}
    for names, workplace in rows.exclude(substances=[]).values_list("substances", "workplace"):
        for name in names:
            key = sort_key(name)
            if key not in known:
                titles.setdefault(key, name)
                places[key].add(workplace)
    return [(titles[key], len(places[key])) for key in sorted(titles)]


def trainings_of(actor: Actor, *, chemical: Chemical) -> QuerySet[ChemicalTraining]:
    """Return who was trained to work with a substance, newest first."""
    rows: QuerySet[ChemicalTraining] = ChemicalTraining.objects.visible_to(actor).filter(chemical=chemical)
    return rows.order_by("-on", "-pk")


def workers_with(actor: Actor, *, employer: int, on: dt.date) -> dict[int, list[Employment]]:
    """Return who works with each substance on a day: by workplace, or by the division and those below it."""
    uses = list(
        ChemicalUse.objects.visible_to(actor)
        .filter(in_force(on), employer=employer)
        .values_list("chemical", "workplace", "division__path")
    )
    if not uses:
        return {}
    jobs = list(employments_on(actor, employer=employer, on=on).select_related("division").order_by("pk"))
    found: dict[int, list[Employment]] = defaultdict(list)
    for chemical, workplace, path in uses:
        for job in jobs:
            below = job.division.path if job.division else ""
            inside = path and (below == path or below.startswith(f"{path} / "))
            if (workplace and job.workplace_id == workplace) or inside:
                found[chemical].append(job)
    return {chemical: list({job.pk: job for job in rows}.values()) for chemical, rows in found.items()}


def untrained(actor: Actor, *, employer: int, on: dt.date) -> list[Untrained]:
    """Return who works with a substance that asks for training and has none in force."""
    asked = {row.pk: row for row in chemicals(actor, employer=employer).exclude(training="").filter(used(on))}
    trained: dict[tuple[int, int], dt.date] = {}
    rows = ChemicalTraining.objects.visible_to(actor).filter(chemical__in=asked, on__lte=on).order_by("on")
    for chemical, person, until in rows.values_list("chemical", "person", "until"):
        trained[chemical, person] = until or dt.date.max
    found = []
    for chemical, jobs in workers_with(actor, employer=employer, on=on).items():
        if chemical not in asked:
            continue
        row = asked[chemical]
        for job in jobs:
            until = trained.get((chemical, job.person_id))
            if until is None or until <= on:
                ended = f"{until:%d.%m.%Y}" if until else ""
                found.append(Untrained(job.person_id, job.uid, row.uid, row.name, ended))
    return found


def passport_of(row: Chemical) -> ChemicalIn:
    """Return what the register says of a substance."""
    return ChemicalIn(
        row.name,
        row.cas,
        row.pdk_max,
        row.pdk_ss,
        row.pdk_basis,
        row.hazard,
        row.letters,
        row.supplier,
        row.training,
        row.training_months,
    )
