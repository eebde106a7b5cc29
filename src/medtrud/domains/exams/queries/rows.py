"""The rows of examinations as a seat sees them, with what every edge names beside them: one reader each."""

from typing import Any, TypeVar
from uuid import UUID

from django.db.models import QuerySet

from medtrud.engines.store.public import GuardedModel, find
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import NotFound

from ..models import Campaign, Conclusion, Diagnosis, Exam, FinalAct, Referral

M = TypeVar("M", bound=GuardedModel)
ABSENT = "Осмотр не найден. Возможно, направление выдано в другую медицинскую организацию."


def campaigns(actor: Actor) -> QuerySet[Campaign]:
    """Return the campaigns with both their sides."""
    rows: QuerySet[Campaign] = Campaign.objects.visible_to(actor)
    return rows.select_related("employer", "clinic", "contract", "previous")


def campaign_of(actor: Actor, uid: UUID) -> Campaign:
    """Return one campaign; a stranger gets 404."""
    return one(Campaign, actor, uid, campaigns(actor))


def referrals(actor: Actor) -> QuerySet[Referral]:
    """Return the referrals with their visits."""
    rows: QuerySet[Referral] = Referral.objects.visible_to(actor)
    return rows.select_related(
        "employer", "clinic", "roll_entry__campaign", "exam", "exam__campaign", "person"
    )


def referral_of(actor: Actor, uid: UUID) -> Referral:
    """Return one referral with what it prescribes; a stranger gets 404."""
    return one(Referral, actor, uid, referrals(actor).select_related("employment", "programme"))


def exams(actor: Actor) -> QuerySet[Exam]:
    """Return the visits with what stands in their referrals."""
    rows: QuerySet[Exam] = Exam.objects.visible_to(actor)
    return rows.select_related("referral", "employer", "clinic", "campaign", "person")


def exam_of(actor: Actor, uid: UUID) -> Exam:
    """Return one visit; a stranger gets 404."""
    return one(Exam, actor, uid, exams(actor).select_related("programme"))


def exam_referred(actor: Actor, referral: UUID) -> Exam:
    """Return the visit of a referral, as its QR code names it."""
    row: Exam | None = exams(actor).filter(referral__uid=referral).first()
    if row is None:
        raise NotFound(ABSENT)
    return row


def diagnoses_of(actor: Actor, exam: Exam) -> QuerySet[Diagnosis]:
    """Return the diagnoses of a visit that stand."""
    rows: QuerySet[Diagnosis] = Diagnosis.objects.visible_to(actor).filter(exam=exam)
    standing = rows.filter(replaced_by__isnull=True, withdrawn_reason="")
    return standing.select_related("line").order_by("pk")


def conclusions(actor: Actor) -> QuerySet[Conclusion]:
    """Return the conclusions, all versions."""
    rows: QuerySet[Conclusion] = Conclusion.objects.visible_to(actor)
    return rows.select_related("exam", "exam__referral", "employer", "clinic")


def acts(actor: Actor) -> QuerySet[FinalAct]:
    """Return the versions of final acts."""
    rows: QuerySet[FinalAct] = FinalAct.objects.visible_to(actor)
    return rows.select_related("campaign", "employer", "clinic", "chair")


def one(model: type[M], actor: Actor, uid: UUID, rows: QuerySet[Any]) -> M:
    """Return the row with what it points to; the refusal is that of every address."""
    find(model, actor, uid)
    row: M = rows.get(uid=uid)
    return row
