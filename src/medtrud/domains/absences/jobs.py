"""What the journal and the record call things of this module."""

from medtrud.domains.record.public import kind_declare, openings_declare
from medtrud.domains.record.types import Kind as EntryKind
from medtrud.engines.journal.public import titles_declare

from .actions.writing import ENTRY

kind_declare(EntryKind(ENTRY, "Листок нетрудоспособности", "Больничные листы", "clipboard-heart"))
openings_declare("absences.absence_open")

titles_declare(
    {
        "absences.absence_add": "Записано отсутствие",
        "absences.absence_cancel": "Аннулировано отсутствие",
        "absences.absence_change": "Исправлено отсутствие",
        "absences.absence_close": "Закрыто отсутствие",
        "absences.absence_open": "Открыт листок нетрудоспособности",
        "absences.absences_add_many": "Записаны отсутствия списком",
        "absences.absences_undo": "Отменена загрузка отсутствий",
        "absences.medical_set": "Записан диагноз к листку",
    }
)
