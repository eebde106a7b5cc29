"""The list of documents, a new one."""

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpResponse
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from medtrud.engines.background.public import job_start
from medtrud.engines.store.public import today
from medtrud.engines.ui.public import (
    Bulk,
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
from medtrud.kernel.errors import Refused
from medtrud.registries.people.public import persons_search

from .. import actions
from ..models import Document
from ..queries import document_sides, documents_chosen, found
from ..types import DocumentState, Flow, kinds_on
from .forms import CopiesForm, DocumentForm

NOUN = "документ,документа,документов"
MOST = 5000  # copies in one archive
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
    new, copies = actor.may("documents.document_create"), actor.may("documents.documents_copy")
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
        search=Search(
            "Слова, номер, дата или ФИО",
            lambda rows, text: found(rows, text, persons_search(actor, text)),
        ),
        order="-on",
        most=COUNTED,
        bulk=(Bulk("Копии для печати", reverse("documents:copies_make"), "printer"),) if copies else (),
        buttons=(
            *((Button("Новый документ", reverse("documents:document_create"), "file-plus"),) if new else ()),
            *((Button("Копии за период", reverse("documents:copies_period"), "printer"),) if copies else ()),
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


@require_POST
@needs("documents.documents_copy")
def copies_make(request: Request) -> HttpResponse:
    """Begin to make the copies of the marked documents."""
    return _copies(request, [UUID(one) for one in request.POST.getlist("id")])


@needs("documents.documents_copy")
def copies_period(request: Request) -> HttpResponse:
    """Ask of what kind and of which days, and begin to make the copies."""
    form = CopiesForm(today(), request.POST or None)

    def chosen(facts: dict[str, Any]) -> list[UUID]:
        found = documents_chosen(request.actor, facts["kind"], facts["since"], facts["last"], MOST)
        if not found:
            raise Refused("За эти дни таких документов нет. Измените вид или дни.")
        return found

    if found := attempt(form, chosen):
        return _copies(request, found)
    return form_page(
        request,
        form,
        title="Копии за период",
        lead=f"Копии с отметками о подписях, одним архивом; за раз не больше {MOST}.",
        action="Изготовить",
        back=reverse("documents:document_list"),
    )


def _copies(request: Request, uids: list[UUID]) -> HttpResponse:
    title = f"Копии документов: {len(uids)}"
    link = reverse("documents:document_list")
    started = job_start(request.actor, job="documents.copies_make", title=title, link=link, documents=uids)
    return done(request, "Копии изготавливаются.", "background:job_show", started.uid, tone="info")


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
    path("copies/", copies_make, name="copies_make"),
    path("copies/period/", copies_period, name="copies_period"),
]
