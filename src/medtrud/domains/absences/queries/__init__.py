"""Reading absences."""

from .periods import absences_between, days_absent
from .rows import absence_of, absences, chain_of, history_of, known_places, medical_of, place_of

__all__ = [
    "absence_of",
    "absences",
    "absences_between",
    "chain_of",
    "days_absent",
    "history_of",
    "known_places",
    "medical_of",
    "place_of",
]
