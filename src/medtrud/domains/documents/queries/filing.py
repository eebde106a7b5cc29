"""What is already kept of printed papers, and papers made so that the same data give the same bytes."""

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from medtrud.engines.paper.public import form_render

from ..models import Document, Version
from ..types import DocumentIn, DocumentState
from ..types.filing import Paper

WHY = "the caller prints rows of its own and asks which of them are kept"


def papers_known(house: int, papers: Iterable[Paper]) -> dict[tuple[str, UUID | None], Version]:
    """Return the latest version of each paper that is kept, by its kind and the row it prints."""
    rows = Version.objects.unscoped(WHY).filter(
        document__organization=house, document__about__in=[each.document.about for each in papers]
    )
    rows = rows.exclude(document__state=DocumentState.ANNULLED).select_related("document").order_by("number")
    return {(row.document.kind, row.document.about): row for row in rows}


def papers_missing(kind: str, about: Iterable[UUID]) -> set[UUID]:
    """Return which rows of another module have no document of a kind yet."""
    asked = set(about)
    rows = Document.objects.unscoped(WHY).filter(kind=kind, about__in=asked)
    return asked - set(rows.exclude(state=DocumentState.ANNULLED).values_list("about", flat=True))


def paper_printed(
    document: DocumentIn, template: str, form: Any, name: str, *, reason: str = "напечатан заново"
) -> Paper:
    """Print a form as a paper to be kept: its time is its day, so the same data give the same bytes."""
    at = dt.datetime.combine(document.on, dt.time(), dt.UTC)
    return Paper(document, form_render(template, form, made_at=at), name, reason)
