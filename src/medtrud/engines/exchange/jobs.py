"""The worker's part of an import."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from medtrud.engines.background.public import job
from medtrud.engines.journal.public import titles_declare
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused

from .actions import import_work
from .actions.person import WORK

titles_declare(
    {
        "exchange.import_commit": "Загружен файл",
        "exchange.import_undo": "Отменена загрузка файла",
        "exchange.import_upload": "Получен файл для загрузки",
        "exchange.limit_set": "Изменено ограничение размера файлов",
    }
)


@contextmanager
def no_collector() -> Iterator[None]:
    """Let no garbage be looked for: a list is a million objects that all live, and none is a cycle."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@job(WORK)
def work(actor: Actor, uid: UUID) -> dict[str, Any]:
    """Check, write or take back; a file that cannot be taken is told to the person, not to support."""
    try:
        with no_collector():
            row = import_work(actor, uid=uid)
    except Refused as refusal:
        row = import_work(actor, uid=uid, refused=str(refusal))
    return {"state": row.state, "counts": row.counts, "message": row.message}


titles_declare(
    {
        "exchange.import_upload": "Загружен файл для разбора",
        "exchange.import_work": "Выполнена часть загрузки",
        "exchange.limit_reset": "Возвращён предел загрузки, с которым поставлен продукт",
    }
)
