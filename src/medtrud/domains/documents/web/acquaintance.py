"""Acquaintance sheets of a house, and what a worker is to know and sign."""

import datetime as dt
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db.models import F, Q
from django.http import FileResponse, HttpResponse
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from medtrud.engines.paper.public import form_render
from medtrud.engines.store.public import today
from medtrud.engines.ui.public import (
    Bulk,
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
)
from medtrud.registries.organizations.public import divisions, organization_of
from medtrud.registries.people.public import names_of

from .. import actions
from ..models import Acquaintance, AcquaintanceLine
from ..queries import document_of
from ..queries.acquaintance import line_of, own_lines, sheet_lines, sheet_of, sheets
from ..types.acquaintance import How
from ..types.registers import RegisterForm
from .forms import OwnSignatureForm
from .paper_forms import AcquaintForm, PasswordForm, signature_read
from .registers import file_answer

TERM = dt.timedelta(days=7)  # what the form offers first


@needs("documents.acquaintance_list")
def acquaintance_list(request: Request) -> HttpResponse:
    """Show the sheets of the house."""
    on, whole = today(), Q(signed__gte=F("people"))
    return listing(
        request,
        sheets(request.actor),
        title="Листы ознакомления",
        noun="лист,листа,листов",
        columns=(
            Column("document", "Документ", _sheet, "", "title", "name"),
            Column("known", "Ознакомлены", lambda row, _: f"{row.signed} из {row.people}", role="aside"),
            Column("opened", "Начато", lambda row, _: cells.day(row.opened_on), "opened_on", width="date"),
            Column("due", "Ознакомить до", lambda row, _: cells.day(row.due), "due", width="date"),
            Column("state", "Состояние", lambda row, _: _sheet_state(row, on), role="state", width="state"),
        ),
        tabs=(
            Tab("going", "Идут", ~whole),
            Tab("late", "Просрочены", ~whole & Q(due__lt=on)),
            Tab("whole", "Ознакомлены все", whole),
        ),
        order="-opened",
        empty="Листов нет. Ознакомление начинают на странице документа кнопкой «Ознакомить».",
    )


@needs("documents.acquaintance_open")
def acquaintance_open(request: Request, uid: UUID) -> HttpResponse:
    """Begin a sheet for a document."""
    actor, row, on = request.actor, document_of(request.actor, uid), today()
    choices = [(str(one.uid), str(one)) for one in divisions(actor, employer=organization_of(actor).pk)]
    form = AcquaintForm(choices, request.POST or None, initial={"due": on + TERM})
    sheet = attempt(
        form,
        lambda facts: actions.acquaintance_open(
            actor, document=uid, divisions=[UUID(one) for one in facts["divisions"]], due=facts["due"]
        ),
    )
    if sheet:
        return done(request, "Ознакомление начато, работники извещены.", "documents:acquaintance", sheet.uid)
    back = reverse("documents:document", args=[uid])
    return form_page(request, form, title="Ознакомить", lead=row.title, action="Начать", back=back)


@needs("documents.acquaintance_list")
def acquaintance(request: Request, uid: UUID) -> HttpResponse:
    """Show who of a sheet has signed and who is late."""
    actor, on, sheet = request.actor, today(), sheet_of(request.actor, uid)
    late = sheet.due < on
    paper = actor.may("documents.acquaintance_paper")
    mark = Bulk("Подписали на бумаге", reverse("documents:acquaintance_paper", args=[uid]), "checklist")
    return listing(
        request,
        sheet_lines(actor, sheet),
        title=f"Лист ознакомления: {sheet.document.title}",
        noun="работник,работника,работников",
        columns=(
            Column("name", "Работник", _name, "person__name_rank", "title", "name"),
            Column("post", "Должность", lambda row, _: row.post or cells.DASH),
            Column("signed", "Ознакомлен", lambda row, _: cells.moment(row.signed_at), "signed_at", "aside"),
            Column("how", "Подпись", lambda row, _: How(row.how).title_ru if row.how else cells.DASH),
            Column("state", "Состояние", lambda row, _: _state(row, late=late), role="state", width="state"),
        ),
        tabs=(Tab("open", "Не ознакомлены", Q(signed_at__isnull=True)),),
        order="name",
        about=lambda rows: names_of(actor, [row.person_id for row in rows]),
        name=lambda row: row.post or "работник",
        bulk=(mark,) if paper else (),
        buttons=(
            Button("Печать листа", reverse("documents:acquaintance_print", args=[uid]), "printer"),
            Button("Документ", reverse("documents:document", args=[sheet.document.uid]), "file-text"),
        ),
    )


@require_POST
@needs("documents.acquaintance_paper")
def acquaintance_paper(request: Request, uid: UUID) -> HttpResponse:
    """Note who has signed the printed sheet."""
    marked = [UUID(one) for one in request.POST.getlist("id")]
    noted = actions.acquaintance_paper(request.actor, lines=marked)
    return done(request, f"Отмечено ознакомление на бумаге: {noted}.", "documents:acquaintance", uid)


@needs("documents.acquaintance_list")
def acquaintance_print(request: Request, uid: UUID) -> HttpResponse:
    """Print the sheet: those who have not signed find an empty line."""
    actor, sheet = request.actor, sheet_of(request.actor, uid)
    rows = list(sheet_lines(actor, sheet).order_by("person__name_rank", "pk"))
    names = names_of(actor, [row.person_id for row in rows])
    form = RegisterForm(
        title=f"Лист ознакомления: {sheet.document.title}",
        organization=str(organization_of(actor)),
        period=f"ознакомить до {sheet.due:%d.%m.%Y}, версия {sheet.version.number}",
        head=("№", "Фамилия, имя, отчество", "Должность", "Дата и время", "Подпись"),
        widths=("12mm", "80mm", "1fr", "36mm", "52mm"),
        rows=tuple(
            (
                str(number),
                names[row.person_id].full if row.person_id in names else "",
                row.post,
                f"{row.signed_at:%d.%m.%Y %H:%M}" if row.signed_at else "",
                How(row.how).title_ru if row.how and row.how != How.PAPER else "",
            )
            for number, row in enumerate(rows, 1)
        ),
    )
    return file_answer(
        form_render("documents/register.typ", form), "Лист ознакомления.pdf", "application/pdf"
    )


@needs("documents.acquaintance_mine")
def acquaintance_mine(request: Request) -> HttpResponse:
    """Show a worker what he is to know."""
    on = today()
    return listing(
        request,
        own_lines(request.actor),
        title="Ознакомление",
        noun="документ,документа,документов",
        columns=(
            Column("document", "Документ", _own, "", "title", "name"),
            Column("due", "До", lambda row, _: cells.day(row.sheet.due), "sheet__due", "aside", "date"),
            Column("how", "Подпись", lambda row, _: How(row.how).title_ru if row.how else cells.DASH),
            Column("state", "Состояние", lambda row, _: _state(row, late=row.sheet.due < on), role="state"),
        ),
        tabs=(
            Tab("open", "Ждут вас", Q(signed_at__isnull=True)),
            Tab("signed", "Ознакомлен", Q(signed_at__isnull=False)),
        ),
        order="due",
        empty="Документов для ознакомления нет.",
    )


@needs("documents.acquaintance_sign")
def acquaintance_sign(request: Request, uid: UUID) -> HttpResponse:
    """Read a document and sign by one's password."""
    row = line_of(request.actor, uid)
    form = PasswordForm(request.POST or None)
    if attempt(form, lambda facts: actions.acquaintance_sign(request.actor, line=uid, **facts)):
        return done(request, "Подпись поставлена: вы ознакомлены.", "documents:acquaintance_mine")
    return form_page(
        request,
        form,
        "documents/acquaint.html",
        title="Ознакомление с документом",
        lead=row.sheet.document.title,
        action="Я ознакомлен, подписать",
        back=reverse("documents:acquaintance_mine"),
        line=row,
    )


@needs("documents.acquaintance_sign_own")
def acquaintance_sign_own(request: Request, uid: UUID) -> HttpResponse:
    """Sign by a qualified signature made elsewhere."""
    row = line_of(request.actor, uid)
    form = OwnSignatureForm(request.POST or None, request.FILES or None)
    signed = attempt(
        form,
        lambda facts: actions.acquaintance_sign_own(
            request.actor, line=uid, signature=signature_read(facts["signature"])
        ),
    )
    if signed:
        return done(request, "Подпись верна: вы ознакомлены.", "documents:acquaintance_mine")
    back = reverse("documents:acquaintance_sign", args=[uid])
    return form_page(
        request, form, title="Квалифицированная подпись", lead=row.sheet.document.title,
        action="Приложить", back=back,
    )  # fmt: skip


@needs("documents.acquaintance_read")
def acquaintance_read(request: Request, uid: UUID) -> FileResponse:
    """Give the file that one is to know."""
    file = actions.acquaintance_read(request.actor, line=uid)
    stream = Path(file.path).open("rb")  # noqa: SIM115 - the answer closes it
    answer = FileResponse(stream, as_attachment=True, filename=file.name, content_type=file.mime)
    answer["Cache-Control"] = "no-store"
    return answer


def _sheet(row: Acquaintance, _: object) -> object:
    return cells.link(row.document.title, reverse("documents:acquaintance", args=[row.uid]))


def _own(row: AcquaintanceLine, _: object) -> object:
    if row.signed_at:
        return cells.link(row.sheet.document.title, reverse("documents:acquaintance_read", args=[row.uid]))
    return cells.link(row.sheet.document.title, reverse("documents:acquaintance_sign", args=[row.uid]))


def _name(row: AcquaintanceLine, names: Any) -> object:
    return names[row.person_id].full if row.person_id in names else "Карта закрыта"


def _state(row: AcquaintanceLine, *, late: bool) -> object:
    if row.signed_at:
        return cells.tag("ознакомлен", "ok")
    return cells.tag("просрочено", "bad") if late else cells.tag("ждёт подписи", "info")


def _sheet_state(row: Any, on: dt.date) -> object:
    if row.signed >= row.people:
        return cells.tag("ознакомлены все", "ok")
    return cells.tag("просрочено", "bad") if row.due < on else cells.tag("идёт", "info")


urlpatterns = [
    path("acquaintance/", acquaintance_list, name="acquaintance_list"),
    path("acquaintance/mine/", acquaintance_mine, name="acquaintance_mine"),
    path("acquaintance/lines/<uuid:uid>/", acquaintance_sign, name="acquaintance_sign"),
    path("acquaintance/lines/<uuid:uid>/own/", acquaintance_sign_own, name="acquaintance_sign_own"),
    path("acquaintance/lines/<uuid:uid>/file/", acquaintance_read, name="acquaintance_read"),
    path("acquaintance/<uuid:uid>/", acquaintance, name="acquaintance"),
    path("acquaintance/<uuid:uid>/paper/", acquaintance_paper, name="acquaintance_paper"),
    path("acquaintance/<uuid:uid>/print/", acquaintance_print, name="acquaintance_print"),
    path("<uuid:uid>/acquaint/", acquaintance_open, name="acquaintance_open"),
]
