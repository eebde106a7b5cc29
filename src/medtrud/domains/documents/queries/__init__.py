"""Reading documents."""

from .documents import (
    document_about,
    document_of,
    document_sides,
    documents,
    documents_chosen,
    found,
    scheme_on,
    schemes,
    versions_of,
)
from .execution import task_of, tasks, tasks_of
from .registers import register

__all__ = [
    "document_about",
    "document_of",
    "document_sides",
    "documents",
    "documents_chosen",
    "found",
    "register",
    "scheme_on",
    "schemes",
    "task_of",
    "tasks",
    "tasks_of",
    "versions_of",
]
