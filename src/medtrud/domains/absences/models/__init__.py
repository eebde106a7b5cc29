"""Absences, and apart from them what is medical."""

from .absence import Absence
from .medical import AbsenceMedical

__all__ = ["Absence", "AbsenceMedical"]
