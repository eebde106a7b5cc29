"""Reports of conditions: the worker's part, and what its actions are called for people."""

from typing import Any
from uuid import UUID

from medtrud.engines.background.public import job
from medtrud.engines.exchange.public import target_declare
from medtrud.engines.exchange.types import Option, Target
from medtrud.engines.journal.public import titles_declare
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused

from ..actions import sout_table_import, sout_table_undo, sout_work
from ..actions.sout_file import WORK
from ..actions.sout_table import sout_table_check
from ..rules.sout_columns import COLUMNS


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
        "hazards.sout_acquaint_many": "Записано ознакомление с картами СОУТ списком",
        "hazards.sout_card_complete": "Дополнена карта СОУТ для выгрузки",
        "hazards.sout_card_set": "Записана карта СОУТ",
        "hazards.sout_cards_set": "Записаны карты СОУТ списком",
        "hazards.sout_codes_confirm": "Подтверждены коды приказа № 29н по картам СОУТ",
        "hazards.sout_head_set": "Записаны сведения отчёта СОУТ для выгрузки",
        "hazards.sout_import": "Загружен отчёт СОУТ",
        "hazards.sout_table_import": "Загружена таблица карт СОУТ",
        "hazards.sout_table_undo": "Отменена загрузка таблицы карт СОУТ",
        "hazards.sout_take": "Начата загрузка отчёта СОУТ",
        "hazards.sout_take_back": "Отменена загрузка отчёта СОУТ на экране",
        "hazards.sout_undo": "Отменена загрузка отчёта СОУТ",
        "hazards.sout_upload": "Получен файл отчёта СОУТ",
        "hazards.sout_work": "Выполнена часть загрузки отчёта СОУТ",
    }
)

target_declare(
    Target(
        code="sout_cards",
        title="Карты СОУТ",
        permission="hazards.sout_table_import",
        columns=COLUMNS,
        check=sout_table_check,
        commit=lambda actor, source: sout_table_import(actor, source=source),
        undo=lambda actor, taken: sout_table_undo(actor, taken=taken),
        about=(
            "Таблица карт или сводная ведомость: рабочие места, классы по факторам и итог, гарантии. "
            "Прежние карты остаются в истории. Названия столбцов могут быть любыми: покажите, что есть что."
        ),
        options=(
            Option("approved_on", "Отчёт утверждён", kind="date", hint="если в таблице нет столбца с датой"),
        ),
        done_url="hazards:sout_card_list",
        elsewhere="загружает работодатель на своём рабочем месте: карты СОУТ ведёт он.",
    )
)
