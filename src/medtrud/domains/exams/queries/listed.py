"""Lists of examinations for other systems: the rows a seat may see, in the order their indexes have."""

from typing import Any, TypeVar
from uuid import UUID

from django.db.models import QuerySet

from medtrud.engines.store.public import GuardedModel, find
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import NotFound

from ..models import (
    ActMember,
    ActMemberMedical,
    Campaign,
    Conclusion,
    ConclusionMedical,
    Diagnosis,
    Exam,
    ExamLine,
    FinalAct,
    Finding,
    LineResult,
    Recommendation,
    Referral,
    RollEntry,
)

Rows = QuerySet[Any]
M = TypeVar("M", bound=GuardedModel)


def campaigns(actor: Actor) -> Rows:
    """Return the campaigns with both their sides."""
    rows: Rows = Campaign.objects.visible_to(actor)
    return rows.select_related("employer", "clinic", "previous")


def campaign_shown(actor: Actor, uid: UUID) -> Campaign:
    """Return one campaign; a stranger gets 404."""
    return _one(Campaign, actor, uid, campaigns(actor))


def roll(actor: Actor, campaign: Campaign, *, removed: bool = False) -> Rows:
    """Return the named list of a campaign, or those who were taken out of it."""
    rows: Rows = RollEntry.objects.visible_to(actor)
    return rows.filter(campaign=campaign, removed_on__isnull=not removed).select_related("employment")


def referrals(actor: Actor) -> Rows:
    """Return the referrals with their visits."""
    rows: Rows = Referral.objects.visible_to(actor)
    return rows.select_related("employer", "clinic", "exam", "exam__campaign")


def referral_shown(actor: Actor, uid: UUID) -> Referral:
    """Return one referral with what it prescribes."""
    return _one(Referral, actor, uid, referrals(actor).select_related("programme"))


def visits(actor: Actor) -> Rows:
    """Return the visits with what stands in their referrals."""
    rows: Rows = Exam.objects.visible_to(actor)
    return rows.select_related("referral", "campaign", "employer", "clinic")


def visit_shown(actor: Actor, uid: UUID) -> Exam:
    """Return one visit; a stranger gets 404."""
    return _one(Exam, actor, uid, visits(actor))


def visit_of_referral(actor: Actor, referral: UUID) -> Exam:
    """Return the visit a referral leads to, as its QR code names it."""
    found: Exam | None = visits(actor).filter(referral__uid=referral).first()
    if found is None:
        raise NotFound("Осмотр по направлению не найден. Проверьте, в какую клинику оно выдано.")
    return found


def scope_of(actor: Actor, exam: Exam) -> Rows:
    """Return the lines of a visit in their order."""
    rows: Rows = ExamLine.objects.visible_to(actor)
    return rows.filter(exam=exam).order_by("order")


def results_of(actor: Actor, exam: Exam) -> Rows:
    """Return every version of every result of a visit."""
    rows: Rows = LineResult.objects.visible_to(actor)
    return rows.filter(exam=exam).select_related("staff").order_by("line", "version")


def diagnoses_found(actor: Actor, exam: Exam) -> Rows:
    """Return the diagnoses of a visit that stand."""
    rows: Rows = Diagnosis.objects.visible_to(actor)
    standing = rows.filter(exam=exam, replaced_by__isnull=True, withdrawn_reason="")
    return standing.select_related("line").order_by("pk")


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


def conclusions(actor: Actor) -> Rows:
    """Return the conclusions, all versions."""
    rows: Rows = Conclusion.objects.visible_to(actor)
    return rows.select_related("exam", "exam__referral", "employer", "clinic")


def needs_behind(actor: Actor, exam: Exam) -> Rows:
    """Return the medical parts of the conclusions of a visit."""
    rows: Rows = ConclusionMedical.objects.visible_to(actor)
    return rows.filter(exam=exam).select_related("conclusion").order_by("conclusion__version")


def acts(actor: Actor) -> Rows:
    """Return the versions of final acts."""
    rows: Rows = FinalAct.objects.visible_to(actor)
    return rows.select_related("campaign", "employer", "clinic")


def act_shown(actor: Actor, uid: UUID) -> FinalAct:
    """Return one version of an act; a stranger gets 404."""
    return _one(FinalAct, actor, uid, acts(actor))


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


def _one(model: type[M], actor: Actor, uid: UUID, rows: Rows) -> M:
    """Return the row with what it points to; the refusal is that of every address."""
    find(model, actor, uid)
    row: M = rows.get(uid=uid)
    return row
