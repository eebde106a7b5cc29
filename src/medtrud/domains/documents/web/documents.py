"""The list of documents, a new one."""

from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.urls import path, reverse

from medtrud.engines.store.public import today
from medtrud.engines.ui.public import (
    Button,
    Column,
    Days,
    Request,
    Search,
    Select,
    Tab,
    attempt,
    cells,
    done,
    form_page,
    listing,
    needs,
)

from .. import actions
from ..models import Document
from ..queries import document_sides, found
from ..types import DocumentState, Flow, kinds_on
from .forms import DocumentForm

NOUN = "документ,документа,документов"
COUNTED = 1000  # further it is "more than": a list of a million is not counted


def state_tag(state: str) -> Any:
    """Mark a state in words and colour."""
    known = DocumentState(state)
    return cells.tag(known.title_ru, known.tone)


@needs("documents.document_list")
def document_list(request: Request) -> HttpResponse:
    """Show the documents of the seat."""
    actor, kinds = request.actor, kinds_on(today())
    sides = document_sides(actor)
    own = sides.own
    waits = own & Q(index="", module="") & ~Q(state=DocumentState.ANNULLED)
    new = actor.may("documents.document_create")
    return listing(
        request,
        sides.rows.prefetch_related("party", "organization"),
        title="Документы",
        noun=NOUN,
        columns=(
            Column("title", "Содержание", _title, "title_key", "title", "name"),
            Column("number", "Номер", lambda row, _: cells.muted(row.index or "—"), width="narrow"),
            Column("on", "Дата", lambda row, _: cells.day(row.on), "on", "aside", "date"),
            Column("kind", "Вид", lambda row, _: _kind(row)),
            Column("party", "Корреспондент", lambda row, _: _party(row, actor.organization)),
            Column("state", "Состояние", lambda row, _: state_tag(row.state), role="state", width="state"),
        ),
        tabs=(
            Tab("own", "Наши", own),
            *(Tab(flow.value, flow.many, own & Q(flow=flow)) for flow in Flow),
            Tab("unregistered", "Без номера", waits),
            Tab("given", "Переданы нам", sides.given),
        ),
        whole="",
        filters=(
            Select("kind", "Все виды", [(kind.code, kind.title) for kind in kinds.values()]),
            Select("state", "Все состояния", [(state.value, state.title_ru) for state in DocumentState]),
            Days("on", "Дата", "on"),
        ),
        search=Search("Слова содержания или номер", found),
        order="-on",
        most=COUNTED,
        buttons=(
            (Button("Новый документ", reverse("documents:document_create"), "file-plus"),) if new else ()
        ),
        empty="Документов ещё нет. Заведите первый: входящее письмо, приказ, протокол.",
    )


@needs("documents.document_create")
def document_create(request: Request) -> HttpResponse:
    """Enter a document with its file."""
    form = DocumentForm(request.actor, today(), request.POST or None, request.FILES or None)
    row = attempt(
        form,
        lambda _: actions.document_create(request.actor, document=form.document(), content=form.content()),
    )
    if row:
        return done(request, "Документ заведён. Зарегистрируйте его.", "documents:document", row.uid)
    return form_page(
        request,
        form,
        title="Новый документ",
        action="Завести документ",
        back=reverse("documents:document_list"),
    )


def _title(row: Document, _: object) -> Any:
    return cells.link(row.title, reverse("documents:document", args=[row.uid]))


def _kind(row: Document) -> Any:
    known = kinds_on(row.on).get(row.kind)
    return cells.muted(known.title if known else row.kind)


def _party(row: Document, organization: int | None) -> Any:
    if row.organization_id != organization:
        return str(row.organization)
    return str(row.party) if row.party else row.party_name or cells.DASH


urlpatterns = [
    path("", document_list, name="document_list"),
    path("new/", document_create, name="document_create"),
]
