"""Writing absences."""

from .absence import absence_add, absence_cancel, absence_change, absence_close
from .eln import eln_take
from .many import absences_add_many, absences_undo
from .medical import absence_open, medical_set, medical_set_many
from .taking import absences_import, absences_import_undo

__all__ = [
    "absence_add",
    "absence_cancel",
    "absence_change",
    "absence_close",
    "absence_open",
    "absences_add_many",
    "absences_import",
    "absences_import_undo",
    "absences_undo",
    "eln_take",
    "medical_set",
    "medical_set_many",
]
