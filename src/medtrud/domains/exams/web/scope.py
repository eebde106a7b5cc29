"""Changes of the scope of one visit by the commission; order 29н, п. 28."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.urls import path, reverse

from medtrud.engines.store.public import today
from medtrud.engines.ui.public import ChoiceField, Request, TextField, attempt, done, form_page, needs
from medtrud.registries.people.public import name_of

from ..actions.line import line_add as add
from ..actions.line import line_cancel as cancel
from ..actions.line import line_require as require
from ..models import Exam
from ..queries.rows import exam_of
from ..queries.visit import line_of, lines_of
from ..rules import investigations_on, specialists_on
from ..rules.forms import entry_form
from .faces import banner_of


class ReasonForm(forms.Form):
    """Why the scope changes."""

    reason = TextField(
        label="Причина", rows=2, hint="Основание изменения объёма: решение врачебной комиссии."
    )


class AddForm(forms.Form):
    """A line that the rules did not prescribe."""

    line = ChoiceField(label="Врач или исследование")
    reason = TextField(
        label="Причина", rows=2, hint="Основание изменения объёма: решение врачебной комиссии."
    )

    def __init__(self, *args: Any, offered: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["line"] = ChoiceField(label="Врач или исследование", choices=offered, empty="Выберите")


@needs("exams.line_cancel")
def line_cancel(request: Request, uid: UUID) -> HttpResponse:
    """Take a line out of the scope."""
    return _change(request, uid, cancel, title="Отменить: {}", told="Строка отменена.")


@needs("exams.line_require")
def line_require(request: Request, uid: UUID) -> HttpResponse:
    """Make a line due."""
    return _change(request, uid, require, title="Назначить: {}", told="Строка назначена.")


@needs("exams.line_add")
def line_add(request: Request, uid: UUID) -> HttpResponse:
    """Add a line to the scope."""
    row = exam_of(request.actor, uid)
    known = {(line.kind, line.code) for line in lines_of(request.actor, row)}
    offered = _offered(row, known)
    form = AddForm(request.POST or None, offered=[(key, title) for key, (title, *_) in offered.items()])
    if attempt(form, lambda facts: _added(request, row, offered[facts["line"]], facts["reason"])):
        return done(request, "Строка добавлена в объём осмотра.", "exams:exam", uid)
    return _form(request, form, row, title="Добавить в объём осмотра", action="Добавить")


def _added(request: Request, row: Exam, chosen: tuple[str, str, str], reason: str) -> object:
    title, kind, code = chosen
    person = name_of(request.actor, row.person_id)
    performer = entry_form(title, person.sex, today()).performer
    return add(
        request.actor, exam=row.uid, kind=kind, code=code, title=title, specialty=performer, reason=reason
    )


def _offered(row: Exam, known: set[tuple[str, str]]) -> dict[str, tuple[str, str, str]]:
    on = row.arrived_on or today()
    groups = (("specialist", specialists_on(on)), ("test", investigations_on(on)))
    return {
        f"{kind}:{code}": (title, kind, code)
        for kind, names in groups
        for code, title in sorted(names.items(), key=lambda pair: pair[1].casefold())
        if (kind, code) not in known
    }


def _change(
    request: Request, uid: UUID, action: Callable[..., Any], *, title: str, told: str
) -> HttpResponse:
    line = line_of(request.actor, uid)
    row = exam_of(request.actor, line.exam.uid)
    form = ReasonForm(request.POST or None)
    if attempt(form, lambda facts: action(request.actor, line=uid, **facts)):
        return done(request, told, "exams:exam", row.uid)
    return _form(request, form, row, title=title.format(line.title), action=title.replace(": {}", " строку"))


def _form(request: Request, form: forms.Form, row: Exam, *, title: str, action: str) -> HttpResponse:
    return form_page(
        request,
        form,
        "exams/about.html",
        title=title,
        action=action,
        back=reverse("exams:exam", args=[row.uid]),
        worker=banner_of(row, name_of(request.actor, row.person_id), today()),
    )


urlpatterns = [
    path("lines/<uuid:uid>/cancel/", line_cancel, name="line_cancel"),
    path("lines/<uuid:uid>/require/", line_require, name="line_require"),
    path("exams/<uuid:uid>/lines/add/", line_add, name="line_add"),
]
