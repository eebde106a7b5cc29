"""Control of execution: resolutions, schemes of numbers."""

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpResponse
from django.urls import path, reverse

from medtrud.engines.store.public import today
from medtrud.engines.ui.public import (
    Button,
    Column,
    Request,
    Tab,
    attempt,
    cells,
    done,
    form_page,
    listing,
    needs,
    plain,
)

from .. import actions
from ..models import Scheme, Task
from ..queries import document_of, schemes, task_of, tasks
from ..types import Flow
from .forms import ReportForm, SchemeForm, TaskForm


@needs("documents.task_list")
def task_list(request: Request) -> HttpResponse:
    """Show what is to be done with documents, one's own first."""
    on, going = today(), Q(done_on__isnull=True)
    return listing(
        request,
        tasks(request.actor),
        title="Поручения",
        noun="поручение,поручения,поручений",
        columns=(
            Column("text", "Что сделать", _link, "", "title", "name"),
            Column("document", "Документ", lambda row, _: cells.muted(row.document.title)),
            Column("account", "Исполнитель", plain("account_name")),
            Column("due", "Срок", lambda row, _: cells.day(row.due), "", "aside", "date"),
            Column("state", "Состояние", lambda row, _: _state(row, on), role="state", width="state"),
        ),
        tabs=(
            Tab("mine", "Мои", going & Q(account=request.actor.account)),
            Tab("late", "Просрочены", going & Q(due__lt=on)),
            Tab("going", "В работе", going),
            Tab("done", "Исполнены", Q(done_on__isnull=False)),
        ),
        order="due",
        empty="Поручений нет. Их дают на странице документа.",
    )


@needs("documents.task_give")
def task_give(request: Request, uid: UUID) -> HttpResponse:
    """Write a resolution on a document."""
    row = document_of(request.actor, uid)
    form = TaskForm(request.actor, today(), request.POST or None)
    task = attempt(
        form,
        lambda facts: actions.task_give(
            request.actor, document=uid, **facts | {"account": int(facts["account"])}
        ),
    )
    if task:
        return done(request, "Поручение дано, исполнитель извещён.", "documents:document", uid)
    back = reverse("documents:document", args=[uid])
    return form_page(request, form, title="Поручение", lead=row.title, action="Дать поручение", back=back)


@needs("documents.task_close")
def task_close(request: Request, uid: UUID) -> HttpResponse:
    """Report that a resolution was carried out."""
    task = task_of(request.actor, uid)
    form = ReportForm(request.POST or None, initial={"on": today()})
    if attempt(form, lambda facts: actions.task_close(request.actor, task=uid, **facts)):
        return done(request, "Поручение исполнено.", "documents:task_list")
    back = reverse("documents:task_list")
    return form_page(request, form, title="Исполнение", lead=task.text, action="Исполнено", back=back)


@needs("documents.scheme_list")
def scheme_list(request: Request) -> HttpResponse:
    """Show how documents are numbered."""
    return listing(
        request,
        schemes(request.actor),
        title="Схемы номеров",
        noun="схема,схемы,схем",
        columns=(
            Column("pattern", "Схема", plain("pattern"), "", "title", "name"),
            Column("flow", "Поток", lambda row, _: Flow(row.flow).title_ru),
            Column("index", "Индекс", plain("index")),
            Column("since", "Действует с", lambda row, _: cells.day(row.since), "since", "aside", "date"),
        ),
        order="-since",
        buttons=(Button("Новая схема", reverse("documents:scheme_set"), "plus"),),
        empty="Схем нет: номера идут подряд в пределах года. Задайте схему, если нужен индекс.",
    )


@needs("documents.scheme_set")
def scheme_set(request: Request) -> HttpResponse:
    """Set a scheme of numbers."""
    form = SchemeForm(request.POST or None, initial={"since": today(), "pattern": "{index}-{number}/{year}"})
    row: Scheme | None = attempt(form, lambda facts: actions.scheme_set(request.actor, **facts))
    if row:
        return done(request, "Схема номеров задана.", "documents:scheme_list")
    back = reverse("documents:scheme_list")
    return form_page(request, form, title="Новая схема номеров", action="Задать схему", back=back)


def _link(row: Task, _: object) -> Any:
    if row.done_on:
        return cells.link(row.text, reverse("documents:document", args=[row.document.uid]))
    return cells.link(row.text, reverse("documents:task_close", args=[row.uid]))


def _state(row: Task, on: Any) -> Any:
    if row.done_on:
        return cells.tag(f"исполнено {row.done_on:%d.%m.%Y}", "ok")
    return cells.tag("просрочено", "bad") if row.due and row.due < on else cells.tag("в работе", "info")


urlpatterns = [
    path("tasks/", task_list, name="task_list"),
    path("tasks/<uuid:uid>/close/", task_close, name="task_close"),
    path("<uuid:uid>/tasks/give/", task_give, name="task_give"),
    path("schemes/", scheme_list, name="scheme_list"),
    path("schemes/new/", scheme_set, name="scheme_set"),
]
