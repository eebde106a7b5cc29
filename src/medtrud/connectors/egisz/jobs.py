"""Conclusions become documents, signed documents leave, lost answers are asked for."""

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from medtrud.domains.documents.types import DocumentSigned
from medtrud.domains.exams.types.events import ConclusionGiven
from medtrud.engines.background.public import every, on, on_many
from medtrud.engines.journal.public import titles_declare
from medtrud.engines.messages.public import site_address
from medtrud.engines.store.public import now

from .actions import (
    sending_record,
    submission_build,
    submission_queue,
    submission_ready,
    submissions_retry,
)
from .drivers import soap, wire
from .drivers.places import schemas_folder
from .models import Exchange, Submission
from .queries import AGENT, books_now, exchange_on, facts_of, registration_of, submission_locked
from .rules import semd_check, semd_xml
from .types.exchange import Envelope, Heard, Registration, SemdDue, SendDue, SubmissionState

OFF = Heard(None, 0, error="Обмен с реестром выключен. Включите его на странице настройки и повторите.")
BACK = "/egisz/callback/{}/"


@on_many(ConclusionGiven)
def conclusion_queued(events: list[ConclusionGiven]) -> None:
    """Queue conclusions whose clinic has the exchange on."""
    for event in events:
        submission_queue(AGENT, conclusion=event.conclusion)


@on(SemdDue)
def document_written(event: SemdDue) -> None:
    """Write a document and check it; what is missing or wrong is kept for people to mend."""
    row = submission_locked(uid=event.submission)
    if row is None or row.state != SubmissionState.WAITING:
        return
    build = partial(submission_build, AGENT, submission=row.uid)
    facts, lacks = facts_of(
        row.conclusion, exchange_on(row.organization_id), number=str(row.uid), at=row.created_at
    )
    if facts is None:
        build(lacks=lacks)
        return
    content = semd_xml(facts)
    build(lacks=[], content=content, report=semd_check(content, schemas=schemas_folder(), books=books_now()))


@on_many(DocumentSigned)
def document_signed(events: list[DocumentSigned]) -> None:
    """Send documents whose signatures are all put."""
    for event in events:
        if event.module == "egisz":
            submission_ready(AGENT, document=event.document)


@on(SendDue)
def document_sent(event: SendDue) -> None:
    """Send a document over the wire."""
    document_exchange(event.submission, wire.post)


def document_exchange(submission: uuid.UUID, post: Callable[[Envelope], Heard]) -> None:
    """Send a document, or ask for one whose answer was lost; how it ended is written whatever it was."""
    row = submission_locked(uid=submission)
    if row is None or row.state not in {SubmissionState.READY, SubmissionState.SENT}:
        return
    at, exchange = now(), exchange_on(row.organization_id)
    heard, envelope = OFF, Envelope("", soap.REGISTER, uuid.uuid4(), b"")
    if exchange is not None:
        envelope = _envelope(row, exchange, at)
        heard = post(envelope)
    reply = soap.reply_read(heard.body) if not heard.error else None
    sending_record(AGENT, submission=row.uid, envelope=envelope, heard=heard, reply=reply, at=at)


@every("* * * * *")
def documents_retried(at: datetime) -> None:
    """Make the tries whose pause is over."""
    submissions_retry(AGENT, at=at)


def _envelope(row: Submission, exchange: Exchange, at: datetime) -> Envelope:
    told: Registration = registration_of(row, exchange)
    facts = {"system": exchange.system, "back": f"{site_address()}{BACK.format(exchange.token)}"}
    message = uuid.uuid4()
    if row.state == SubmissionState.SENT:
        since, until = (row.created_at - timedelta(days=1)).isoformat(), at.isoformat()
        body = soap.search_message(told, message=message, **facts, since=since, until=until)
        return Envelope(exchange.address, soap.SEARCH, message, body)
    message = uuid.uuid4()
    return Envelope(
        exchange.address, soap.REGISTER, message, soap.register_message(told, message=message, **facts)
    )


titles_declare(
    {
        "egisz.answer_take": "Получен ответ реестра медицинских документов",
        "egisz.exchange_set": "Изменена настройка обмена с реестром",
        "egisz.file_give": "Файл выдан реестру",
        "egisz.post_code_set": "Задан код должности для реестра",
        "egisz.sending_record": "Записан итог отправки в реестр",
        "egisz.submissions_add": "Прежние заключения поставлены в очередь реестра",
        "egisz.submission_build": "Составлен СЭМД заключения",
        "egisz.submission_pack": "Выгружен СЭМД с подписями",
        "egisz.submission_queue": "Заключение в очереди реестра",
        "egisz.submission_ready": "СЭМД подписан",
        "egisz.submission_repeat": "Повторена отправка в реестр",
        "egisz.submissions_retry": "Повторены отправки в реестр по расписанию",
    }
)
