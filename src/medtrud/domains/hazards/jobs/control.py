"""Tables of measurements, declared to the import wizard."""

from medtrud.engines.exchange.public import target_declare
from medtrud.engines.exchange.types import Target

from ..actions.protocol_list import protocols_check, protocols_import, protocols_taken_back
from ..rules.protocol_columns import PROTOCOL_COLUMNS

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
