"""Tables of documents."""

from .accounting import Handover, MonthPackage
from .acquaintance import Acquaintance, AcquaintanceLine
from .archive import (
    Case,
    CaseCheck,
    CaseItem,
    Heading,
    Inventory,
    Transfer,
    Vessel,
    VesselStamp,
)
from .documents import Document, Registration, Version
from .execution import Task
from .keeping import Destruction, DestructionLine, Hold, Issue, Medium, MediumCase, MediumLine
from .numbering import Scheme
from .paper_copies import PaperCopy
from .routes import Passage, PassageStep, Route, RouteStep, Substitution
from .signatures import Request

__all__ = [
    "Acquaintance",
    "AcquaintanceLine",
    "Case",
    "CaseCheck",
    "CaseItem",
    "Destruction",
    "DestructionLine",
    "Document",
    "Handover",
    "Heading",
    "Hold",
    "Inventory",
    "Issue",
    "Medium",
    "MediumCase",
    "MediumLine",
    "MonthPackage",
    "PaperCopy",
    "Passage",
    "PassageStep",
    "Registration",
    "Request",
    "Route",
    "RouteStep",
    "Scheme",
    "Substitution",
    "Task",
    "Transfer",
    "Version",
    "Vessel",
    "VesselStamp",
]
