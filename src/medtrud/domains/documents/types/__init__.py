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
    office_closes,
)
from .events import DocumentRegistered, DocumentSigned
from .filing import Filed, Paper
from .office import OFFICE, OFFICE_MENU, PAPERS

__all__ = [
    "OFFICE",
    "OFFICE_MENU",
    "PAPERS",
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
    "office_closes",
]
