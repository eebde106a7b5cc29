"""The door of documents."""

from .actions import (
    document_annul,
    document_copy,
    document_create,
    document_open,
    document_register,
    document_release,
    papers_file,
    requests_sign,
    signature_request,
    task_give,
    version_add,
)
from .models import Document
from .queries import document_about, document_of, documents, register, tasks, versions_of
from .queries.accounting import accounting_pending, papers_drawn
from .queries.filing import paper_printed, papers_missing
from .queries.signing import requests_waiting
from .queries.waiting import archive_waiting
from .web.printing import paper_answer

__all__ = [
    "Document",
    "accounting_pending",
    "archive_waiting",
    "document_about",
    "document_annul",
    "document_copy",
    "document_create",
    "document_of",
    "document_open",
    "document_register",
    "document_release",
    "documents",
    "paper_answer",
    "paper_printed",
    "papers_drawn",
    "papers_file",
    "papers_missing",
    "register",
    "requests_sign",
    "requests_waiting",
    "signature_request",
    "task_give",
    "tasks",
    "version_add",
    "versions_of",
]
