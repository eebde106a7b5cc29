"""Tables of documents."""

from .acquaintance import Acquaintance, AcquaintanceLine
from .documents import Document, Registration, Version
from .execution import Task
from .numbering import Scheme
from .paper_copies import PaperCopy
from .routes import Passage, PassageStep, Route, RouteStep, Substitution
from .signatures import Request

__all__ = [
    "Acquaintance",
    "AcquaintanceLine",
    "Document",
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
    "Version",
]
