"""The register of substances, declared to the import wizard; what its actions are called."""

from medtrud.engines.exchange.public import target_declare
from medtrud.engines.exchange.types import Target
from medtrud.engines.journal.public import titles_declare

from ..actions import chemicals_import, chemicals_undo
from ..actions.chemicals_import import COLUMNS, chemicals_check

target_declare(
    Target(
        code="chemicals",
        title="Реестр химических веществ",
        permission="hazards.chemicals_import",
        columns=COLUMNS,
        check=chemicals_check,
        commit=lambda actor, source: chemicals_import(actor, source=source),
        undo=lambda actor, taken: chemicals_undo(actor, taken=taken),
        about="Вещества с ПДК, классом опасности и обучением. Повторная загрузка пишет только изменения.",
        done_url="hazards:chemical_list",
    )
)

titles_declare(
    {
        "hazards.chemical_change": "Исправлен паспорт вещества",
        "hazards.chemical_decide": "Записано решение о веществе",
        "hazards.chemical_request": "Запрошено вещество",
        "hazards.chemical_sheet": "Приложен паспорт безопасности",
        "hazards.chemical_train": "Записано обучение работе с веществом",
        "hazards.chemical_use": "Записано, где применяется вещество",
        "hazards.chemical_use_end": "Вещество больше не применяется",
        "hazards.chemicals_import": "Загружен реестр веществ",
        "hazards.chemicals_undo": "Отменена загрузка реестра веществ",
    }
)
