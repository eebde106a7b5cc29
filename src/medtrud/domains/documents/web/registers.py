"""Registers of incoming, outgoing and internal documents: on the screen, on paper, as a workbook."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.urls import path, reverse
from django.utils.http import content_disposition_header

from medtrud.engines.paper.public import form_render
from medtrud.engines.store.public import today
from medtrud.engines.ui.public import Button, Days, Request, Search, cells, listing, needs
from medtrud.engines.ui.public import Column as Shown
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import NotFound
from medtrud.registries.organizations.public import organization_of

from .. import drivers
from ..models import Registration
from ..queries.registers import line_of, lines, register, registered_found
from ..types import Flow
from ..types.registers import COLUMNS, Line, RegisterForm, day

COUNTED = 1000  # further it is "more than"
TITLES = {
    Flow.INCOMING: "Журнал входящих документов",
    Flow.OUTGOING: "Журнал исходящих документов",
    Flow.INTERNAL: "Журнал внутренних документов",
}
ROLES = {"Содержание": "title", "№": "aside"}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@needs("documents.register_list")
def register_list(request: Request, flow: str = Flow.INCOMING.value) -> HttpResponse:
    """Show a register: the columns are those of the paper."""
    kind, actor = _flow(flow), request.actor
    asked = request.GET.urlencode()
    tail = f"?{asked}" if asked else ""
    return listing(
        request,
        register(actor, kind).order_by(),
        template="documents/registers.html",
        extra={"flows": [(one.value, one.many, one is kind) for one in Flow]},
        title=TITLES[kind],
        noun="запись,записи,записей",
        columns=tuple(
            Shown(
                f"c{n}",
                one.head,
                _linked if n == 0 else _cell(one.read),
                "on" if n == 0 else "",
                ROLES.get(one.head, "line"),
            )
            for n, one in enumerate(COLUMNS[kind])
        ),
        filters=(Days("on", "Дата регистрации", "on"),),
        search=Search("Номер или слова", lambda rows, text: registered_found(actor, rows, text)),
        order="-c0",
        most=COUNTED,
        about=lambda rows: {row.pk: line_of(row) for row in rows},
        buttons=_buttons(actor, flow, tail),
        empty="В журнале записей нет: номер документу выдают на его странице.",
    )


def _buttons(actor: Actor, flow: str, tail: str) -> tuple[Button, ...]:
    asked = (
        ("documents.document_create", "Новый документ", "documents:document_create", (), "file-plus"),
        ("documents.register_print", "Печать", "documents:register_print", (flow,), "printer"),
        ("documents.register_print", "В Excel", "documents:register_export", (flow,), "file-spreadsheet"),
        ("documents.scheme_list", "Схемы номеров", "documents:scheme_list", (), "settings"),
    )
    return tuple(
        Button(title, reverse(name, args=args) + (tail if args else ""), icon)
        for permission, title, name, args, icon in asked
        if actor.may(permission)
    )


@needs("documents.register_print")
def register_print(request: Request, flow: str) -> HttpResponse:
    """Print a register of a period."""
    form = _form(request, _flow(flow))
    return file_answer(form_render("documents/register.typ", form), f"{form.title}.pdf", "application/pdf")


@needs("documents.register_print")
def register_export(request: Request, flow: str) -> HttpResponse:
    """Give a register of a period as a workbook."""
    form = _form(request, _flow(flow))
    return file_answer(drivers.register_write(form), f"{form.title}.xlsx", XLSX)


def _form(request: Request, flow: Flow) -> RegisterForm:
    since, until, period = period_of(request, "on")
    columns = COLUMNS[flow]
    found: list[Line] = lines(register(request.actor, flow, since=since, until=until))
    return RegisterForm(
        title=TITLES[flow],
        organization=str(organization_of(request.actor)),
        period=period,
        head=tuple(one.title for one in columns),
        widths=tuple(one.width for one in columns),
        rows=tuple(tuple(one.read(line) for one in columns) for line in found),
    )


def period_of(request: Request, code: str) -> tuple[dt.date | None, dt.date | None, str]:
    """Return the days of a filter of the screen, and how they are said on paper."""
    since, until = _day(request, f"{code}_from"), _day(request, f"{code}_to")
    return since, until, f"с {day(since) or 'начала'} по {day(until or today())}"


def _cell(read: Callable[[Line], str]) -> Callable[[Registration, dict[int, Line]], Any]:
    return lambda row, about: read(about[row.pk]) or cells.DASH


def _linked(row: Registration, about: dict[int, Line]) -> Any:
    return cells.link(about[row.pk].index, reverse("documents:document", args=[row.document.uid]))


def _flow(text: str) -> Flow:
    try:
        return Flow(text)
    except ValueError:
        raise NotFound("Такого журнала нет. Бывают входящие, исходящие и внутренние документы.") from None


def _day(request: Request, name: str) -> dt.date | None:
    try:
        return dt.datetime.strptime(request.GET.get(name, ""), "%d.%m.%Y").date()  # noqa: DTZ007 - a day
    except ValueError:
        return None


def file_answer(content: bytes, name: str, mime: str) -> HttpResponse:
    """Offer a file; nothing of it stays in caches on the way."""
    answer = HttpResponse(content, content_type=mime)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    answer["Cache-Control"] = "no-store"
    return answer


urlpatterns = [
    path("registers/", register_list, name="registers"),
    path("registers/<slug:flow>/", register_list, name="register_list"),
    path("registers/<slug:flow>/pdf/", register_print, name="register_print"),
    path("registers/<slug:flow>/xlsx/", register_export, name="register_export"),
]
