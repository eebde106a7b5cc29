"""A printed form on the screen of another module: what the house prints is kept among its documents."""

from typing import Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from medtrud.kernel.actor import Actor

from ..actions import papers_file
from ..queries.filing import paper_printed
from ..types import DocumentIn


def paper_answer(
    actor: Actor, *, paper: DocumentIn, template: str, form: Any, name: str, inline: bool = False
) -> HttpResponse:
    """Print a form, keep it when the seat keeps documents of the house it belongs to, and give the file."""
    printed = paper_printed(paper, template, form, name)
    if actor.may("documents.papers_file") and actor.organization in {paper.organization, None}:
        papers_file(actor, papers=[printed])
    answer = HttpResponse(printed.content, content_type="application/pdf")
    answer["Content-Disposition"] = content_disposition_header(as_attachment=not inline, filename=name) or ""
    answer["Cache-Control"] = "no-store"
    return answer
