"""Answers that are files: a printed form to download, or its pages to look at."""

from typing import Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.safestring import SafeString, mark_safe

from medtrud.engines.paper.public import form_preview, form_render
from medtrud.engines.ui.public import Request, page

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def pdf(template: str, form: Any, name: str) -> HttpResponse:
    """Print one form and offer it as a file."""
    return file(form_render(f"exams/{template}.typ", form), name, "application/pdf")


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
