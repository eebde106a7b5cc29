"""Tables of documents."""

from .documents import Document, Registration, Version
from .execution import Task
from .numbering import Scheme

__all__ = ["Document", "Registration", "Scheme", "Task", "Version"]
