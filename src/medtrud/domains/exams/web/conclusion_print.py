"""Papers of one visit: the conclusion, the extract, the note with its form, the notice."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.urls import path, reverse

from medtrud.engines.store.public import today
from medtrud.engines.ui.public import Request, TextField, attempt, done, form_page, needs

from ..actions.conclusion import extract_print as extract_take
from ..actions.note import further_exam_note_issue as note_issue
from ..actions.note import further_exam_print as note_take
from ..queries.filed import extract_document, note_document
from ..queries.printed import (
    chair_of,
    conclusion_form,
    extract_form,
    further_exam_form,
    further_exam_notice,
    note_of,
)
from ..queries.rows import exam_of
from .answers import paper, pdf, preview


class NoteForm(forms.Form):
    """What is to be examined, and why the commission cannot decide."""

    examinations = TextField(
        label="Необходимы обследования", rows=6,
        hint="Каждое с новой строки. Работодатель этого списка не видит.",
    )  # fmt: skip
    reason = TextField(
        label="Причина", rows=2, required=False, max_length=1000,
        hint="Пусто — «затруднена оценка результатов осмотра и пригодности к работе».",
    )  # fmt: skip


@needs("exams.further_exam_note_issue")
def further_exam_note_issue(request: Request, uid: UUID) -> HttpResponse:
    """Issue the note: the person counts as not passed."""
    visit = exam_of(request.actor, uid)
    form = NoteForm(request.POST or None)

    def act(facts: dict[str, Any]) -> object:
        wanted = facts["examinations"].splitlines()
        return note_issue(request.actor, exam=uid, on=today(), examinations=wanted, reason=facts["reason"])

    if note := attempt(form, act):
        text = f"Справка {note} выдана, осмотр отмечен как непройденный."
        return done(request, text, "exams:conclusion", uid)
    return form_page(
        request, form, title="Справка о дополнительном обследовании", lead=str(visit.referral),
        action="Выдать справку", back=reverse("exams:conclusion", args=[uid]),
    )  # fmt: skip


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
    kept = extract_document(visit, form.number, form.issued_on)
    return paper(request.actor, "extract", form, f"Выписка {form.number}.pdf", kept)


@needs("exams.further_exam_print")
def further_exam_print(request: Request, uid: UUID) -> HttpResponse:
    """Print the note for the worker; it is journaled."""
    note = note_take(request.actor, exam=uid)
    form = further_exam_form(note, chair_of(note))
    return paper(request.actor, "further_exam", form, f"Справка {form.number}.pdf", note_document(note))


@needs("exams.conclusion_print")
def further_exam_notice_print(request: Request, uid: UUID) -> HttpResponse:
    """Print what the employer learns: that a note was issued."""
    note = note_of(request.actor, uid)
    form = further_exam_notice(note, chair_of(note))
    return pdf("further_exam_notice", form, f"Сведения о справке {form.number}.pdf")


urlpatterns = [
    path("conclusions/<uuid:uid>/note/", further_exam_note_issue, name="further_exam_note_issue"),
    path("conclusions/<uuid:uid>/pdf/", conclusion_print, name="conclusion_print"),
    path("conclusions/<uuid:uid>/preview/", conclusion_preview, name="conclusion_preview"),
    path("conclusions/<uuid:uid>/extract/", extract_print, name="extract_print"),
    path("conclusions/<uuid:uid>/further/", further_exam_print, name="further_exam_print"),
    path(
        "conclusions/<uuid:uid>/further-notice/", further_exam_notice_print, name="further_exam_notice_print"
    ),
]
