"""Recommendations to the employer (item 28) and what became of them (item 27 of the next act)."""

from typing import Any

from ..models import Campaign, FinalAct, Recommendation
from ..types.states import MeasureState

WHY = "the act of the campaign speaks of the act before it; the action has checked who closes it"


def previous_act(campaign: Campaign) -> FinalAct | None:
    """Return the last version of the act before this campaign: of the named one, or of the latest."""
    acts = FinalAct.objects.unscoped(WHY)
    if campaign.previous_id is not None:
        acts = acts.filter(campaign=campaign.previous_id)
    else:
        acts = acts.filter(
            employer=campaign.employer_id,
            clinic=campaign.clinic_id,
            campaign__since__lt=campaign.since,
        ).exclude(campaign=campaign)
    found: FinalAct | None = acts.order_by("-campaign__since", "-version").first()
    return found


def measures_of(act: FinalAct) -> list[Recommendation]:
    """Return the recommendations of an act, each in its latest marking."""
    rows = Recommendation.objects.unscoped(WHY).filter(act=act, replaced_by__isnull=True)
    return list(rows.order_by("order", "pk"))


def fulfilled_of(act: FinalAct | None) -> list[dict[str, Any]]:
    """Return item 27: every recommendation of the previous act with its state, in words."""
    if act is None:
        return []
    return [
        {"text": row.text, "status": row.status, "state": state_words(row), "act": str(act)}
        for row in measures_of(act)
    ]


def state_words(row: Recommendation) -> str:
    """Say what became of a recommendation: «выполнена 12.01.2026: заменены наушники»."""
    if row.status == MeasureState.OPEN:
        return "сведений от работодателя нет"
    words = MeasureState(row.status).title_ru.lower()
    on = f" {row.status_on:%d.%m.%Y}" if row.status_on else ""
    return f"{words}{on}: {row.status_text}" if row.status_text else f"{words}{on}"


def marks_by_text(act: FinalAct) -> dict[str, dict[str, Any]]:
    """Return what was marked on the recommendations of the version before, by their words."""
    earlier = FinalAct.objects.unscoped(WHY).filter(campaign=act.campaign_id, version=act.version - 1).first()
    if earlier is None:
        return {}
    fields = ("status", "status_text", "status_on")
    return {row.text: {name: getattr(row, name) for name in fields} for row in measures_of(earlier)}
