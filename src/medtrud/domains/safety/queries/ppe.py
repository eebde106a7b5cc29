"""Protective equipment: the catalogue, norms, cards, what is due, what a period needs."""

import datetime as dt
from collections import defaultdict
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Sum

from medtrud.engines.store.public import find
from medtrud.kernel.actor import Actor
from medtrud.registries.organizations.public import Employment, employments_on, in_force

from ..models import PpeCertificate, PpeIssue, PpeItem, PpeMove, PpeNorm, PpeSizes
from ..rules.ppe import times
from ..types.ppe import PpeDemand, PpeDue, PpeMoveKind

ENDS = [kind.value for kind in PpeMoveKind if kind.ends]


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
    gone = Sum("moves__quantity", filter=Q(moves__kind__in=ENDS))
    return ppe_issues(actor).annotate(gone=gone).filter(Q(gone__isnull=True) | Q(gone__lt=F("quantity")))


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


def held(actor: Actor, *, employer: int) -> dict[tuple[int, int], tuple[dt.date, dt.date | None]]:
    """Return the last issue a worker still has, by person and item: its day and the day of replacement."""
    gone = Q(moves__kind__in=ENDS)
    rows = PpeIssue.objects.visible_to(actor).filter(employer=employer)
    rows = rows.annotate(gone=Sum("moves__quantity", filter=gone)).order_by("on", "pk")
    found: dict[tuple[int, int], tuple[dt.date, dt.date | None]] = {}
    for person, item, quantity, off, on, due in rows.values_list(
        "person", "item", "quantity", "gone", "on", "due"
    ):
        if quantity > (off or Decimal()):
            found[person, item] = (on, due)
    return found


def ppe_due(actor: Actor, *, employer: int, on: dt.date) -> list[PpeDue]:
    """Return what is not issued or is to be replaced by a day, in five queries however many workers."""
    norms = _norms(actor, employer, on)
    has = held(actor, employer=employer)
    found = []
    for job in _jobs(actor, employer, on, norms):
        for norm in norms[job.workplace_id or 0]:
            last, due = has.get((job.person_id, norm.item_id), (None, None))
            if last is not None and (due is None or due > on):
                continue
            found.append(
                PpeDue(
                    employment=job.pk,
                    employment_uid=job.uid,
                    person=job.person_id,
                    workplace=str(job.workplace),
                    division=str(job.division) if job.division else "",
                    item=norm.item.title,
                    item_uid=norm.item.uid,
                    unit=norm.item.unit,
                    quantity=norm.quantity,
                    basis=norm.basis,
                    last=last,
                    due=due,
                )
            )
    return found


def ppe_demand(actor: Actor, *, employer: int, since: dt.date, until: dt.date) -> list[PpeDemand]:
    """Return what the workers of a day need until another: replacements and what was never issued."""
    norms = _norms(actor, employer, since)
    has = held(actor, employer=employer)
    people: dict[int, set[int]] = defaultdict(set)
    amounts: dict[int, Decimal] = defaultdict(Decimal)
    items: dict[int, PpeItem] = {}
    for job in _jobs(actor, employer, since, norms):
        for norm in norms[job.workplace_id or 0]:
            last, due = has.get((job.person_id, norm.item_id), (None, None))
            lasts = None if last is None else due or dt.date.max
            count = times(lasts, since, until, norm.months)
            if count:
                items[norm.item_id] = norm.item
                people[norm.item_id].add(job.person_id)
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


def _norms(actor: Actor, employer: int, on: dt.date) -> dict[int, list[PpeNorm]]:
    found: dict[int, list[PpeNorm]] = defaultdict(list)
    rows = PpeNorm.objects.visible_to(actor).filter(in_force(on), employer=employer)
    for row in rows.select_related("item").order_by("item__title_key"):
        found[row.workplace_id].append(row)
    return found


def _jobs(actor: Actor, employer: int, on: dt.date, norms: dict[int, list[PpeNorm]]) -> QuerySet[Employment]:
    jobs = employments_on(actor, employer=employer, on=on).filter(workplace__in=list(norms))
    return jobs.select_related("workplace", "division").order_by("person__name_rank", "pk")
