"""Accounting documents: the register, handing over, packages of months, the copy of a year."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import FileResponse, HttpResponse
from django.urls import path, reverse

from medtrud.engines.background.public import job_start
from medtrud.engines.files.public import content_of
from medtrud.engines.paper.public import form_render
from medtrud.engines.store.public import today
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
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import NotFound
from medtrud.registries.organizations.public import organization_of

from .. import actions, drivers
from ..models import Document, MonthPackage
from ..queries import accounting, archive, document_of, versions_of
from ..types.accounting import REGISTER, AccountingLine, HandoverState, accounting_rules
from ..types.registers import RegisterForm
from ..types.storage import MediumState
from .accounting_forms import BackupForm, HandForm, PackForm
from .registers import XLSX, file_answer, period_of

TITLE = "Реестр бухгалтерских документов"
SORTED = {"Дата документа": "on"}
ROLES = {"Вид и содержание": "title", "Передать до": "aside"}
HIDDEN = "Состояние"
GONE = (MediumState.LOST, MediumState.DESTROYED)


@needs("documents.accounting_list")
def accounting_list(request: Request) -> HttpResponse:
    """Show the register: its columns are those of the paper."""
    actor, on = request.actor, today()
    tail = f"?{request.GET.urlencode()}" if request.GET else ""
    handed = accounting.handed_where(actor)
    return listing(
        request,
        accounting.accounting_documents(actor, on),
        title=TITLE,
        noun="документ,документа,документов",
        columns=(
            *(
                Column(
                    f"c{n}",
                    one.title,
                    _cell(one.read),
                    SORTED.get(one.title, ""),
                    ROLES.get(one.title, "line"),
                )
                for n, one in enumerate(REGISTER)
                if one.title != HIDDEN
            ),
            Column(
                "state", HIDDEN, lambda row, about: _state(about[row.pk].state), role="state", width="state"
            ),
            Column("act", "Действие", lambda row, about: _act(row, about[row.pk], actor), role=""),
        ),
        tabs=(
            Tab("waits", "Ждут передачи", ~handed),
            Tab("overdue", "Просрочены", accounting.overdue_where(actor, on)),
            Tab("handed", "Переданы", handed),
            Tab("late", "С опозданием", accounting.late_where(actor)),
        ),
        filters=(Days("on", "Дата документа", "on"),),
        order="-c1",
        about=lambda rows: accounting.accounting_lines(actor, rows, on),
        buttons=(
            Button("Печать", reverse("documents:accounting_print") + tail, "printer"),
            Button("В Excel", reverse("documents:accounting_export") + tail, "file-spreadsheet"),
            Button("Пакеты месяцев", reverse("documents:month_list"), "archive"),
        ),
        empty="Бухгалтерских документов нет. Акт, счёт или реестр заводят в разделе «Документы».",
    )


@needs("documents.accounting_list")
def accounting_print(request: Request) -> HttpResponse:
    """Print the register of a period."""
    form = _form(request)
    return file_answer(form_render("documents/register.typ", form), f"{TITLE}.pdf", "application/pdf")


@needs("documents.accounting_list")
def accounting_export(request: Request) -> HttpResponse:
    """Give the register of a period as a workbook."""
    return file_answer(drivers.register_write(_form(request)), f"{TITLE}.xlsx", XLSX)


def _form(request: Request) -> RegisterForm:
    since, until, period = period_of(request, "on")
    on = today()
    rows = accounting.accounting_documents(request.actor, on).order_by("on", "pk")
    rows = rows.filter(on__gte=since) if since else rows
    rows = rows.filter(on__lte=until) if until else rows
    lines = accounting.accounting_lines(request.actor, rows, on).values()
    return RegisterForm(
        title=TITLE,
        organization=str(organization_of(request.actor)),
        period=period,
        head=tuple(one.title for one in REGISTER),
        widths=tuple(one.width for one in REGISTER),
        rows=tuple(tuple(one.read(line) for one in REGISTER) for line in lines),
    )


def _cell(read: Callable[[AccountingLine], str]) -> Callable[[Document, dict[int, AccountingLine]], Any]:
    return lambda row, about: read(about[row.pk]) or cells.DASH


def _state(state: HandoverState) -> object:
    return cells.tag(state.title_ru, state.tone)


def _act(row: Document, line: AccountingLine, actor: Actor) -> object:
    if line.handed_on is None and actor.may("documents.document_hand"):
        return cells.link("передать", reverse("documents:document_hand", args=[row.uid]))
    return cells.link("открыть", reverse("documents:document", args=[row.uid]))


@needs("documents.document_hand")
def document_hand(request: Request, uid: UUID) -> HttpResponse:
    """Hand a document to accounting."""
    row, on = document_of(request.actor, uid), today()
    amount = versions_of(request.actor, row)[0].amount
    form = HandForm(request.POST or None, initial={"fact_on": row.on, "handed_on": on, "amount": amount})
    handed = attempt(form, lambda facts: actions.document_hand(request.actor, document=uid, **facts))
    if handed:
        late = f" с опозданием: срок был {handed.due:%d.%m.%Y}" if handed.late else " в срок"
        return done(request, f"Документ передан в бухгалтерию{late}.", "documents:accounting_list")
    rule = accounting_rules(row.on).get(row.kind)
    lead = row.title
    if rule:
        lead = f"{row.title}. Срок — рабочих дней после факта: {rule.working_days} ({rule.caution})"
    back = reverse("documents:accounting_list")
    return form_page(
        request,
        form,
        title="Передача в бухгалтерию",
        lead=lead,
        action="Передать и закрыть реквизиты",
        back=back,
    )


@needs("documents.accounting_list")
def month_list(request: Request) -> HttpResponse:
    """Show the packages of months and on which medium the copy of each year lies."""
    actor, on = request.actor, today()
    media, bare = accounting.backed_up(actor), accounting.years_without_backup(actor, on)
    buttons = []
    if actor.may("documents.month_pack"):
        buttons.append(Button("Собрать месяц", reverse("documents:month_pack"), "archive"))
    if actor.may("documents.accounting_backup"):
        buttons.append(Button("Записать год", reverse("documents:accounting_backup"), "device-floppy"))
    return listing(
        request,
        accounting.month_packages(actor).order_by(),
        template="documents/months.html",
        extra={"bare": bare},
        title="Пакеты бухгалтерских документов",
        noun="пакет,пакета,пакетов",
        columns=(
            Column("month", "Месяц", _month, "since", "title", "name"),
            Column("documents", "Документов", lambda row, _: row.documents, role="line"),
            Column("late", "С опозданием", lambda row, _: row.late or cells.DASH, role="line"),
            Column("sum", "Контрольная сумма", _sum, role="line"),
            Column("copy", "Годовая копия", lambda row, _: media.get(row.year) or cells.DASH, role="line"),
            Column("state", "Состояние", lambda row, _: _package(row), role="state", width="state"),
            Column("note", "Примечание", lambda row, _: cells.muted(row.note or "—"), role="line"),
        ),
        tabs=(Tab("stopped", "Остановлены", Q(vessel__isnull=True)),),
        order="-month",
        buttons=tuple(buttons),
        empty="Пакетов ещё нет: месяц собирается сам, когда кончится, если в нём передавали документы.",
    )


def _month(row: MonthPackage, _: object) -> object:
    if row.vessel_id is None:
        return f"{row.month:02}.{row.year}"
    return cells.link(f"{row.month:02}.{row.year}", reverse("documents:month_file", args=[row.uid]))


def _sum(row: MonthPackage, _: object) -> object:
    return cells.muted(f"{row.vessel.sha256[:16]}…") if row.vessel else cells.DASH


def _package(row: MonthPackage) -> object:
    return cells.tag("собран и доказан", "ok") if row.vessel_id else cells.tag("остановлен", "bad")


@needs("documents.accounting_list")
def month_file(request: Request, uid: UUID) -> FileResponse:
    """Give the container of a month."""
    row = accounting.month_package_of(request.actor, uid)
    if row.vessel is None:
        raise NotFound(f"{row}: пакет ещё не собран. Причина — в списке пакетов.")
    place = content_of(Actor.job("the package was shown to the seat"), row.vessel.file.uid)
    answer = FileResponse(
        place.open("rb"), as_attachment=True, filename=row.vessel.file.name, content_type="application/zip"
    )
    answer["Cache-Control"] = "no-store"
    return answer


@needs("documents.month_pack")
def month_pack(request: Request) -> HttpResponse:
    """Pack an ended month now instead of at night."""
    months = accounting.months_due(today(), organization_of(request.actor).pk)
    form = PackForm(
        [(f"{year}-{month:02}", f"{month:02}.{year}") for _, year, month in months], request.POST or None
    )
    started = attempt(form, lambda facts: _started(request, facts["month"]))
    if started:
        return done(request, "Пакет собирается.", "background:job_show", started.uid, tone="info")
    lead = "Ночью пакеты собираются сами." if months else "Все оконченные месяцы собраны."
    back = reverse("documents:month_list")
    return form_page(request, form, title="Пакет месяца", lead=lead, action="Собрать", back=back)


def _started(request: Request, month: str) -> Any:
    first = dt.date.fromisoformat(f"{month}-01")
    return job_start(
        request.actor,
        job="documents.accounting_month",
        title=f"Пакет бухгалтерских документов за {first:%m.%Y}",
        link=reverse("documents:month_list"),
        year=first.year,
        month=first.month,
    )


@needs("documents.accounting_backup")
def accounting_backup(request: Request) -> HttpResponse:
    """Write the copy of a year into the book of a medium."""
    actor, on = request.actor, today()
    years = sorted(
        set(accounting.month_packages(actor).filter(year__lt=on.year).values_list("year", flat=True))
    )
    media = archive.media(actor).exclude(state__in=GONE)
    form = BackupForm(years, [(str(row.uid), str(row)) for row in media[:200]], request.POST or None)
    kept = attempt(
        form,
        lambda facts: actions.accounting_backup(
            actor, medium=UUID(facts["medium"]), year=int(facts["year"]), on=on
        ),
    )
    if kept:
        return done(request, "Годовая копия записана в журнал носителя.", "documents:medium", kept.uid)
    back = reverse("documents:month_list")
    lead = "Скопируйте файлы пакетов года на носитель, затем отметьте запись."
    return form_page(request, form, title="Годовая копия", lead=lead, action="Отметить запись", back=back)


urlpatterns = [
    path("accounting/", accounting_list, name="accounting_list"),
    path("accounting/pdf/", accounting_print, name="accounting_print"),
    path("accounting/xlsx/", accounting_export, name="accounting_export"),
    path("accounting/backup/", accounting_backup, name="accounting_backup"),
    path("accounting/months/", month_list, name="month_list"),
    path("accounting/months/pack/", month_pack, name="month_pack"),
    path("accounting/months/<uuid:uid>/file/", month_file, name="month_file"),
    path("<uuid:uid>/accounting/", document_hand, name="document_hand"),
]
