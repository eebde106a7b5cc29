"""Who is entitled to milk or therapeutic nutrition, who is given what, and the register of a month."""

import calendar
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from medtrud.domains.absences.public import absences_between
from medtrud.domains.hazards.public import exposure_at, harmful_classes, sout_cards
from medtrud.engines.store.public import find
from medtrud.kernel.actor import Actor
from medtrud.kernel.dates import add_months
from medtrud.registries.organizations.public import Employment, employments_on, in_force
from medtrud.registries.reference.public import calendar_on

from ..models import NutritionGrant, NutritionIssue
from ..rules.nutrition import rights
from ..types.nutrition import Conditions, Entitlement, Guarantee, portions_on

MILK, RATION = "Milk", "DieteticTherapy"
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
    """Return what cards and classes say of workplaces on a day, in three queries."""
    known = exposure_at(actor, workplaces, on=on)
    cards = {
        card.workplace_id: card for card in sout_cards(actor).filter(in_force(on), workplace__in=workplaces)
    }
    found = {}
    for place in workplaces:
        rated = known[place].sout_class if place in known else ""
        card = cards.get(place)
        said = card.guarantees if card else {}
        title = f"№ {card.card_number or card.number}" if card else ""
        harmful = rated in harmful_classes() if rated else None
        found[place] = Conditions(harmful, _said(said, MILK, title), _said(said, RATION, title))
    return found


def entitlements(actor: Actor, *, employer: int, on: dt.date) -> list[Entitlement]:
    """Return the workers with a right, and those of whom nothing is known though they work in harm."""
    jobs = list(
        employments_on(actor, employer=employer, on=on)
        .filter(workplace__isnull=False)
        .select_related("workplace")
        .order_by("person__name_rank", "pk")
    )
    known = conditions_of(actor, {job.workplace_id for job in jobs if job.workplace_id}, on)
    given = {
        row.employment_id: titled(row, on) for row in grants(actor).filter(in_force(on), employer=employer)
    }
    found = []
    for job in jobs:
        conditions = known[job.workplace_id or 0]
        if not conditions.harmful and not conditions.milk.needed and not conditions.ration.needed:
            continue
        decision = rights(conditions, on)
        found.append(
            Entitlement(
                employment=job.pk,
                employment_uid=job.uid,
                person=job.person_id,
                workplace=str(job.workplace),
                rights=decision.outcome,
                reasons=decision.reasons,
                given=given.get(job.pk, ""),
            )
        )
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
        return Conditions(None, Guarantee(None), Guarantee(None))
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
