"""Papers of one visit: the conclusion, the extract, the note, the notice."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import path, reverse

from medtrud.engines.ui.public import Request, needs

from ..actions.conclusion import extract_print as extract_take
from ..queries.printed import (
    chair_of,
    conclusion_form,
    extract_form,
    further_exam_form,
    further_exam_notice,
    note_of,
)
from .answers import pdf, preview


@needs("exams.conclusion_print")
def conclusion_print(request: Request, uid: UUID) -> HttpResponse:
    """Print a version of a conclusion; no diagnosis stands in it, so every party may."""
    form = conclusion_form(request.actor, uid)
    return pdf("conclusion", form, f"Заключение {form.number}, версия {form.version}.pdf")


@needs("exams.conclusion_print")
def conclusion_preview(request: Request, uid: UUID) -> HttpResponse:
    """Show a version of a conclusion as paper."""
    form = conclusion_form(request.actor, uid)
    return preview(
        request,
        "conclusion",
        form,
        title=f"Заключение № {form.number}",
        back=request.headers.get("Referer", "/"),
        file_url=reverse("exams:conclusion_print", args=[uid]),
    )


@needs("exams.extract_print")
def extract_print(request: Request, uid: UUID) -> HttpResponse:
    """Print the extract for the worker; it is journaled, for it holds diagnoses."""
    visit = extract_take(request.actor, exam=uid)
    form = extract_form(request.actor, visit)
    return pdf("extract", form, f"Выписка {form.number}.pdf")


@needs("exams.extract_print")
def further_exam_print(request: Request, uid: UUID) -> HttpResponse:
    """Print the note for the worker."""
    note = note_of(request.actor, uid)
    form = further_exam_form(note, chair_of(note))
    return pdf("further_exam", form, f"Справка {form.number}.pdf")


@needs("exams.conclusion_print")
def further_exam_notice_print(request: Request, uid: UUID) -> HttpResponse:
    """Print what the employer learns: that a note was issued."""
    note = note_of(request.actor, uid)
    form = further_exam_notice(note, chair_of(note))
    return pdf("further_exam_notice", form, f"Сведения о справке {form.number}.pdf")


urlpatterns = [
    path("conclusions/<uuid:uid>/pdf/", conclusion_print, name="conclusion_print"),
    path("conclusions/<uuid:uid>/preview/", conclusion_preview, name="conclusion_preview"),
    path("conclusions/<uuid:uid>/extract/", extract_print, name="extract_print"),
    path("conclusions/<uuid:uid>/further/", further_exam_print, name="further_exam_print"),
    path(
        "conclusions/<uuid:uid>/further-notice/", further_exam_notice_print, name="further_exam_notice_print"
    ),
]
