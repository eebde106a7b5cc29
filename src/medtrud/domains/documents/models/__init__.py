"""Tables of documents."""

from .documents import Document, Registration, Version
from .execution import Task
from .numbering import Scheme
from .routes import Passage, PassageStep, Route, RouteStep, Substitution

__all__ = [
    "Document",
    "Passage",
    "PassageStep",
    "Registration",
    "Route",
    "RouteStep",
    "Scheme",
    "Substitution",
    "Task",
    "Version",
]
