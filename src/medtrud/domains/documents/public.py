"""The door of documents."""

from .actions import (
    document_annul,
    document_create,
    document_open,
    document_register,
    document_release,
    task_give,
    version_add,
)
from .queries import document_about, document_of, documents, register, tasks

__all__ = [
    "document_about",
    "document_annul",
    "document_create",
    "document_of",
    "document_open",
    "document_register",
    "document_release",
    "documents",
    "register",
    "task_give",
    "tasks",
    "version_add",
]
