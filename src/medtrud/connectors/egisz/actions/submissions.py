"""The way of a document inside the house: queued, written, signed, repeated, replaced by a new version."""

import datetime as dt
import hashlib
import io
from collections.abc import Sequence
from dataclasses import asdict
from uuid import UUID

from django.db.models import Exists, OuterRef

from medtrud.domains.documents.public import (
    document_about,
    document_create,
    signature_request,
    version_add,
    versions_of,
)
from medtrud.domains.documents.types import Content, DocumentIn
from medtrud.domains.exams.public import Conclusion
from medtrud.engines.background.public import publish
from medtrud.engines.journal.public import record
from medtrud.engines.store.public import action, find, keep, now
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused

from ..models import Submission
from ..queries.exchange import WHY, exchange_on, submission_locked, submission_of
from ..queries.parcels import package_of, signatures_put
from ..types.exchange import AGAIN, DOCUMENT, OPEN, SemdDue, SendDue, SubmissionState
from ..types.findings import Lack, Report

MOST = 5000  # conclusions queued at once
SIGNATURES = 2  # of the chairman and of the organisation
NO_SIGNER = Lack(
    "учётная запись председателя комиссии: без неё документ некому подписать",
    "Организация, «Сотрудники», карточка председателя",
)


@action
def submission_queue(actor: Actor, *, conclusion: UUID) -> Submission | None:
    """Queue a conclusion when its clinic has the exchange on. Not journaled: the row is the trace."""
    row = find(Conclusion, actor, conclusion)
    return _queued(row) if exchange_on(row.clinic_id) else None


@action
def submissions_add(actor: Actor, *, since: dt.date) -> int:
    """Queue the conclusions given since a day, from before the exchange was on; say how many."""
    if actor.organization is None or exchange_on(actor.organization) is None:
        raise Refused("Обмен с реестром выключен. Включите его на странице настройки.")
    rows = Conclusion.objects.visible_to(actor).filter(
        clinic=actor.organization, current=True, issued_on__gte=since
    )
    known = Submission.objects.visible_to(actor).filter(conclusion=OuterRef("pk"))
    found = list(rows.exclude(Exists(known)).select_related("exam").order_by("pk")[:MOST])
    for row in found:
        _queued(row)
    record(actor, "egisz.submissions_add", None, since=since, count=len(found))
    return len(found)


def _queued(row: Conclusion) -> Submission:
    """Put a conclusion into the queue; the versions of it that have not arrived are replaced."""
    at = now()
    known: Submission | None = Submission.objects.unscoped(WHY).filter(conclusion=row).first()
    if known is not None:
        return known
    earlier = Submission.objects.unscoped(WHY).filter(exam=row.exam.uid, state__in=OPEN)
    earlier.update(state=SubmissionState.REPLACED, next_at=None, changed_at=at)
    made = Submission(
        organization_id=row.clinic_id, conclusion=row, person_id=row.person_id, exam=row.exam.uid,
        number=str(row), version=row.version, created_at=at, changed_at=at,
    )  # fmt: skip
    keep(made)
    publish(SemdDue(made.uid))
    return made


@action
def submission_build(
    actor: Actor,
    *,
    submission: UUID,
    lacks: Sequence[Lack],
    content: bytes = b"",
    report: Report | None = None,
) -> Submission | None:
    """Keep a written document and ask for its signatures, or say what is missing or wrong."""
    row = submission_locked(uid=submission)
    if row is None or row.state != SubmissionState.WAITING:
        return row
    chair = row.conclusion.chair
    missing = [*lacks, *([NO_SIGNER] if chair.account_id is None else [])]
    row.lacks, row.report = [asdict(lack) for lack in missing], report.as_json() if report else {}
    if missing or report is None:
        row.state = SubmissionState.LACKING
    elif report.errors:
        row.state = SubmissionState.INVALID
    else:
        _signed_or_asked(actor, row, content)
    _kept(row)
    record(actor, "egisz.submission_build", row, state=row.state)
    return row


def _signed_or_asked(actor: Actor, row: Submission, content: bytes) -> None:
    """Ask for the signatures of a new file; the same bytes keep those they have and are sent again."""
    sha256 = hashlib.sha256(content).hexdigest()
    if row.document is None or row.sha256 != sha256:
        _document(actor, row, content)
    row.sha256, row.state = sha256, SubmissionState.SIGNING
    if len(signatures_put(row)) == SIGNATURES:
        row.state = SubmissionState.READY
        publish(SendDue(row.uid))


def _document(actor: Actor, row: Submission, content: bytes) -> None:
    """Enter the file among the documents of the house: a version of the one document of the visit."""
    file = Content(io.BytesIO(content), f"{row.uid}.xml")
    known = document_about(actor, about=row.exam, kind=DOCUMENT)
    if known is None:
        known = document_create(
            actor,
            document=DocumentIn(
                kind=DOCUMENT, title=f"СЭМД: заключение {row.number}", on=row.conclusion.issued_on,
                person=row.person_id, about=row.exam, module="egisz", organization=row.organization_id,
            ),
            content=file,
        )  # fmt: skip
    else:
        version_add(actor, document=known.uid, content=file, reason=f"Версия {row.version} для реестра")
    row.document = known.uid
    row.document_version = versions_of(actor, known)[0].number
    signature_request(actor, document=known.uid, signers=[row.conclusion.chair.account_id or 0])


@action
def submission_ready(actor: Actor, *, document: UUID) -> Submission | None:
    """Send a document whose last signature has been put. Not journaled: the signatures are the trace."""
    row = submission_locked(document=document, state=SubmissionState.SIGNING)
    if row is None:
        return None
    row.state, row.tries, row.next_at = SubmissionState.READY, 0, None
    _kept(row)
    publish(SendDue(row.uid))
    return row


@action
def submission_repeat(actor: Actor, *, submission: UUID) -> Submission:
    """Do again what has stopped: an undelivered document is sent, any other is written anew."""
    found = submission_of(actor, submission)
    row = submission_locked(pk=found.pk) or found
    if row.state not in AGAIN:
        raise Refused(f"Документ {SubmissionState(row.state).title_ru}: повторять нечего. Обновите страницу.")
    if exchange_on(row.organization_id) is None:
        raise Refused("Обмен с реестром выключен. Включите его на странице настройки.")
    send = row.state == SubmissionState.PARKED
    row.state = SubmissionState.READY if send else SubmissionState.WAITING
    row.tries, row.next_at, row.faults = 0, None, []
    _kept(row)
    publish(SendDue(row.uid) if send else SemdDue(row.uid))
    record(actor, "egisz.submission_repeat", row, send=send)
    return row


@action
def submission_pack(actor: Actor, *, submission: UUID) -> tuple[Submission, bytes]:
    """Take a document out with its signatures and certificates."""
    row = submission_of(actor, submission)
    packed = package_of(actor, row)
    record(actor, "egisz.submission_pack", row, person=row.person_id)
    return row, packed


def _kept(row: Submission) -> None:
    row.changed_at = now()
    row.save()
