"""Lists of examinations for other systems: the rows a seat may see, in the order their indexes have."""

from typing import Any, TypeVar
from uuid import UUID

from django.db.models import QuerySet

from medtrud.engines.store.public import GuardedModel
from medtrud.kernel.actor import Actor

from ..models import (
    ActMember,
    ActMemberMedical,
    Campaign,
    ConclusionMedical,
    Exam,
    ExamLine,
    FinalAct,
    Finding,
    LineResult,
    Recommendation,
    RollEntry,
)
from .rows import acts, one

Rows = QuerySet[Any]
M = TypeVar("M", bound=GuardedModel)


def roll(actor: Actor, campaign: Campaign, *, removed: bool = False) -> Rows:
    """Return the named list of a campaign, or those who were taken out of it."""
    rows: Rows = RollEntry.objects.visible_to(actor)
    return rows.filter(campaign=campaign, removed_on__isnull=not removed).select_related("employment")


def scope_of(actor: Actor, exam: Exam) -> Rows:
    """Return the lines of a visit in their order."""
    rows: Rows = ExamLine.objects.visible_to(actor)
    return rows.filter(exam=exam).order_by("order")


def results_of(actor: Actor, exam: Exam) -> Rows:
    """Return every version of every result of a visit."""
    rows: Rows = LineResult.objects.visible_to(actor)
    return rows.filter(exam=exam).select_related("staff").order_by("line", "version")


def findings_asked(actor: Actor, exam: Exam) -> Rows:
    """Return the last decision on every possible contraindication of the diagnoses that stand."""
    rows: Rows = Finding.objects.visible_to(actor)
    return (
        rows.filter(
            exam=exam,
            replaced_by__isnull=True,
            diagnosis__replaced_by__isnull=True,
            diagnosis__withdrawn_reason="",
        )
        .select_related("diagnosis")
        .order_by("item", "pk")
    )


def needs_behind(actor: Actor, exam: Exam) -> Rows:
    """Return the medical parts of the conclusions of a visit."""
    rows: Rows = ConclusionMedical.objects.visible_to(actor)
    return rows.filter(exam=exam).select_related("conclusion").order_by("conclusion__version")


def act_shown(actor: Actor, uid: UUID) -> FinalAct:
    """Return one version of an act; a stranger gets 404."""
    return one(FinalAct, actor, uid, acts(actor))


def act_people(actor: Actor, act: FinalAct, item: int) -> Rows:
    """Return the people behind a number of an act whose list the employer receives."""
    rows: Rows = ActMember.objects.visible_to(actor)
    return rows.filter(act=act, items__contains=[item])


def act_patients(actor: Actor, act: FinalAct, item: int) -> Rows:
    """Return the people behind a medical number of an act."""
    rows: Rows = ActMemberMedical.objects.visible_to(actor)
    return rows.filter(act=act, item=item)


def recommendations_of(actor: Actor, act: FinalAct) -> Rows:
    """Return the recommendations of an act with the last word of the employer on each."""
    rows: Rows = Recommendation.objects.visible_to(actor)
    return rows.filter(act=act, replaced_by__isnull=True).order_by("order", "pk")
