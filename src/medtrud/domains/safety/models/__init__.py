"""Measures and incidents."""

from .incidents import Audit, Incident, IncidentStep, InvestigationMember
from .measures import Measure, MeasureReading, MeasureStep
from .ppe import PpeCertificate, PpeIssue, PpeItem, PpeMove, PpeNorm, PpeSizes

__all__ = [
    "Audit",
    "Incident",
    "IncidentStep",
    "InvestigationMember",
    "Measure",
    "MeasureReading",
    "MeasureStep",
    "PpeCertificate",
    "PpeIssue",
    "PpeItem",
    "PpeMove",
    "PpeNorm",
    "PpeSizes",
]
