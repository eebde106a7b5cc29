"""Kinds of documents, their states, what others hand in, and events."""

from .documents import (
    Content,
    DocumentIn,
    DocumentState,
    Flow,
    Kind,
    Received,
    Sheet,
    file_limit,
    kind_of,
    kinds_on,
)
from .events import DocumentRegistered, DocumentSigned
from .filing import Filed, Paper

__all__ = [
    "Content",
    "DocumentIn",
    "DocumentRegistered",
    "DocumentSigned",
    "DocumentState",
    "Filed",
    "Flow",
    "Kind",
    "Paper",
    "Received",
    "Sheet",
    "file_limit",
    "kind_of",
    "kinds_on",
]
