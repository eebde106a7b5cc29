"""Paper copies: asked for on the page of a document, handed out from the journal."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpResponse
from django.urls import path, reverse

from medtrud.engines.paper.public import form_render
from medtrud.engines.store.public import now, today
from medtrud.engines.ui.public import (
    Button,
    Column,
    Days,
    Request,
    Tab,
    attempt,
    cells,
    done,
    form_page,
    listing,
    needs,
)
from medtrud.kernel.actor import Role
from medtrud.kernel.errors import NotFound
from medtrud.registries.organizations.public import organization_of

from .. import actions, drivers
from ..models import PaperCopy
from ..queries import document_of
from ..queries.archive import author
from ..queries.copies import certified_copy
from ..queries.paper_copies import JOURNAL, paper_copies, paper_copy_of
from ..types.paper_copies import CopyState, copy_terms
from ..types.registers import RegisterForm
from .forms import ReasonForm
from .paper_forms import CopyAskForm, CopyIssueForm
from .registers import XLSX, file_answer, period_of

ASKED = "Дата заявления"
ROLES = {"Документ": "title", "Выдать до": "aside"}
TITLE = "Журнал выдачи бумажных копий"


@needs("documents.paper_copy_list")
def paper_copy_list(request: Request) -> HttpResponse:
    """Show the journal: its columns are those of the paper."""
    on, asked = today(), request.GET.urlencode()
    tail = f"?{asked}" if asked else ""
    waits = Q(state=CopyState.ASKED)
    prints = (
        Button("Печать", reverse("documents:paper_copy_print") + tail, "printer"),
        Button("В Excel", reverse("documents:paper_copy_export") + tail, "file-spreadsheet"),
    )
    return listing(
        request,
        paper_copies(request.actor),
        title=TITLE,
        noun="заявление,заявления,заявлений",
        columns=(
            *(
                Column(
                    f"c{n}",
                    one.title,
                    _cell(one.read),
                    "asked_on" if one.title == ASKED else "",
                    ROLES.get(one.title, "line"),
                )
                for n, one in enumerate(JOURNAL)
            ),
            Column("state", "Состояние", lambda row, _: _state(row, on), role="state", width="state"),
            Column("act", "Действие", lambda row, _: _act(row, request), role=""),
        ),
        tabs=(
            Tab("waits", "Ждут выдачи", waits),
            Tab("late", "Просрочены", waits & Q(due__lt=on)),
            Tab("issued", "Выданы", Q(state=CopyState.ISSUED)),
        ),
        filters=(Days("asked_on", "Дата заявления", "asked_on"),),
        order="-c1",
        buttons=prints if request.actor.may("documents.paper_copy_print") else (),
        empty="Копий ещё не просили. Заявление вносят на странице документа.",
    )


@needs("documents.paper_copy_ask")
def paper_copy_ask(request: Request, uid: UUID) -> HttpResponse:
    """Ask for a paper copy of a document."""
    row, on = document_of(request.actor, uid), today()
    form = CopyAskForm(copy_terms(on), request.actor, request.POST or None, initial={"on": on})
    asked = attempt(form, lambda facts: actions.paper_copy_ask(request.actor, document=uid, **facts))
    if asked:
        text = f"Заявление принято, копию выдадут до {asked.due:%d.%m.%Y}."
        return done(request, text, "documents:paper_copy_list")
    back = reverse("documents:document", args=[uid])
    return form_page(
        request, form, title="Бумажная копия", lead=row.title, action="Попросить копию", back=back
    )


@needs("documents.paper_copy_issue")
def paper_copy_issue(request: Request, uid: UUID) -> HttpResponse:
    """Hand a copy out under its number."""
    row = paper_copy_of(request.actor, uid)
    initial = {"on": today(), "certified_by": author(request.actor), "taken_by": row.requester_name}
    form = CopyIssueForm(request.POST or None, initial=initial)
    issued = attempt(form, lambda facts: actions.paper_copy_issue(request.actor, copy=uid, **form.facts()))
    if issued:
        return done(request, f"Копия {issued} записана в журнал.", "documents:paper_copy_list")
    lead = f"{row.document.title}. Просит {row.requester_name}, выдать до {row.due:%d.%m.%Y}"
    back = reverse("documents:paper_copy_list")
    return form_page(request, form, title="Выдача копии", lead=lead, action="Выдать копию", back=back)


@needs("documents.paper_copy_refuse")
def paper_copy_refuse(request: Request, uid: UUID) -> HttpResponse:
    """Refuse a copy."""
    row = paper_copy_of(request.actor, uid)
    form = ReasonForm(request.POST or None)
    if attempt(form, lambda facts: actions.paper_copy_refuse(request.actor, copy=uid, **facts)):
        return done(request, "Отказ записан в журнал.", "documents:paper_copy_list")
    back = reverse("documents:paper_copy_list")
    return form_page(
        request, form, title="Отказ в копии", lead=row.document.title, action="Отказать", back=back
    )


@needs("documents.document_copy")
def paper_copy_file(request: Request, uid: UUID) -> HttpResponse:
    """Print a certified copy: the pages, the marks and «Копия верна» with its number."""
    row = paper_copy_of(request.actor, uid)
    if row.version is None:
        raise NotFound("Копия ещё не выдана: у неё нет номера. Выдайте её из журнала.")
    actions.document_copy(request.actor, document=row.document.uid, version=row.version.number)
    content = certified_copy(row, now().replace(microsecond=0))
    return file_answer(content, f"Копия {row.number}-{row.year}.pdf", "application/pdf")


@needs("documents.paper_copy_print")
def paper_copy_print(request: Request) -> HttpResponse:
    """Print the journal of a period."""
    form = _form(request)
    return file_answer(form_render("documents/register.typ", form), f"{TITLE}.pdf", "application/pdf")


@needs("documents.paper_copy_print")
def paper_copy_export(request: Request) -> HttpResponse:
    """Give the journal of a period as a workbook."""
    return file_answer(drivers.register_write(_form(request)), f"{TITLE}.xlsx", XLSX)


def _form(request: Request) -> RegisterForm:
    since, until, period = period_of(request, "asked_on")
    rows = paper_copies(request.actor).filter(organization=request.actor.organization)
    rows = rows.filter(asked_on__gte=since) if since else rows
    rows = rows.filter(asked_on__lte=until) if until else rows
    return RegisterForm(
        title=TITLE,
        organization=str(organization_of(request.actor)),
        period=period,
        head=tuple(one.title for one in JOURNAL),
        widths=tuple(one.width for one in JOURNAL),
        rows=tuple(tuple(one.read(row) for one in JOURNAL) for row in rows.order_by("asked_on", "pk")),
    )


def _cell(read: Callable[[PaperCopy], str]) -> Callable[[PaperCopy, object], object]:
    return lambda row, _: read(row) or cells.DASH


def _state(row: PaperCopy, on: Any) -> object:
    if row.state == CopyState.ISSUED:
        return cells.tag("выдана", "ok")
    if row.state == CopyState.REFUSED:
        return cells.tag("отказано", "bad")
    return cells.tag("просрочена", "bad") if row.due < on else cells.tag("ждёт выдачи", "info")


def _act(row: PaperCopy, request: Request) -> object:
    if row.state == CopyState.ISSUED:
        return cells.link("файл копии", reverse("documents:paper_copy_file", args=[row.uid]))
    own = row.organization_id == request.actor.organization and request.actor.role is not Role.WORKER
    if row.state == CopyState.ASKED and own:
        return cells.link("выдать", reverse("documents:paper_copy_issue", args=[row.uid]))
    return ""


urlpatterns = [
    path("paper-copies/", paper_copy_list, name="paper_copy_list"),
    path("paper-copies/pdf/", paper_copy_print, name="paper_copy_print"),
    path("paper-copies/xlsx/", paper_copy_export, name="paper_copy_export"),
    path("paper-copies/<uuid:uid>/", paper_copy_issue, name="paper_copy_issue"),
    path("paper-copies/<uuid:uid>/refuse/", paper_copy_refuse, name="paper_copy_refuse"),
    path("paper-copies/<uuid:uid>/file/", paper_copy_file, name="paper_copy_file"),
    path("<uuid:uid>/paper-copy/", paper_copy_ask, name="paper_copy_ask"),
]
