"""What the journal and the record call things of this module."""

from django.urls import reverse

from medtrud.domains.record.public import entry_link_declare, kind_declare, lanes_declare, openings_declare
from medtrud.domains.record.types import Kind as EntryKind
from medtrud.engines.exchange.public import target_declare
from medtrud.engines.exchange.types import Target
from medtrud.engines.journal.public import titles_declare

from .actions import absences_import, absences_import_undo
from .actions.taking import absences_check
from .actions.writing import ENTRY
from .queries.lanes import lanes_of
from .rules.sheet import COLUMNS, MEDICAL

ABOUT = (
    "Больничные, отпуска и командировки из кадровой программы. Человека узнают по СНИЛС, табельному номеру "
    "или имени; повторная загрузка записывает только изменения."
)

kind_declare(EntryKind(ENTRY, "Листок нетрудоспособности", "Больничные листы", "clipboard-heart"))
openings_declare("absences.absence_open")
entry_link_declare("absences", lambda actor, entry: reverse("absences:absence", args=[entry.source]))
lanes_declare(lanes_of)

for code, title, permission, columns in (
    ("absences", "Отсутствия и больничные", "absences.absences_import", COLUMNS),
    ("sick_leaves", "Листки нетрудоспособности с диагнозами", "absences.medical_set", MEDICAL),
):
    target_declare(
        Target(
            code=code,
            title=title,
            permission=permission,
            columns=columns,
            check=absences_check,
            commit=lambda actor, source: absences_import(actor, source=source),
            undo=lambda actor, taken: absences_import_undo(actor, taken=taken),
            about=ABOUT,
            done_url="absences:absence_list",
        )
    )

titles_declare(
    {
        "absences.absence_add": "Записано отсутствие",
        "absences.absence_cancel": "Аннулировано отсутствие",
        "absences.absence_change": "Исправлено отсутствие",
        "absences.absence_close": "Закрыто отсутствие",
        "absences.absence_open": "Открыт листок нетрудоспособности",
        "absences.absences_add_many": "Записаны отсутствия списком",
        "absences.absences_import": "Загружен список отсутствий",
        "absences.absences_import_undo": "Отменена загрузка списка отсутствий",
        "absences.absences_undo": "Отменена загрузка отсутствий",
        "absences.eln_take": "Прочитан файл ЭЛН",
        "absences.medical_set": "Записан диагноз к листку",
        "absences.medical_set_many": "Записаны диагнозы к листкам списком",
    }
)
