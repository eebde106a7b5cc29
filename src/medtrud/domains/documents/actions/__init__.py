"""What people do with documents."""

from .documents import (
    document_annul,
    document_create,
    document_open,
    document_register,
    document_release,
    version_add,
)
from .execution import task_close, task_give
from .numbering import scheme_set

__all__ = [
    "document_annul",
    "document_create",
    "document_open",
    "document_register",
    "document_release",
    "scheme_set",
    "task_close",
    "task_give",
    "version_add",
]
