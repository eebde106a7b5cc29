"""The door of absences."""

from .actions import (
    absence_add,
    absence_cancel,
    absence_change,
    absence_close,
    absence_open,
    absences_add_many,
    absences_undo,
    medical_set,
)
from .models import Absence, AbsenceMedical
from .queries import (
    absence_of,
    absences,
    absences_between,
    absences_unclosed,
    analysis,
    chain_of,
    cut_declare,
    days_absent,
    headcount,
    history_of,
    medical_of,
)
from .queries.staff import staff_known
from .queries.workers import worker_named, worker_text

__all__ = [
    "Absence",
    "AbsenceMedical",
    "absence_add",
    "absence_cancel",
    "absence_change",
    "absence_close",
    "absence_of",
    "absence_open",
    "absences",
    "absences_add_many",
    "absences_between",
    "absences_unclosed",
    "absences_undo",
    "analysis",
    "chain_of",
    "cut_declare",
    "days_absent",
    "headcount",
    "history_of",
    "medical_of",
    "medical_set",
    "staff_known",
    "worker_named",
    "worker_text",
]
