"""Lists declared to the import wizard; what the journal calls the actions of this module."""

from medtrud.domains.record.public import life_lanes_declare
from medtrud.engines.exchange.public import target_declare
from medtrud.engines.exchange.types import Target
from medtrud.engines.journal.public import titles_declare

from .actions import (
    incidents_import,
    incidents_import_undo,
    measures_import,
    measures_import_undo,
    nutrition_import,
    nutrition_import_undo,
    ppe_issues_import,
    ppe_issues_import_undo,
    ppe_items_import,
    ppe_items_import_undo,
    ppe_norms_import,
    ppe_norms_import_undo,
)
from .actions.taking import incidents_check, measures_check
from .actions.taking_lists import nutrition_check, ppe_items_check
from .actions.taking_ppe import ppe_issues_check, ppe_norms_check
from .queries.life import issues_drawn
from .rules.sheet import INCIDENTS, MEASURES
from .rules.sheet_ppe import CATALOGUE, ISSUES, NORMS, NUTRITION

life_lanes_declare(issues_drawn)
target_declare(
    Target(
        code="measures",
        title="План мероприятий по условиям труда",
        permission="safety.measures_import",
        columns=MEASURES,
        check=measures_check,
        commit=lambda actor, source: measures_import(actor, source=source),
        undo=lambda actor, taken: measures_import_undo(actor, taken=taken),
        about="План мероприятий из таблицы: что, где, кто и к какому сроку. Повторная загрузка ничего "
        "не удваивает.",
        done_url="safety:measure_list",
    )
)
target_declare(
    Target(
        code="incidents",
        title="Журнал происшествий и микротравм",
        permission="safety.incidents_import",
        columns=INCIDENTS,
        check=incidents_check,
        commit=lambda actor, source: incidents_import(actor, source=source),
        undo=lambda actor, taken: incidents_import_undo(actor, taken=taken),
        about="Журнал микротравм, опасных ситуаций и несчастных случаев из таблицы; номера даёт программа.",
        done_url="safety:incident_list",
    )
)
target_declare(
    Target(
        code="ppe_norms",
        title="Нормы выдачи СИЗ",
        permission="safety.ppe_norms_import",
        columns=NORMS,
        check=ppe_norms_check,
        commit=lambda actor, source: ppe_norms_import(actor, source=source),
        undo=lambda actor, taken: ppe_norms_import_undo(actor, taken=taken),
        about="Нормы по рабочим местам из таблицы; СИЗ должны быть в каталоге. Прежняя норма того же СИЗ "
        "заканчивается.",
        done_url="safety:ppe_norm_list",
    )
)
target_declare(
    Target(
        code="ppe_issues",
        title="Выдача СИЗ",
        permission="safety.ppe_issues_import",
        columns=ISSUES,
        check=ppe_issues_check,
        commit=lambda actor, source: ppe_issues_import(actor, source=source),
        undo=lambda actor, taken: ppe_issues_import_undo(actor, taken=taken),
        about="Журнал или карточки выдачи из таблицы; без действующего на день выдачи сертификата строка "
        "не записывается.",
        done_url="safety:ppe_due_list",
    )
)
target_declare(
    Target(
        code="ppe_items",
        title="Каталог СИЗ",
        permission="safety.ppe_items_import",
        columns=CATALOGUE,
        check=ppe_items_check,
        commit=lambda actor, source: ppe_items_import(actor, source=source),
        undo=lambda actor, taken: ppe_items_import_undo(actor, taken=taken),
        about="Номенклатура СИЗ с сертификатами. Известному СИЗ добавляется сертификат, которого у него нет.",
        done_url="safety:ppe_item_list",
    )
)
target_declare(
    Target(
        code="nutrition_grants",
        title="Молоко и ЛПП: назначения",
        permission="safety.nutrition_import",
        columns=NUTRITION,
        check=nutrition_check,
        commit=lambda actor, source: nutrition_import(actor, source=source),
        undo=lambda actor, taken: nutrition_import_undo(actor, taken=taken),
        about="Кому что выдаётся и с какого дня. Право каждого сверяется с картой СОУТ его рабочего места.",
        done_url="safety:nutrition_list",
    )
)

titles_declare(
    {
        "safety.audit_add": "Записана проверка",
        "safety.incident_add": "Зарегистрировано происшествие",
        "safety.incident_annul": "Аннулировано происшествие",
        "safety.incident_change": "Исправлено происшествие",
        "safety.incident_close": "Закрыто происшествие",
        "safety.incidents_import": "Загружен журнал происшествий",
        "safety.incidents_import_undo": "Отменена загрузка журнала происшествий",
        "safety.investigation_open": "Начато расследование",
        "safety.leave_link": "Происшествие связано с листком",
        "safety.measure_add": "Запланировано мероприятие",
        "safety.measure_cancel": "Снято мероприятие",
        "safety.measure_change": "Исправлено мероприятие",
        "safety.measure_done": "Выполнено мероприятие",
        "safety.measure_start": "Начато мероприятие",
        "safety.measures_import": "Загружен план мероприятий",
        "safety.measures_import_undo": "Отменена загрузка плана мероприятий",
        "safety.member_add": "Дополнена комиссия расследования",
        "safety.nutrition_end": "Прекращена выдача молока или питания",
        "safety.nutrition_grant": "Назначено молоко или питание",
        "safety.nutrition_import": "Загружены назначения молока и питания",
        "safety.nutrition_import_undo": "Отменена загрузка назначений молока и питания",
        "safety.nutrition_issue": "Записана выдача за месяц",
        "safety.ppe_certificate_add": "Записан сертификат СИЗ",
        "safety.ppe_issue": "Выдано СИЗ",
        "safety.ppe_issues_import": "Загружена выдача СИЗ",
        "safety.ppe_issues_import_undo": "Отменена загрузка выдачи СИЗ",
        "safety.ppe_item_add": "Заведено СИЗ",
        "safety.ppe_item_close": "СИЗ выведено из применения",
        "safety.ppe_items_import": "Загружен каталог СИЗ",
        "safety.ppe_items_import_undo": "Отменена загрузка каталога СИЗ",
        "safety.ppe_move": "Записано движение СИЗ",
        "safety.ppe_norm_set": "Записана норма выдачи СИЗ",
        "safety.ppe_norms_import": "Загружены нормы выдачи СИЗ",
        "safety.ppe_norms_import_undo": "Отменена загрузка норм выдачи СИЗ",
        "safety.ppe_sizes_set": "Записаны размеры работника",
        "safety.reading_add": "Записан замер мероприятия",
    }
)
