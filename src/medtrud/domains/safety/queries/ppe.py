"""Protective equipment: the catalogue, norms, cards, what is due, what a period needs."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from medtrud.engines.store.public import find
from medtrud.kernel.actor import Actor
from medtrud.registries.organizations.public import Employment, employments_on, in_force

from ..models import PpeCertificate, PpeIssue, PpeItem, PpeMove, PpeNorm, PpeSizes
from ..rules.ppe import SOON, times
from ..types.ppe import PpeDemand, PpeDue, PpeNeed


def ppe_items(actor: Actor, *, closed: bool = False) -> QuerySet[PpeItem]:
    """Return the kinds of equipment of an employer."""
    rows: QuerySet[PpeItem] = PpeItem.objects.visible_to(actor).order_by("title_key", "pk")
    return rows if closed else rows.filter(closed_on__isnull=True)


def ppe_certified(actor: Actor, on: dt.date) -> QuerySet[Any, Any]:
    """Return the keys of the kinds of equipment with a certificate in force on a day, as a subquery."""
    rows: QuerySet[PpeCertificate] = PpeCertificate.objects.visible_to(actor)
    rows = rows.filter(since__lte=on, until__gt=on)
    return rows.values("item")


def ppe_item_of(actor: Actor, uid: UUID) -> PpeItem:
    """Return one kind of equipment; a stranger gets 404."""
    return find(PpeItem, actor, uid)


def certificates_of(actor: Actor, item: PpeItem) -> QuerySet[PpeCertificate]:
    """Return the certificates of a kind of equipment, the latest first."""
    rows: QuerySet[PpeCertificate] = PpeCertificate.objects.visible_to(actor).filter(item=item)
    return rows.order_by("-until", "-pk")


def certificate_on(actor: Actor, item: PpeItem, on: dt.date) -> PpeCertificate | None:
    """Return the certificate in force on a day, the one that lasts longest."""
    return certificates_of(actor, item).filter(since__lte=on, until__gt=on).first()


def ppe_norms(actor: Actor) -> QuerySet[PpeNorm]:
    """Return the norms of an employer, past ones too."""
    rows: QuerySet[PpeNorm] = PpeNorm.objects.visible_to(actor)
    return rows.select_related("workplace", "item").order_by("workplace__title", "item__title_key", "-since")


def ppe_issues(actor: Actor) -> QuerySet[PpeIssue]:
    """Return what was issued, the latest first."""
    rows: QuerySet[PpeIssue] = PpeIssue.objects.visible_to(actor)
    return rows.select_related("item", "certificate").order_by("-on", "-pk")


def ppe_held(actor: Actor) -> QuerySet[PpeIssue]:
    """Return what workers still have of what was issued: not given back whole, not written off."""
    return ppe_issues(actor).filter(gone__lt=F("quantity"))


def ppe_outdated(actor: Actor, *, on: dt.date) -> QuerySet[PpeIssue]:
    """Return what is worn beyond its term by those at work, where nothing newer of the kind was issued."""
    newer = ppe_held(actor).filter(
        Q(due__isnull=True) | Q(due__gt=on), employer=OuterRef("employer"), person=OuterRef("person"),
        item=OuterRef("item"),
    )  # fmt: skip
    at_work = Q(employment__since__lte=on) & (Q(employment__until__isnull=True) | Q(employment__until__gt=on))
    return ppe_held(actor).filter(at_work, ~Exists(newer), due__lte=on)


def ppe_issue_of(actor: Actor, uid: UUID) -> PpeIssue:
    """Return one issue."""
    return find(PpeIssue, actor, uid)


def sizes_of(actor: Actor, person: int) -> PpeSizes | None:
    """Return the last sizes of a worker."""
    rows: QuerySet[PpeSizes] = PpeSizes.objects.visible_to(actor).filter(person=person)
    return rows.order_by("-pk").first()


def moves_of(actor: Actor, issues: list[int]) -> dict[int, list[PpeMove]]:
    """Return what became of issues, by issue, in their order."""
    found: dict[int, list[PpeMove]] = defaultdict(list)
    for row in PpeMove.objects.visible_to(actor).filter(issue__in=issues).order_by("on", "pk"):
        found[row.issue_id].append(row)
    return found


def held(
    actor: Actor, *, employer: int, persons: Iterable[int] | None = None
) -> dict[tuple[int, int], tuple[dt.date, dt.date | None]]:
    """Return what workers still have by person and item, of each the one that lasts longest: its days."""
    rows = ppe_held(actor).order_by(F("due").asc(nulls_last=True), "on", "pk").filter(employer=employer)
    if persons is not None:
        rows = rows.filter(person__in=set(persons))
    named = rows.values_list("person", "item", "on", "due")
    return {(person, item): (on, due) for person, item, on, due in named}


def soon(on: dt.date) -> dt.date:
    """Return the day up to which a replacement is spoken of on a day."""
    return on + min(SOON, dt.date.max - on)


def ppe_lacking(actor: Actor, *, on: dt.date, need: PpeNeed | None = None, item: int | None = None) -> Exists:
    """Say of a job: its norms of a day name something, or this very item, that the worker lacks.

    Without a need: what is not issued or is to be replaced by the day.
    """
    issues = ppe_held(actor).order_by().filter(person=OuterRef(OuterRef("person")), item=OuterRef("item"))
    serve = issues.filter(Q(due__isnull=True) | Q(due__gt=on))
    last = issues.filter(Q(due__isnull=True) | Q(due__gt=soon(on)))
    wanted = {
        None: (~Exists(serve),),
        PpeNeed.NEVER: (~Exists(issues),),
        PpeNeed.LATE: (Exists(issues), ~Exists(serve)),
        PpeNeed.SOON: (Exists(serve), ~Exists(last)),
    }[need]
    norms = PpeNorm.objects.visible_to(actor).filter(in_force(on), workplace=OuterRef("workplace"))
    return Exists((norms.filter(item=item) if item else norms).filter(*wanted))


def ppe_late_on(actor: Actor, *, on: dt.date) -> Subquery:
    """Say of a job: since which day something its norms name is worn beyond its term."""
    named = PpeNorm.objects.visible_to(actor).filter(
        in_force(on), workplace=OuterRef(OuterRef("workplace")), item=OuterRef("item")
    )
    late = ppe_outdated(actor, on=on).filter(Exists(named), person=OuterRef("person"))
    return Subquery(late.order_by("due").values("due")[:1])


def ppe_jobs(actor: Actor, *, employer: int, on: dt.date) -> QuerySet[Employment]:
    """Return the jobs of a day with the place and the unit they are at."""
    jobs = employments_on(actor, employer=employer, on=on)
    return jobs.select_related("person", "workplace", "division")


def ppe_lacks(actor: Actor, jobs: Sequence[Employment], *, employer: int, on: dt.date) -> list[PpeDue]:
    """Return what these jobs lack, and what is to be replaced soon, in two queries."""
    norms = _norms(actor, employer, on, places={job.workplace_id for job in jobs})
    has = held(actor, employer=employer, persons=(job.person_id for job in jobs))
    return [
        PpeDue(
            employment=job.pk, employment_uid=job.uid, person=job.person_id, workplace=str(job.workplace),
            division=str(job.division) if job.division else "", item=norm.item.title, item_id=norm.item_id,
            item_uid=norm.item.uid, unit=norm.item.unit, quantity=norm.quantity, basis=norm.basis,
            last=last, due=due, on=on,
        )
        for job in jobs
        for norm in norms[job.workplace_id or 0]
        for last, due in (has.get((job.person_id, norm.item_id), (None, None)),)
        if last is None or (due is not None and due <= soon(on))
    ]  # fmt: skip


def ppe_due(actor: Actor, *, employer: int, on: dt.date) -> list[PpeDue]:
    """Return what is not issued or is to be replaced by a day, in a few queries however many workers."""
    jobs = ppe_jobs(actor, employer=employer, on=on).filter(ppe_lacking(actor, on=on))
    found = ppe_lacks(actor, list(jobs.order_by("person__name_rank", "pk")), employer=employer, on=on)
    return [row for row in found if row.need is not PpeNeed.SOON]


def ppe_demand(actor: Actor, *, employer: int, since: dt.date, until: dt.date) -> list[PpeDemand]:
    """Return what the workers of a day need until another: replacements and what was never issued."""
    norms = _norms(actor, employer, since)
    has = held(actor, employer=employer)
    people: dict[int, set[int]] = defaultdict(set)
    amounts: dict[int, Decimal] = defaultdict(Decimal)
    items: dict[int, PpeItem] = {}
    jobs = employments_on(actor, employer=employer, on=since).filter(workplace__in=list(norms))
    for person, place in jobs.values_list("person", "workplace"):
        for norm in norms[place]:
            last, due = has.get((person, norm.item_id), (None, None))
            lasts = None if last is None else due or dt.date.max
            count = times(lasts, since, until, norm.months)
            if count:
                items[norm.item_id] = norm.item
                people[norm.item_id].add(person)
                amounts[norm.item_id] += norm.quantity * count
    ordered = sorted(items.values(), key=lambda item: item.title_key)
    return [
        PpeDemand(row.title, row.unit, len(people[row.pk]), amounts[row.pk], row.price_kopecks)
        for row in ordered
    ]


def norms_on(actor: Actor, job: Employment, on: dt.date) -> list[PpeNorm]:
    """Return what a worker is entitled to at one of his jobs on a day."""
    if job.workplace_id is None:
        return []
    return _norms(actor, job.employer_id, on)[job.workplace_id]


def _norms(
    actor: Actor, employer: int, on: dt.date, *, places: set[int | None] | None = None
) -> dict[int, list[PpeNorm]]:
    found: dict[int, list[PpeNorm]] = defaultdict(list)
    rows = PpeNorm.objects.visible_to(actor).filter(in_force(on), employer=employer)
    if places is not None:
        rows = rows.filter(workplace__in=places - {None})
    for row in rows.select_related("item").order_by("item__title_key"):
        found[row.workplace_id].append(row)
    return found
