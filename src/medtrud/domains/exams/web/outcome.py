"""Visits that end without a conclusion, and their return."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from medtrud.engines.store.public import today
from medtrud.engines.ui.public import DayField, Request, TextField, attempt, done, form_page, needs
from medtrud.registries.people.public import name_of

from ..actions.exam import exam_not_completed as not_completed
from ..actions.exam import exam_not_passed as not_passed
from ..actions.exam import exam_resume as resume
from ..queries.rows import exam_of
from .faces import banner_of


class EndForm(forms.Form):
    """Why a visit ended without a conclusion."""

    reason = TextField(
        label="Причина", hint="Войдёт в заключительный акт: «не явился», «отказ», «отпуск», «уволен»."
    )
    on = DayField(label="День")


@needs("exams.exam_not_passed")
def exam_not_passed(request: Request, uid: UUID) -> HttpResponse:
    """Say that the person did not come or refused."""
    return _end(request, uid, not_passed, title="Осмотр не пройден", told="Осмотр отмечен как не пройденный.")


@needs("exams.exam_not_completed")
def exam_not_completed(request: Request, uid: UUID) -> HttpResponse:
    """Say that a begun visit was left."""
    told = "Осмотр отмечен как не завершённый."
    return _end(request, uid, not_completed, title="Осмотр не завершён", told=told)


@require_POST
@needs("exams.exam_resume")
def exam_resume(request: Request, uid: UUID) -> HttpResponse:
    """Open a closed visit again."""
    row = resume(request.actor, exam=uid)
    return done(request, "Осмотр возобновлён.", "exams:exam", row.uid)


def _end(request: Request, uid: UUID, action: Callable[..., Any], *, title: str, told: str) -> HttpResponse:
    row, on = exam_of(request.actor, uid), today()
    form = EndForm(request.POST or None, initial={"on": on})
    if attempt(form, lambda facts: action(request.actor, exam=uid, **facts)):
        return done(request, told, "exams:exam", uid)
    return form_page(
        request,
        form,
        "exams/about.html",
        title=title,
        action="Записать",
        back=reverse("exams:exam", args=[uid]),
        worker=banner_of(row, name_of(request.actor, row.person_id), on),
    )


urlpatterns = [
    path("exams/<uuid:uid>/not-passed/", exam_not_passed, name="exam_not_passed"),
    path("exams/<uuid:uid>/not-completed/", exam_not_completed, name="exam_not_completed"),
    path("exams/<uuid:uid>/resume/", exam_resume, name="exam_resume"),
]
