"""Price lists, declared to the import wizard and to the journal."""

from medtrud.engines.exchange.public import target_declare
from medtrud.engines.exchange.types import Target
from medtrud.engines.journal.public import titles_declare

from ..actions.prices import prices_import, prices_undo
from ..queries.prices_file import COLUMNS, prices_read

target_declare(
    Target(
        code="prices",
        title="Прейскурант услуг",
        permission="exams.prices_import",
        columns=COLUMNS,
        check=lambda actor, source: prices_read(actor, source).outcome,
        commit=lambda actor, source: prices_import(actor, source=source),
        undo=lambda actor, taken: prices_undo(actor, taken=taken),
        about="Цены врачей и исследований: общие или по договору. Прежние остаются в истории.",
        done_url="exams:price_list",
    )
)
titles_declare(
    {
        "exams.price_end": "Завершена цена услуги",
        "exams.price_set": "Задана цена услуги",
        "exams.prices_import": "Загружен прейскурант",
        "exams.prices_undo": "Отменена загрузка прейскуранта",
        "exams.services_file": "Составлен бухгалтерский документ по осмотрам",
    }
)
