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
from medtrud.kernel.errors import NotFound
from medtrud.registries.organizations.public import organization_of

from .. import drivers
from ..models import Registration
from ..queries.registers import line_of, lines, register
from ..types import Flow
from ..types.registers import COLUMNS, Line, RegisterForm, day

COUNTED = 1000  # further it is "more than"
TITLES = {
    Flow.INCOMING: "Журнал входящих документов",
    Flow.OUTGOING: "Журнал исходящих документов",
    Flow.INTERNAL: "Журнал внутренних документов",
}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@needs("documents.register_list")
def register_list(request: Request, flow: str) -> HttpResponse:
    """Show a register: the columns are those of the paper."""
    kind = _flow(flow)
    asked = request.GET.urlencode()
    tail = f"?{asked}" if asked else ""
    return listing(
        request,
        register(request.actor, kind).order_by(),
        title=TITLES[kind],
        noun="запись,записи,записей",
        columns=tuple(
            Shown(
                f"c{n}",
                one.title,
                _cell(one.read),
                "on" if n == 0 else "",
                "title" if n == 0 else "line",
            )
            for n, one in enumerate(COLUMNS[kind])
        ),
        filters=(Days("on", "Дата регистрации", "on"),),
        search=Search("Номер", lambda rows, text: rows.filter(index__istartswith=text.strip())),
        order="-c0",
        most=COUNTED,
        about=lambda rows: {row.pk: line_of(row) for row in rows},
        buttons=(
            *(
                Button(
                    TITLES[other].removeprefix("Журнал ").capitalize(),
                    reverse("documents:register_list", args=[other.value]),
                )
                for other in Flow
                if other is not kind
            ),
            Button("Печать", reverse("documents:register_print", args=[flow]) + tail, "printer"),
            Button("В Excel", reverse("documents:register_export", args=[flow]) + tail, "file-spreadsheet"),
        ),
        empty="В журнале записей нет: номер документу выдают на его странице.",
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
    path("registers/<slug:flow>/", register_list, name="register_list"),
    path("registers/<slug:flow>/pdf/", register_print, name="register_print"),
    path("registers/<slug:flow>/xlsx/", register_export, name="register_export"),
]
