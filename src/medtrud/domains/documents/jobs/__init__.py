"""What the journal, the inbox and the timeline of openings call the actions of this module."""

import datetime as dt
from dataclasses import astuple
from typing import Any
from uuid import UUID

from medtrud.engines.background.public import (
    every,
    job,
    on,
    output_add,
    output_end,
    position,
    position_save,
    progress,
)
from medtrud.engines.journal.public import titles_declare
from medtrud.engines.messages.public import kind_declare
from medtrud.engines.messages.types import Kind
from medtrud.engines.store.public import together
from medtrud.kernel.actor import Actor

from ..actions import acquaintance_remind, document_index, documents_copy, reminders_send, substitutions_begin
from ..drivers.bundle import Entry, contents_write, entry_write
from ..types.copies import CopyMade
from ..types.events import VersionKept
from . import accounting, archive

__all__ = ["accounting", "archive"]
COPIES = "documents.copies_make"
PORTION = 10  # copies between two marks of progress
JOB = Actor.job("утро канцелярии")

for kind in (
    Kind("documents.acquaint", "Ознакомьтесь с документом", "Откройте раздел «Ознакомление»."),
    Kind("documents.due", "Подходит срок по документам", "Откройте разделы «На рассмотрении» и «Поручения»."),
    Kind("documents.late", "Просрочены документы", "Откройте разделы «На рассмотрении» и «Поручения»."),
    Kind("documents.passage", "Документ прошёл маршрут", "Откройте документ, чтобы прочесть ответы."),
    Kind("documents.refused", "Отказано в подписи", "Исправьте документ и отправьте на подпись снова."),
    Kind("documents.sign", "Документ ждёт вашей подписи", "Откройте раздел «На подписи»."),
    Kind("documents.step", "Документ ждёт вас", "Откройте раздел «На рассмотрении»."),
    Kind("documents.task", "Поручение по документу", "Откройте документ, чтобы прочесть поручение."),
):
    kind_declare(kind)

titles_declare(
    {
        "documents.acquaintance_open": "Начато ознакомление с документом",
        "documents.acquaintance_paper": "Отмечено ознакомление на бумаге",
        "documents.acquaintance_read": "Открыт документ для ознакомления",
        "documents.acquaintance_remind": "Разосланы напоминания об ознакомлении",
        "documents.acquaintance_sign": "Подписано ознакомление с документом",
        "documents.acquaintance_sign_own": "Подписано ознакомление квалифицированной подписью",
        "documents.document_annul": "Аннулирован документ",
        "documents.document_copy": "Изготовлена копия документа",
        "documents.documents_copy": "Изготовлены копии документов списком",
        "documents.document_create": "Заведён документ",
        "documents.document_open": "Открыт документ",
        "documents.document_register": "Зарегистрирован документ",
        "documents.document_release": "Передан документ",
        "documents.paper_copy_ask": "Запрошена бумажная копия документа",
        "documents.paper_copy_issue": "Выдана бумажная копия документа",
        "documents.paper_copy_refuse": "Отказано в бумажной копии документа",
        "documents.papers_file": "Напечатанное внесено в документы",
        "documents.passage_start": "Документ отправлен по маршруту",
        "documents.passage_stop": "Документ снят с маршрута",
        "documents.reminders_send": "Разосланы напоминания по документам",
        "documents.request_refuse": "Отказано в подписи",
        "documents.request_sign": "Подписан документ",
        "documents.request_sign_own": "Приложена подпись к документу",
        "documents.requests_sign": "Подписаны документы списком",
        "documents.route_end": "Прекращён маршрут",
        "documents.route_open": "Заведён маршрут",
        "documents.route_start": "Маршрут введён в действие",
        "documents.route_step_add": "Добавлен шаг маршрута",
        "documents.route_step_remove": "Убран шаг маршрута",
        "documents.scheme_set": "Задана схема номеров",
        "documents.seal_put": "Поставлена печать организации",
        "documents.signature_request": "Документ отправлен на подпись",
        "documents.step_decide": "Дан ответ по документу",
        "documents.substitution_end": "Прекращено замещение",
        "documents.substitution_set": "Назначено замещение",
        "documents.substitutions_begin": "Документы переданы замещающим",
        "documents.task_close": "Исполнено поручение",
        "documents.task_give": "Дано поручение",
        "documents.version_add": "Добавлена версия документа",
    }
)


@every("07:30")
def morning(due: dt.datetime) -> None:
    """Hand over to substitutes, then remind."""
    substitutions_begin(JOB, on=due.date())
    reminders_send(JOB, on=due.date())
    acquaintance_remind(JOB, on=due.date())


@on(VersionKept)
def words_read(event: VersionKept) -> None:
    """Read the words of what was entered."""
    document_index(Actor.job("слова документов для поиска"), document=event.document)


@job(COPIES)
def copies_made(actor: Actor, documents: list[UUID]) -> dict[str, Any]:
    """Make the copies of documents into one archive; interrupted, it goes on from its last portion."""
    place: dict[str, Any] = {"next": 0, "size": 0, "files": []} | position()
    while place["next"] < len(documents):
        progress(place["next"], len(documents), "Изготавливаем копии")
        with together():
            chosen = documents[place["next"] : place["next"] + PORTION]
            place = _bundled(place, documents_copy(actor, documents=chosen))
            place["next"] += len(chosen)
            position_save(place)
    with together():
        entries = [Entry(*each) for each in place["files"]]
        output_add(contents_write(entries, place["size"]))
        made = output_end("Копии документов.zip", "application/zip")
    progress(len(documents), len(documents))
    return {"text": f"Копий в архиве: {len(entries)}."} | made


def _bundled(place: dict[str, Any], copies: list[CopyMade]) -> dict[str, Any]:
    size, files = place["size"], list(place["files"])
    pieces: list[bytes] = []
    for copy in copies:
        name = f"{len(files) + 1:04} {copy.name}.pdf"
        entry, written = entry_write(name, copy.content, size)
        size += len(written)
        pieces.append(written)
        files.append(list(astuple(entry)))
    if pieces:
        output_add(b"".join(pieces))
    return place | {"size": size, "files": files}
