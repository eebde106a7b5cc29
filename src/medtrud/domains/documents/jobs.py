"""What the journal, the inbox and the timeline of openings call the actions of this module."""

from medtrud.engines.journal.public import titles_declare
from medtrud.engines.messages.public import kind_declare
from medtrud.engines.messages.types import Kind

kind_declare(Kind("documents.task", "Поручение по документу", "Откройте документ, чтобы прочесть поручение."))

titles_declare(
    {
        "documents.document_annul": "Аннулирован документ",
        "documents.document_create": "Заведён документ",
        "documents.document_open": "Открыт документ",
        "documents.document_register": "Зарегистрирован документ",
        "documents.document_release": "Передан документ",
        "documents.scheme_set": "Задана схема номеров",
        "documents.task_close": "Исполнено поручение",
        "documents.task_give": "Дано поручение",
        "documents.version_add": "Добавлена версия документа",
    }
)
