"""The programme of production control: what is due, its lines, the print."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpResponse
from django.urls import path, reverse

from medtrud.domains.documents.public import paper_answer
from medtrud.engines.store.public import today
from medtrud.engines.ui.public import (
    Button,
    Column,
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
    plain,
)
from medtrud.kernel.text import sort_key
from medtrud.registries.organizations.public import organization_of, workplace_of, workplaces

from .. import actions
from ..models import ControlLine
from ..queries.control import SOON, control_line_of, control_lines_due
from ..queries.filed import list_document
from ..queries.places import codes_in_use, rows_named
from ..types.control import ControlLineIn
from .control_forms import ControlLineForm


@needs("hazards.control_list")
def control_list(request: Request) -> HttpResponse:
    """Show what is measured where, when it was and when it is due."""
    actor, on = request.actor, today()
    employer = organization_of(actor).pk
    named = rows_named(on)
    return listing(
        request,
        control_lines_due(actor, employer=employer),
        title="Производственный контроль",
        noun="строка,строки,строк",
        columns=(
            Column("place", "Рабочее место", _place, "workplace__title_key", "title", "name"),
            Column("factor", "Фактор", lambda row, _: _factor(row, named), "code"),
            Column("method", "Методика", plain("method")),
            Column("period", "Раз в, мес.", plain("period_months"), width="number"),
            Column("last", "Измерено", lambda row, _: cells.day(row.last_on), "last_on", width="date"),
            Column("due", "Следующее до", lambda row, _: cells.day(row.due_on), "due_on", "aside", "date"),
            Column("state", "Срок", lambda row, _: _state(row, on), role="state", width="state"),
        ),
        tabs=(
            Tab("overdue", "Просрочено", Q(due_on__lt=on)),
            Tab("soon", "Скоро", Q(due_on__gte=on, due_on__lt=on + SOON)),
        ),
        filters=(
            Select(
                "code",
                "Все факторы",
                [
                    (code, f"{code} {named[code].short}" if code in named else code)
                    for code in codes_in_use(actor, employer=employer, on=on)
                ],
            ),
        ),
        search=Search(
            "Рабочее место", lambda rows, text: rows.filter(workplace__title_key__contains=sort_key(text))
        ),
        order="due",
        buttons=(
            Button("Внести протокол", reverse("hazards:protocol_record"), "plus"),
            Button("Протоколы", reverse("hazards:protocol_list"), "test-pipe"),
            Button("Превышения", reverse("hazards:exceedance_list"), "alert-triangle"),
            Button("Добавить строку", reverse("hazards:control_line_set"), "list"),
            Button(
                "Загрузить таблицу",
                reverse("exchange:import_upload", args=["control_lines"]),
                "file-spreadsheet",
            ),
            Button("Печать", reverse("hazards:control_print"), "printer"),
        ),
        empty="Программы ещё нет. Загрузите таблицу или добавьте строки: что, где и как часто измеряют.",
    )


def _place(row: ControlLine, _: object) -> object:
    url = reverse("hazards:level_show", args=[row.workplace.uid, row.code])
    return cells.link(str(row.workplace), url, note=row.workplace.division or "")


def _factor(row: ControlLine, named: Any) -> object:
    name = named[row.code].short if row.code in named else ""
    return f"{row.code} {row.substance or name}".strip()


def _state(row: Any, on: dt.date) -> object:
    if row.due_on < on:
        return cells.tag("просрочено", "bad")
    return cells.tag("скоро", "warn") if row.due_on < on + SOON else cells.tag("в срок", "ok")


@needs("hazards.control_line_set")
def control_line_set(request: Request, uid: UUID | None = None) -> HttpResponse:
    """Add a line to the programme or change one."""
    actor, on = request.actor, today()
    employer = organization_of(actor).pk
    known = control_line_of(actor, uid) if uid else None
    initial = {"since": on, "period_months": 12}
    if known:
        names = ("code", "substance", "method", "period_months", "basis")
        initial |= {name: getattr(known, name) for name in names} | {"workplace": str(known.workplace.uid)}
    form = ControlLineForm(
        request.POST or None, initial=initial, places=list(workplaces(actor, employer=employer))
    )

    def act(facts: dict[str, Any]) -> ControlLine:
        since = facts.pop("since")
        place = workplace_of(actor, UUID(facts.pop("workplace")))
        line = ControlLineIn(place.pk, **facts)
        return actions.control_line_set(actor, line=line, since=since, changes=uid)

    if attempt(form, act):
        return done(request, "Программа записана.", "hazards:control_list")
    return form_page(
        request,
        form,
        title="Строка программы" if known else "Новая строка программы",
        action="Записать",
        back=reverse("hazards:control_list"),
    )


@needs("hazards.control_line_end")
def control_line_end(request: Request, uid: UUID) -> HttpResponse:
    """Take a line out of the programme."""
    if request.method == "POST":
        actions.control_line_end(request.actor, line=uid, until=today())
        return done(request, "Строка исключена из программы.", "hazards:control_list")
    return control_list(request)


@needs("hazards.control_print")
def control_print(request: Request) -> HttpResponse:
    """Print the programme."""
    actor, on = request.actor, today()
    employer = organization_of(actor)
    named = rows_named(on)
    rows = control_lines_due(actor, employer=employer.pk).order_by("workplace__title_key", "code")
    data = {
        "employer": employer.name,
        "on": on,
        "lines": [
            {
                "place": str(row.workplace),
                "unit": str(row.workplace.division or ""),
                "factor": str(_factor(row, named)),
                "method": row.method,
                "period": row.period_months,
                "last": row.last_on,  # type: ignore[attr-defined]
                "due": row.due_on,  # type: ignore[attr-defined]
                "basis": row.basis,
            }
            for row in rows
        ],
    }
    title = f"Программа производственного контроля на {on:%d.%m.%Y}"
    paper = list_document("control_programme", title, employer.pk, on)
    return paper_answer(
        actor, paper=paper, template="hazards/control.typ", form=data, name=f"control-{on}.pdf"
    )


urlpatterns = [
    path("control/", control_list, name="control_list"),
    path("control/print/", control_print, name="control_print"),
    path("control/line/", control_line_set, name="control_line_set"),
    path("control/line/<uuid:uid>/", control_line_set, name="control_line_change"),
    path("control/line/<uuid:uid>/end/", control_line_end, name="control_line_end"),
]
