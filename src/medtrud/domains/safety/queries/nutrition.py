"""Who is entitled to milk or therapeutic nutrition, who is given what, and the register of a month."""

import calendar
import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from medtrud.domains.absences.public import absences_between
from medtrud.domains.hazards.public import classes_at, harmful_classes, sout_cards
from medtrud.engines.store.public import find
from medtrud.kernel.actor import Actor
from medtrud.kernel.dates import add_months
from medtrud.registries.organizations.public import Employment, employments_on, in_force
from medtrud.registries.reference.public import calendar_on

from ..models import NutritionGrant, NutritionIssue
from ..rules.nutrition import rights
from ..types.nutrition import Conditions, Entitlement, Guarantee, Rights, portions_on

MILK, RATION = "Milk", "DieteticTherapy"
UNKNOWN = Conditions(None, Guarantee(None), Guarantee(None))
BITS = {"1": True, "0": False, "true": True, "false": False}


@dataclass(frozen=True)
class MonthLine:
    """One worker in the register of a month: how many shifts there could be, what was recorded."""

    grant: NutritionGrant
    shifts_most: int
    issue: NutritionIssue | None


def grants(actor: Actor) -> QuerySet[NutritionGrant]:
    """Return what is given to whom."""
    rows: QuerySet[NutritionGrant] = NutritionGrant.objects.visible_to(actor)
    return rows.select_related("employment__workplace").order_by("person__name_rank", "-since")


def months_unwritten(actor: Actor, *, month: dt.date) -> QuerySet[NutritionGrant]:
    """Return the grants of a month for which nobody has recorded what was given."""
    after = add_months(month, 1)
    written = NutritionIssue.objects.visible_to(actor).filter(grant=OuterRef("pk"), month=month)
    going = Q(until__isnull=True) | Q(until__gt=month)
    return grants(actor).filter(going, ~Exists(written), since__lt=after)


def grant_of(actor: Actor, uid: UUID) -> NutritionGrant:
    """Return one grant; a stranger gets 404."""
    return find(NutritionGrant, actor, uid)


def conditions_of(actor: Actor, workplaces: set[int], on: dt.date) -> dict[int, Conditions]:
    """Return what cards and classes say of workplaces on a day, in two queries."""
    rated = classes_at(actor, workplaces, on=on)
    cards = sout_cards(actor, on=on).filter(workplace__in=workplaces)
    named = cards.values_list("workplace", "card_number", "number", "guarantees")
    said = {place: (f"№ {card or number}", told) for place, card, number, told in named}
    found = {}
    for place in workplaces:
        title, told = said.get(place, ("", {}))
        harmful = rated[place] in harmful_classes() if rated.get(place) else None
        found[place] = Conditions(harmful, _said(told, MILK, title), _said(told, RATION, title))
    return found


def nutrition_places(actor: Actor, *, employer: int, on: dt.date) -> dict[Rights, list[int]]:
    """Return the workplaces of harm, or with a right by their card, by what they entitle to.

    Queries and rules are asked as often for ten thousand workers as for ten: a right belongs to the place.
    """
    jobs = employments_on(actor, employer=employer, on=on).filter(workplace__isnull=False)
    known = conditions_of(actor, set(jobs.order_by().values_list("workplace", flat=True).distinct()), on)
    found: dict[Rights, list[int]] = defaultdict(list)
    decided: dict[tuple[bool | None, bool | None, bool | None], Rights] = {}
    for place, each in known.items():
        if each.harmful or each.milk.needed or each.ration.needed:
            mark = (each.harmful, each.milk.needed, each.ration.needed)
            if mark not in decided:
                decided[mark] = rights(each, on).outcome
            found[decided[mark]].append(place)
    return found


def nutrition_jobs(
    actor: Actor, *, employer: int, on: dt.date, places: Mapping[Rights, Sequence[int]]
) -> QuerySet[Employment]:
    """Return the jobs at these workplaces, and those given something without its right."""
    known = [place for each in places.values() for place in each]
    jobs = employments_on(actor, employer=employer, on=on)
    jobs = jobs.filter(Q(workplace__in=known) | Q(nutrition_given(actor, on=on)))
    return jobs.select_related("person", "workplace", "division")


def nutrition_given(actor: Actor, *, on: dt.date) -> Exists:
    """Say of a job: something is given on a day."""
    rows = NutritionGrant.objects.visible_to(actor).filter(in_force(on), employment=OuterRef("pk"))
    return Exists(rows)


def entitlements(actor: Actor, *, employer: int, on: dt.date) -> list[Entitlement]:
    """Return the workers with a right, those of whom nothing is known though they work in harm, the given."""
    places = nutrition_places(actor, employer=employer, on=on)
    jobs = nutrition_jobs(actor, employer=employer, on=on, places=places)
    return entitlements_of(actor, list(jobs.order_by("person__name_rank", "pk")), on=on)


def entitlements_of(actor: Actor, jobs: Sequence[Employment], *, on: dt.date) -> list[Entitlement]:
    """Return the rights of these jobs with their reasons, and what each is given, in three queries."""
    known = conditions_of(actor, {job.workplace_id for job in jobs if job.workplace_id}, on)
    going = grants(actor).filter(in_force(on), employment__in=[job.pk for job in jobs])
    given = {row.employment_id: titled(row, on) for row in going}
    found = []
    for job in jobs:
        conditions = known.get(job.workplace_id or 0, UNKNOWN)
        decision = rights(conditions, on)
        found.append(
            Entitlement(
                employment=job.pk, employment_uid=job.uid, person=job.person_id,
                workplace=str(job.workplace or "—"), rights=decision.outcome, reasons=decision.reasons,
                given=given.get(job.pk, ""), card=conditions.milk.card,
            )
        )  # fmt: skip
    return found


def titled(row: NutritionGrant, on: dt.date) -> str:
    """Return what a grant gives, in words."""
    if row.kind == "ration":
        return f"ЛПП, рацион № {row.ration}"
    known = portions_on(on).get(row.kind)
    return known.title if known else row.kind


def month_lines(actor: Actor, *, employer: int, month: dt.date) -> list[MonthLine]:
    """Return the register of a month: working days less days away are the most shifts there could be."""
    last = month.replace(day=calendar.monthrange(month.year, month.month)[1])
    after = last + dt.timedelta(days=1)
    rows = [
        row
        for row in grants(actor).filter(employer=employer, since__lte=last)
        if row.until is None or row.until > month
    ]
    away = absences_between(actor, {row.person_id for row in rows}, month, after)
    working = calendar_on(actor, month)
    days = [month + dt.timedelta(days=n) for n in range((after - month).days)]
    days = [day for day in days if working(day)]
    issued: dict[int, NutritionIssue] = {}
    for issue in (
        NutritionIssue.objects.visible_to(actor).filter(grant__in=rows, month=month).order_by("version")
    ):
        issued[issue.grant_id] = issue
    return [
        MonthLine(
            row,
            sum(
                row.since <= day
                and (row.until is None or day < row.until)
                and not _away(away, row.person_id, day)
                for day in days
            ),
            issued.get(row.pk),
        )
        for row in rows
    ]


def job_conditions(actor: Actor, job: Employment, on: dt.date) -> Conditions:
    """Return what is known of the workplace of one job."""
    if job.workplace_id is None:
        return UNKNOWN
    return conditions_of(actor, {job.workplace_id}, on)[job.workplace_id]


def _away(away: Mapping[int, Any], person: int, day: dt.date) -> bool:
    return any(p.since <= day and (p.until is None or day < p.until) for p in away.get(person, ()))


def _said(guarantees: Mapping[str, Any], tag: str, card: str) -> Guarantee:
    said = guarantees.get(tag)
    if not isinstance(said, dict):
        return Guarantee(None, card=card)
    return Guarantee(
        BITS.get(str(said.get("NeedToEstablish", "")).lower()), str(said.get("Reason", "")), card
    )
