"""Rows of named lists, referrals, visits and conclusions as the employer's screens list them."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from medtrud.domains.hazards.public import annex_on
from medtrud.domains.hazards.types import code_key
from medtrud.engines.store.public import find
from medtrud.kernel.actor import Actor

from ..models import Campaign, Conclusion, LastingIncapacity, RollEntry
from .rows import referrals


def entries_of(actor: Actor, campaign: Campaign) -> QuerySet[RollEntry]:
    """Return everybody who stands or stood in the list, with referrals."""
    rows: QuerySet[RollEntry] = RollEntry.objects.visible_to(actor)
    return (
        rows.filter(campaign=campaign)
        .select_related("campaign", "employment", "person")
        .prefetch_related("referrals")
    )


def entry_of(actor: Actor, uid: UUID) -> RollEntry:
    """Return one line of a list."""
    return find(RollEntry, actor, uid)


def roll_facets(actor: Actor, campaign: Campaign) -> tuple[list[str], list[tuple[str, str]]]:
    """Return the divisions and the factors of a list, for its filters."""
    rows = RollEntry.objects.visible_to(actor).filter(campaign=campaign, removed_on__isnull=True)
    divisions = rows.exclude(division="").order_by("division").values_list("division", flat=True).distinct()
    sets = rows.order_by().values_list("codes", flat=True).distinct()
    annex = annex_on(campaign.since)
    codes = sorted({code for codes in sets for code in codes}, key=code_key)
    return list(divisions), [
        (code, f"{code} {annex[code].short}" if code in annex else code) for code in codes
    ]


def copies(actor: Actor) -> QuerySet[Conclusion]:
    """Return the valid conclusions whose copies the seat holds."""
    rows: QuerySet[Conclusion] = Conclusion.objects.visible_to(actor).filter(current=True)
    return rows.select_related("clinic", "exam", "person")


def incapacities(actor: Actor) -> QuerySet[LastingIncapacity]:
    """Return the notes on lasting incapacity that nothing has replaced."""
    rows: QuerySet[LastingIncapacity] = LastingIncapacity.objects.visible_to(actor)
    return rows.filter(replaced_by__isnull=True).select_related("person")


def chosen_referrals(actor: Actor, uids: list[UUID], campaign: UUID | None) -> list[Any]:
    """Return the marked referrals, or all of a campaign that were not cancelled, in the order of numbers."""
    rows = referrals(actor).exclude(state="cancelled")
    rows = rows.filter(uid__in=uids) if uids else rows.filter(roll_entry__campaign__uid__in=[campaign])
    return list(rows.order_by("year", "number"))


def registered_referrals(actor: Actor, uids: list[UUID]) -> list[Any]:
    """Return the marked referrals, or all of them, as the register lists them; cancelled ones too."""
    rows = referrals(actor)
    return list((rows.filter(uid__in=uids) if uids else rows).order_by("year", "number"))
