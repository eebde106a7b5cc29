"""What crosses the border of absences."""

from .absence import (
    KINDS,
    MEDICAL_KINDS,
    STATES,
    AbsenceChanged,
    AbsenceClosed,
    Kind,
    NewAbsence,
    NewMedical,
    Period,
    State,
    Taking,
    last_day,
)
from .codes import REASON_BASIS, Code, kind_of_reason, reason_of, reasons, results, work_related

__all__ = [
    "KINDS",
    "MEDICAL_KINDS",
    "REASON_BASIS",
    "STATES",
    "AbsenceChanged",
    "AbsenceClosed",
    "Code",
    "Kind",
    "NewAbsence",
    "NewMedical",
    "Period",
    "State",
    "Taking",
    "kind_of_reason",
    "last_day",
    "reason_of",
    "reasons",
    "results",
    "work_related",
]
