"""Cases: the list, one case with its documents, checks, copies and holds."""

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import FileResponse, HttpResponse
from django.urls import path, reverse

from medtrud.engines.store.public import today
from medtrud.engines.ui.public import (
    Bulk,
    Column,
    Request,
    Search,
    Tab,
    attempt,
    cells,
    done,
    form_page,
    listing,
    needs,
    page,
    plain,
)

from ... import actions
from ...drivers.handing import handed
from ...models import Case
from ...queries import archive
from ...types.storage import LATER, SIX, CaseState
from .forms import HoldForm

NOUN = "дело,дела,дел"
SHOWN = 500


@needs("documents.case_list")
def case_list(request: Request) -> HttpResponse:
    """Show the cases of the house."""
    due = Q(state=CaseState.KEPT, keep_until__lte=today())
    return listing(
        request,
        archive.cases(request.actor),
        title="Дела",
        noun=NOUN,
        columns=(
            Column("title", "Дело", _title, "index", "title", "name"),
            Column("year", "Год", plain("year"), "year", "aside", "narrow"),
            Column("dates", "Крайние даты", _dates),
            Column(
                "documents",
                "Документов",
                lambda row, _: cells.number(row.documents),
                "documents",
                width="number",
            ),
            Column("term", "Хранить", _term),
            Column("state", "Состояние", lambda row, _: _state(row), role="state", width="state"),
        ),
        tabs=(
            Tab("kept", "В архиве", Q(state=CaseState.KEPT)),
            Tab("waiting", "Не переданы", Q(state__in=(CaseState.CLOSED, CaseState.PACKED))),
            Tab("stopped", "Остановлены", Q(state=CaseState.STOPPED)),
            Tab("due", "Срок истёк", due),
            Tab("held", "Под запретом", Q(held=True)),
            Tab("destroyed", "Уничтожены", Q(state=CaseState.DESTROYED)),
        ),
        search=Search("Индекс или слово заголовка", _found),
        order="-year",
        bulk=(Bulk("К уничтожению", reverse("documents:destruction_open"), "trash"),)
        if request.actor.may("documents.destruction_open")
        else (),
        empty="Дел ещё нет. Утвердите номенклатуру дел и закройте год.",
    )


def _found(rows: Any, text: str) -> Any:
    said = text.strip()
    return rows.filter(Q(index__istartswith=said) | Q(title__icontains=said))


def _title(row: Case, _: object) -> Any:
    return cells.link(f"{row.index} {row.title}", reverse("documents:case", args=[row.uid]))


def _dates(row: Case, _: object) -> str:
    return f"{row.since:%d.%m.%Y} – {row.until:%d.%m.%Y}"


def _term(row: Case, _: object) -> Any:
    return cells.muted(f"{row.term}, до {row.keep_until:%d.%m.%Y}" if row.keep_until else row.term)


def _state(row: Case) -> Any:
    known = CaseState(row.state)
    if getattr(row, "held", False):
        return cells.tag("Запрет уничтожения", "warn")
    return cells.tag(known.title_ru, known.tone)


@needs("documents.case_list")
def case(request: Request, uid: UUID) -> HttpResponse:
    """Show one case."""
    actor, row = request.actor, archive.case_of(request.actor, uid)
    state = CaseState(row.state)
    items = list(archive.items(actor).filter(case=row).select_related("document").order_by("number")[:SHOWN])
    holds = archive.holds_of(actor, row)
    checks = [
        (check, {**SIX, **LATER}.get(check.code, check.code)) for check in archive.checks_of(actor, row)[:30]
    ]
    return page(
        request,
        "documents/archive/case.html",
        title=f"Дело {row.index}",
        lead=f"{row.title}, {row.year} год",
        case=row,
        state=state,
        items=items,
        more=row.documents - len(items),
        checks=checks,
        holds=holds,
        held=any(hold.ended_on is None for hold in holds),
        copies=row.copies.select_related("medium").order_by("written_on"),
        gone=state is CaseState.DESTROYED,
    )


@needs("documents.container_open")
def case_file(request: Request, uid: UUID) -> FileResponse:
    """Give the container of a case."""
    return handed(actions.container_open(request.actor, case=uid))


@needs("documents.hold_set")
def hold_set(request: Request, uid: UUID) -> HttpResponse:
    """Forbid to destroy a case."""
    row = archive.case_of(request.actor, uid)
    form = HoldForm(request.POST or None)
    if attempt(form, lambda facts: actions.hold_set(request.actor, case=uid, on=today(), **facts)):
        return done(request, "Запрет уничтожения наложен.", "documents:case", uid)
    back = reverse("documents:case", args=[uid])
    return form_page(
        request, form, title="Запрет уничтожения", lead=str(row), action="Наложить запрет", back=back
    )


@needs("documents.hold_end")
def hold_end(request: Request, uid: UUID) -> HttpResponse:
    """Lift a hold."""
    row = archive.case_of(request.actor, uid)
    form = HoldForm(request.POST or None)
    if attempt(form, lambda facts: actions.hold_end(request.actor, case=uid, on=today(), **facts)):
        return done(request, "Запрет снят.", "documents:case", uid)
    back = reverse("documents:case", args=[uid])
    return form_page(request, form, title="Снять запрет", lead=str(row), action="Снять запрет", back=back)


urlpatterns = [
    path("archive/cases/", case_list, name="case_list"),
    path("archive/cases/<uuid:uid>/", case, name="case"),
    path("archive/cases/<uuid:uid>/file/", case_file, name="case_file"),
    path("archive/cases/<uuid:uid>/hold/", hold_set, name="hold_set"),
    path("archive/cases/<uuid:uid>/release/", hold_end, name="hold_end"),
]
