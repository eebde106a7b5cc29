"""Tables of documents."""

from .documents import Document, Registration, Version
from .execution import Task
from .numbering import Scheme
from .routes import Passage, PassageStep, Route, RouteStep, Substitution
from .signatures import Request

__all__ = [
    "Document",
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
