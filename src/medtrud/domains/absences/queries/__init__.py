"""Reading absences."""

from .analysis import analysis, base_of, headcount
from .cuts import cut_declare, cuts
from .periods import absences_between, days_absent
from .rows import (
    absence_of,
    absences,
    absences_unclosed,
    chain_of,
    history_of,
    known_places,
    medical_of,
    place_of,
)

__all__ = [
    "absence_of",
    "absences",
    "absences_between",
    "absences_unclosed",
    "analysis",
    "base_of",
    "chain_of",
    "cut_declare",
    "cuts",
    "days_absent",
    "headcount",
    "history_of",
    "known_places",
    "medical_of",
    "place_of",
]
