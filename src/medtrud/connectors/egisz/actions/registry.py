"""What is exchanged with the registry: sendings with their answers, its own calls, lost answers."""

import datetime as dt
import hashlib
from dataclasses import asdict
from uuid import UUID

from django.utils.dateparse import parse_datetime

from medtrud.engines.background.public import publish
from medtrud.engines.journal.public import record
from medtrud.engines.store.public import action, now
from medtrud.kernel.actor import Actor

from ..drivers.soap import FILE, REGISTER, RESULT, SEARCH
from ..models import Exchange, Message, Submission
from ..queries.exchange import submission_locked, submissions_due
from ..queries.parcels import file_of
from ..types.exchange import PAUSES, SILENCE, Envelope, Fault, Heard, Reply, SendDue, SubmissionState

LONGEST = 300
UNSAID = Fault("", "Реестр отклонил документ без объяснений.")
ANSWERABLE = (SubmissionState.SENT, SubmissionState.READY, SubmissionState.PARKED)


@action
def sending_record(
    actor: Actor, *, submission: UUID, envelope: Envelope, heard: Heard, reply: Reply | None, at: dt.datetime
) -> Submission | None:
    """Write how a sending ended and what follows. Not journaled: the message is the trace."""
    row = submission_locked(uid=submission)
    if row is None:
        return None
    faults = _faults(heard, reply)
    _message(row, envelope, heard, faults, at)
    row.changed_at = at
    if envelope.operation == SEARCH:
        _searched(row, reply, at)
    else:
        row.message, row.tries = envelope.message, row.tries + 1
        _sent(row, reply, faults, at)
    row.save()
    return row


def _sent(row: Submission, reply: Reply | None, faults: list[Fault], at: dt.datetime) -> None:
    if reply is not None and reply.ok:
        row.state, row.next_at, row.tries = SubmissionState.SENT, at + SILENCE, 0
    elif reply is not None and reply.faults:
        row.state, row.next_at = SubmissionState.REFUSED, None
        row.faults = [asdict(fault) for fault in faults]
    elif row.tries > len(PAUSES):
        row.state, row.next_at = SubmissionState.PARKED, None
        row.faults = [asdict(fault) for fault in faults]
    else:
        row.next_at = at + PAUSES[row.tries - 1]


def _searched(row: Submission, reply: Reply | None, at: dt.datetime) -> None:
    """An answer was lost: what the registry already has is registered, anything else is sent again."""
    row.next_at = at + SILENCE
    if reply is None or not reply.ok or row.state != SubmissionState.SENT:
        return
    match = next((each for each in reply.found if each[0] == str(row.uid)), None)
    if match:
        _registered(row, match[1], match[2], at)
    else:
        row.state, row.next_at = SubmissionState.READY, None
        publish(SendDue(row.uid))


@action
def answer_take(actor: Actor, *, exchange: Exchange, content: bytes, reply: Reply) -> str:
    """Take what the registry tells of a document; the same answer twice changes nothing."""
    row = submission_locked(uid=_uid(reply.local_uid), organization=exchange.organization_id)
    known = row is not None and reply.relates_to in {str(row.message), ""}
    faults = list(reply.faults)
    _taken(exchange, row, RESULT, reply.relates_to, content, ok=known and reply.ok, faults=faults)
    if row is None or not known:
        return "Документа с таким localUid и сообщением нет."
    if row.state not in ANSWERABLE:
        return ""
    at = row.changed_at = now()
    if reply.ok:
        _registered(row, reply.number, reply.registered_at, at)
    else:
        row.state, row.next_at = SubmissionState.REFUSED, None
        row.faults = [
            asdict(fault) for fault in faults or [Fault("", "Реестр отклонил документ без объяснений.")]
        ]
    row.save()
    record(actor, "egisz.answer_take", row, state=row.state, number=row.registry_number)
    return ""


@action
def file_give(
    actor: Actor, *, exchange: Exchange, content: bytes, local_uid: str, message: str
) -> bytes | None:
    """Give the registry the file of a document it was told of. Not journaled: the documents note it."""
    row = submission_locked(uid=_uid(local_uid), organization=exchange.organization_id)
    told = row is not None and row.document is not None and row.message is not None
    _taken(exchange, row, FILE, message, content, ok=told, faults=[])
    return file_of(actor, row) if row is not None and told else None


@action
def submissions_retry(actor: Actor, *, at: dt.datetime) -> int:
    """Put what waited for its next try on its way again. Not journaled: the messages are the trace."""
    due = list(submissions_due(at))
    for row in due:
        row.next_at = None
        row.save(update_fields=["next_at"])
    publish(*(SendDue(row.uid) for row in due))
    return len(due)


def _registered(row: Submission, number: str, moment: str, at: dt.datetime) -> None:
    try:
        when = parse_datetime(moment)
    except ValueError:
        when = None
    row.state, row.next_at, row.faults = SubmissionState.REGISTERED, None, []
    row.registry_number = number[:60]
    row.registered_at = when if when is not None and when.tzinfo is not None else at


def _faults(heard: Heard, reply: Reply | None) -> list[Fault]:
    if heard.error:
        return [Fault("", heard.error)]
    if reply is None:
        return [Fault("", "Ответ реестра не читается как сообщение обмена.")]
    return list(reply.faults)


def _message(row: Submission, envelope: Envelope, heard: Heard, faults: list[Fault], at: dt.datetime) -> None:
    Message(
        submission=row, organization_id=row.organization_id, at=at, outgoing=True,
        operation=envelope.operation, message=str(envelope.message), status=heard.status,
        took_ms=heard.took_ms,
        sha256=hashlib.sha256(envelope.body).hexdigest(), size=len(envelope.body), ok=not faults,
        answer=[_cut(fault) for fault in faults],
    ).save()  # fmt: skip


def _taken(
    exchange: Exchange,
    row: Submission | None,
    operation: str,
    message: str,
    content: bytes,
    *,
    ok: bool,
    faults: list[Fault],
) -> None:
    Message(
        submission=row, organization_id=exchange.organization_id, at=now(), outgoing=False,
        operation=operation,
        message=message[:80], sha256=hashlib.sha256(content).hexdigest(), size=len(content), ok=ok,
        answer=[_cut(fault) for fault in faults],
    ).save()  # fmt: skip


def _cut(fault: Fault) -> dict[str, str]:
    return {"code": fault.code[:LONGEST], "text": fault.text[:LONGEST]}


def _uid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


OPERATIONS = {
    REGISTER: "Регистрация документа",
    SEARCH: "Поиск в реестре",
    FILE: "Запрос файла",
    RESULT: "Итог регистрации",
}
