"""Programmes of production control and tables of measurements, declared to the import wizard."""

from medtrud.engines.exchange.public import target_declare
from medtrud.engines.exchange.types import Target

from ..actions import control_lines_import, control_lines_undo
from ..actions.control_list import control_lines_check
from ..actions.protocol_list import protocols_check, protocols_import, protocols_taken_back
from ..rules.control_columns import CONTROL_COLUMNS
from ..rules.protocol_columns import PROTOCOL_COLUMNS

target_declare(
    Target(
        code="control_lines",
        title="Программа производственного контроля",
        permission="hazards.control_lines_import",
        columns=CONTROL_COLUMNS,
        check=control_lines_check,
        commit=lambda actor, source: control_lines_import(actor, source=source),
        undo=lambda actor, taken: control_lines_undo(actor, taken=taken),
        about=(
            "Строка таблицы - один фактор на одном рабочем месте: чем и как часто его измеряют. "
            "Строка с другим периодом или методикой заменяет прежнюю со своего дня; чего в файле нет, "
            "остаётся в программе."
        ),
        done_url="hazards:control_list",
    )
)
target_declare(
    Target(
        code="protocols",
        title="Протоколы измерений",
        permission="hazards.protocols_record_many",
        columns=PROTOCOL_COLUMNS,
        check=protocols_check,
        commit=protocols_import,
        undo=protocols_taken_back,
        about=(
            "Строка таблицы - одно измерение; строки с одним номером и датой составляют протокол. "
            "Уровни действуют со дня измерений, экспозиция работников пересчитывается сама."
        ),
        done_url="hazards:protocol_list",
    )
)
