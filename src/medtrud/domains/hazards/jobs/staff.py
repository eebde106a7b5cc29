"""The staff list, declared to the import wizard."""

from medtrud.domains.absences.public import cut_declare
from medtrud.domains.absences.types import Cut
from medtrud.domains.record.public import facts_declare, lanes_declare, life_lanes_declare, loads_declare
from medtrud.engines.exchange.public import target_declare
from medtrud.engines.exchange.types import Option, Target
from medtrud.engines.journal.public import titles_declare

from ..actions import staff_import, staff_undo
from ..actions.staff import staff_check
from ..queries import class_groups, class_today, factor_groups, lanes_of, loads_drawn, past_lanes
from ..rules import COLUMNS

MISSING = (("report", "только назвать"), ("close", "уволить с этой даты"))

target_declare(
    Target(
        code="staff",
        title="Список работников",
        permission="hazards.staff_import",
        columns=COLUMNS,
        check=staff_check,
        commit=lambda actor, source: staff_import(actor, source=source),
        undo=lambda actor, taken: staff_undo(actor, taken=taken),
        about=(
            "Из таблицы создаются люди, подразделения, должности, рабочие места и вредные факторы. "
            "Повторная загрузка записывает только изменения."
        ),
        options=(
            Option("on", "Данные действуют с", kind="date", hint="пусто - с сегодняшнего дня"),
            Option(
                "missing", "Кого нет в списке", choices=lambda actor: MISSING, default="report",
                hint="работники, которые числятся, но в файле их нет",
            ),
        ),
        done_url="hazards:workplace_list",
        elsewhere=(
            "загружает работодатель на своём рабочем месте, потому что отвечает за сведения о штате и "
            "факторах. Клиника видит его поименный список, когда работодатель утвердит кампанию."
        ),
    )
)  # fmt: skip

lanes_declare(lanes_of)
life_lanes_declare(past_lanes)
facts_declare(class_today)
loads_declare(loads_drawn)
cut_declare(
    Cut("factor", "Вредные факторы", factor_groups, apart=False),
    Cut("class", "Классы условий труда", class_groups, apart=False),
)

titles_declare(
    {
        "hazards.class_set": "Записан класс условий труда",
        "hazards.factor_end": "Снят фактор рабочего места",
        "hazards.factor_set": "Записан фактор рабочего места",
        "hazards.factors_set": "Записаны факторы рабочего места",
        "hazards.factors_set_many": "Записаны факторы рабочих мест списком",
        "hazards.factors_undo": "Отменена загрузка факторов",
        "hazards.harmful_periods_add_many": "Внесён прежний вредный стаж",
        "hazards.staff_import": "Загружен список работников с факторами",
        "hazards.staff_undo": "Отменена загрузка списка работников",
    }
)
