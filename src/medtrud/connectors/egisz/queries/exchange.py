"""Settings, the queue and the journal."""

import datetime as dt
import hmac
from uuid import UUID

from django.db.models import QuerySet

from medtrud.domains.exams.public import Conclusion
from medtrud.engines.store.public import find
from medtrud.kernel.actor import Actor

from ..models import Exchange, Message, PostCode, Submission
from ..types.exchange import SubmissionState

AGENT = Actor.job("обмен с реестром медицинских документов")
WHY = "the exchange serves every clinic that switched it on"


def exchange_of(actor: Actor) -> Exchange | None:
    """Return the settings of the clinic of the seat."""
    row: Exchange | None = Exchange.objects.visible_to(actor).filter(organization=actor.organization).first()
    return row


def exchange_known(actor: Actor) -> bool:
    """Tell whether any clinic the actor sees has settings."""
    return Exchange.objects.visible_to(actor).exists()


def conclusions_given(actor: Actor) -> QuerySet[Conclusion]:
    """Return the current conclusions, the latest first."""
    rows: QuerySet[Conclusion] = Conclusion.objects.visible_to(actor).filter(current=True)
    return rows.select_related("chair__account", "chair__person", "exam").order_by("-issued_on", "-pk")


def exchange_on(clinic: int) -> Exchange | None:
    """Return the settings of a clinic that has switched the exchange on."""
    row: Exchange | None = Exchange.objects.unscoped(WHY).filter(organization=clinic, on=True).first()
    return row


def exchange_by_token(token: str) -> Exchange | None:
    """Return the settings whose back address was called."""
    rows: QuerySet[Exchange] = Exchange.objects.unscoped(WHY)
    return next((row for row in rows if hmac.compare_digest(row.token.encode(), token.encode())), None)


def post_codes(clinic: int) -> dict[str, str]:
    """Return the codes of positions a clinic has chosen itself."""
    rows = PostCode.objects.unscoped(WHY).filter(organization=clinic)
    return dict(rows.values_list("position", "code"))


def submissions(actor: Actor) -> QuerySet[Submission]:
    """Return the documents of the clinic, the newest first."""
    rows: QuerySet[Submission] = Submission.objects.visible_to(actor)
    return rows.order_by("-pk")


def submission_of(actor: Actor, uid: UUID) -> Submission:
    """Return one document; a stranger gets 404."""
    return find(Submission, actor, uid)


def messages(actor: Actor) -> QuerySet[Message]:
    """Return the exchange journal, the newest first."""
    rows: QuerySet[Message] = Message.objects.visible_to(actor)
    return rows.select_related("submission").order_by("-pk")


def submission_locked(**which: object) -> Submission | None:
    """Return a document nobody else works on now."""
    rows = Submission.objects.unscoped(WHY).select_for_update(of=("self",))
    row: Submission | None = rows.filter(**which).order_by("-pk").first()
    return row


def submissions_due(at: dt.datetime) -> QuerySet[Submission]:
    """Return the documents whose pause is over."""
    rows: QuerySet[Submission] = Submission.objects.unscoped(WHY)
    due = rows.filter(state__in=[SubmissionState.READY, SubmissionState.SENT], next_at__lte=at)
    return due.select_for_update(skip_locked=True).order_by("pk")
