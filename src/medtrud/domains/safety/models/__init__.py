"""Measures and incidents."""

from .incidents import Audit, Incident, IncidentStep, InvestigationMember
from .measures import Measure, MeasureReading, MeasureStep

__all__ = [
    "Audit",
    "Incident",
    "IncidentStep",
    "InvestigationMember",
    "Measure",
    "MeasureReading",
    "MeasureStep",
]
