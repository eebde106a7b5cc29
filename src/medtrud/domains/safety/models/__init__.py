"""Measures and incidents."""

from .incidents import Audit, Incident, IncidentStep, InvestigationMember
from .measures import Measure, MeasureReading, MeasureStep
from .nutrition import NutritionGrant, NutritionIssue
from .ppe import PpeCertificate, PpeIssue, PpeItem, PpeMove, PpeNorm, PpeSizes

__all__ = [
    "Audit",
    "Incident",
    "IncidentStep",
    "InvestigationMember",
    "Measure",
    "MeasureReading",
    "MeasureStep",
    "NutritionGrant",
    "NutritionIssue",
    "PpeCertificate",
    "PpeIssue",
    "PpeItem",
    "PpeMove",
    "PpeNorm",
    "PpeSizes",
]
