"""The reading room: search over cases, issues and their book."""

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import FileResponse, HttpResponse
from django.urls import path, reverse

from medtrud.engines.store.public import today
from medtrud.engines.ui.public import (
    Column,
    Days,
    Request,
    Search,
    Select,
    attempt,
    cells,
    done,
    form_page,
    listing,
    needs,
)
from medtrud.kernel.actor import Actor

from ... import actions
from ...drivers.handing import handed
from ...models import CaseItem, Issue
from ...queries import archive
from ...types import kinds_on
from ...types.storage import CaseState, IssueKind
from .forms import IssueForm

BY_PERSON = "person"


@needs("documents.case_list")
def item_list(request: Request) -> HttpResponse:
    """Search through the documents of the archive."""
    actor, kinds = request.actor, kinds_on(today())
    may = actor.may("documents.issue_make")
    asked = request.GET.get("by") == BY_PERSON and bool(request.GET.get("q", "").strip())
    return listing(
        request,
        archive.items(actor),
        title="Читальный зал",
        noun="документ,документа,документов",
        columns=(
            Column("title", "Содержание", _title, "title_key", "title", "name"),
            Column("index", "Номер", lambda row, _: cells.muted(row.index or "—"), width="narrow"),
            Column("on", "Дата", lambda row, _: cells.day(row.on), "on", "aside", "date"),
            Column(
                "kind",
                "Вид",
                lambda row, _: cells.muted(kinds[row.kind].title if row.kind in kinds else row.kind),
            ),
            *((Column("person", "О ком", _person),) if asked else ()),
            Column("case", "Дело", _case),
            *((Column("issue", "Выдать", _issue),) if may else ()),
        ),
        filters=(
            Select(
                "by",
                "Искать по содержанию",
                [(BY_PERSON, "Искать по человеку: ФИО, СНИЛС")],
                where=lambda _: Q(),
            ),
            Select("kind", "Все виды", [(kind.code, kind.title) for kind in kinds.values()]),
            Days("on", "Дата", "on"),
        ),
        search=Search(
            "ФИО или СНИЛС" if request.GET.get("by") == BY_PERSON else "Слова содержания, номер, индекс дела",
            lambda rows, text: _found_items(actor, rows, text, by_person=asked),
        ),
        about=(lambda rows: archive.named(actor, rows)) if asked else (lambda _: {}),
        order="-on",
        empty="В делах ещё нет документов. Закройте год.",
    )


def _found_items(actor: Actor, rows: Any, text: str, *, by_person: bool) -> Any:
    if by_person:
        return rows.filter(pk__in=actions.items_find(actor, person=text))
    return archive.items_found(rows, text)


def _person(row: CaseItem, names: dict[int, str]) -> Any:
    return names.get(row.person_id or 0) or cells.DASH


def _title(row: CaseItem, _: object) -> Any:
    return cells.link(row.title, reverse("documents:issue_make", args=[row.uid]))


def _case(row: CaseItem, _: object) -> Any:
    return cells.link(f"{row.case.index}, {row.case.year}", reverse("documents:case", args=[row.case.uid]))


def _issue(row: CaseItem, _: object) -> Any:
    if row.case.state == CaseState.DESTROYED:
        return cells.muted("уничтожено")
    return cells.link("Копия или справка", reverse("documents:issue_make", args=[row.uid]))


@needs("documents.issue_make")
def issue_make(request: Request, uid: UUID) -> HttpResponse:
    """Issue a copy or a certificate."""
    row = archive.item_of(request.actor, uid)
    form = IssueForm(request.POST or None)
    made = attempt(
        form,
        lambda facts: actions.issue_make(
            request.actor,
            item=uid,
            kind=IssueKind(facts["kind"]),
            asked_by=facts["asked_by"],
            basis=facts["basis"],
            on=today(),
        ),
    )
    if made:
        return done(request, f"Выдано: {made}.", "documents:issue_list")
    lead = f"{row.title}. {row.case}, документ № {row.number}"
    back = reverse("documents:item_list")
    return form_page(request, form, title="Выдача из архива", lead=lead, action="Выдать", back=back)


@needs("documents.issue_list")
def issue_list(request: Request) -> HttpResponse:
    """Show the book of issues."""
    return listing(
        request,
        archive.issues(request.actor),
        title="Журнал выдачи",
        noun="запись,записи,записей",
        columns=(
            Column("number", "Номер", _number, "number", "title", "number"),
            Column("on", "Дата", lambda row, _: cells.day(row.on), "on", "aside", "date"),
            Column(
                "kind",
                "Что выдано",
                lambda row, _: cells.tag(IssueKind(row.kind).title_ru, IssueKind(row.kind).tone),
            ),
            Column("what", "Документ", lambda row, _: f"{row.item.title}, дело {row.item.case.index}"),
            Column("to", "Кому", lambda row, _: row.asked_by),
            Column("basis", "Основание", lambda row, _: cells.muted(row.basis)),
            Column("who", "Кто выдал", lambda row, _: cells.muted(row.author_name)),
        ),
        filters=(Days("on", "Дата", "on"),),
        search=Search("Кому или основание", _found),
        order="-number",
        empty="Архив ещё ничего не выдавал. Найдите документ в читальном зале.",
    )


def _found(rows: Any, text: str) -> Any:
    return rows.filter(asked_by__icontains=text.strip()) | rows.filter(basis__icontains=text.strip())


def _number(row: Issue, _: object) -> Any:
    return cells.link(f"№ {row.number}", reverse("documents:issue_file", args=[row.uid]))


@needs("documents.issue_open")
def issue_file(request: Request, uid: UUID) -> FileResponse:
    """Give what was issued."""
    return handed(actions.issue_open(request.actor, issue=uid))


urlpatterns = [
    path("archive/items/", item_list, name="item_list"),
    path("archive/items/<uuid:uid>/issue/", issue_make, name="issue_make"),
    path("archive/issues/", issue_list, name="issue_list"),
    path("archive/issues/<uuid:uid>/file/", issue_file, name="issue_file"),
]
