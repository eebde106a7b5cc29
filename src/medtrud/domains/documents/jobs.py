"""What the journal, the inbox and the timeline of openings call the actions of this module."""

import datetime as dt

from medtrud.engines.background.public import every, on
from medtrud.engines.journal.public import titles_declare
from medtrud.engines.messages.public import kind_declare
from medtrud.engines.messages.types import Kind
from medtrud.kernel.actor import Actor

from .actions import document_index, reminders_send, substitutions_begin
from .types.events import VersionKept

JOB = Actor.job("the morning of the office")

for kind in (
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
        "documents.document_annul": "Аннулирован документ",
        "documents.document_copy": "Изготовлена копия документа",
        "documents.document_create": "Заведён документ",
        "documents.document_open": "Открыт документ",
        "documents.document_register": "Зарегистрирован документ",
        "documents.document_release": "Передан документ",
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
    """Hand over to substitutes, then remind the late."""
    substitutions_begin(JOB, on=due.date())
    reminders_send(JOB, on=due.date())


@on(VersionKept)
def words_read(event: VersionKept) -> None:
    """Read the words of what was entered."""
    document_index(Actor.job("the words of documents"), document=event.document)
