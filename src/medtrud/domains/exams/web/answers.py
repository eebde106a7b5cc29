"""Answers that are files: a printed form to download, or its pages to look at."""

from typing import Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.safestring import SafeString, mark_safe

from medtrud.domains.documents.public import paper_answer
from medtrud.domains.documents.types import DocumentIn
from medtrud.engines.paper.public import form_preview, form_render
from medtrud.engines.ui.public import Request, page
from medtrud.kernel.actor import Actor

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def pdf(template: str, form: Any, name: str) -> HttpResponse:
    """Print one form and offer it as a file."""
    return file(form_render(f"exams/{template}.typ", form), name, "application/pdf")


def paper(actor: Actor, template: str, form: Any, name: str, kept: DocumentIn) -> HttpResponse:
    """Print one form, keep it among the documents of the house that prints it, offer it as a file."""
    return paper_answer(actor, paper=kept, template=f"exams/{template}.typ", form=form, name=name)


def file(content: bytes, name: str, mime: str) -> HttpResponse:
    """Offer a file; nothing of it stays in caches on the way."""
    answer = HttpResponse(content, content_type=mime)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    answer["Cache-Control"] = "no-store"
    return answer


def preview(
    request: Request, template: str, form: Any, *, title: str, back: str, file_url: str
) -> HttpResponse:
    """Show the pages as the paper they will be."""
    pages = [_drawn(svg) for svg in form_preview(f"exams/{template}.typ", form)]
    return page(request, "exams/preview.html", title=title, pages=pages, back=back, file_url=file_url)


def _drawn(svg: str) -> SafeString:
    return mark_safe(svg)  # noqa: S308 - made by our own printer from escaped data
