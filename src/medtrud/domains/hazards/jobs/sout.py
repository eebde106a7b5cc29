"""Reports of conditions: the worker's part, and what its actions are called for people."""

from typing import Any
from uuid import UUID

from medtrud.engines.background.public import job
from medtrud.engines.journal.public import titles_declare
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused

from ..actions import sout_work
from ..actions.sout_file import WORK


@job(WORK, whole=True)
def work(actor: Actor, uid: UUID) -> dict[str, Any]:
    """Check a file or take it in; a file that cannot be taken is told to the person, not to support."""
    try:
        row = sout_work(actor, uid=uid)
    except Refused as refusal:
        row = sout_work(actor, uid=uid, refused=str(refusal))
    return {"state": row.state, "counts": row.counts, "message": row.message}


titles_declare(
    {
        "hazards.sout_acquaint": "Записано ознакомление с картой СОУТ",
        "hazards.sout_card_set": "Записана карта СОУТ",
        "hazards.sout_cards_set": "Записаны карты СОУТ списком",
        "hazards.sout_codes_confirm": "Подтверждены коды приказа № 29н по картам СОУТ",
        "hazards.sout_import": "Загружен отчёт СОУТ",
        "hazards.sout_take": "Начата загрузка отчёта СОУТ",
        "hazards.sout_take_back": "Отменена загрузка отчёта СОУТ на экране",
        "hazards.sout_undo": "Отменена загрузка отчёта СОУТ",
        "hazards.sout_upload": "Получен файл отчёта СОУТ",
        "hazards.sout_work": "Выполнена часть загрузки отчёта СОУТ",
    }
)
