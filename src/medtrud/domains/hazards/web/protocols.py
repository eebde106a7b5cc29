"""Protocols of measurements, exceedances, and the trend of a factor at a workplace."""

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpResponse
from django.urls import path, reverse

from medtrud.domains.documents.public import paper_answer
from medtrud.engines.store.public import today
from medtrud.engines.ui.public import (
    Button,
    Chart,
    Column,
    Days,
    Request,
    Search,
    Series,
    Tab,
    attempt,
    cells,
    chart_json,
    done,
    form_page,
    listing,
    needs,
    page,
    plain,
)
from medtrud.kernel.text import sort_key
from medtrud.registries.organizations.public import organization_of, workplace_of, workplaces

from .. import actions
from ..models import FactorLevel, Protocol, ProtocolValue
from ..queries import levels_on
from ..queries.control import control_lines, instruments_of, levels, protocol_of, protocols, values_of
from ..queries.filed import list_document
from ..queries.places import rows_named
from ..rules.exposure_words import number
from ..rules.sout_law import shown
from ..types.dose import Measure, dose_kind
from .control_forms import LINES, ProtocolForm, WithdrawForm

MOST = 20


@needs("hazards.protocol_list")
def protocol_list(request: Request) -> HttpResponse:
    """Show the register of protocols."""
    actor = request.actor
    return listing(
        request,
        protocols(actor, employer=organization_of(actor).pk),
        title="Протоколы измерений",
        noun="протокол,протокола,протоколов",
        columns=(
            Column("number", "Протокол", _number, "number", "title", "name"),
            Column(
                "on", "Измерено", lambda row, _: cells.day(row.measured_on), "measured_on", "aside", "date"
            ),
            Column("laboratory", "Лаборатория", plain("laboratory")),
            Column("values", "Значений", lambda row, _: cells.number(row.values_count), width="number"),
            Column("over", "Превышений", lambda row, _: _over(row), width="number"),
            Column("state", "Состояние", lambda row, _: _state(row), role="state", width="state"),
        ),
        tabs=(
            Tab("counted", "Учитываются", Q(withdrawn_on__isnull=True, flaw="")),
            Tab("flawed", "Не учитываются", Q(withdrawn_on__isnull=True) & ~Q(flaw="")),
            Tab("withdrawn", "Отозваны", Q(withdrawn_on__isnull=False)),
        ),
        filters=(Days("on", "Измерено", "measured_on"),),
        search=Search("Номер протокола", lambda rows, text: rows.filter(number__icontains=text.strip())),
        order="-on",
        buttons=(
            Button("Внести протокол", reverse("hazards:protocol_record"), "plus"),
            Button("Загрузить из таблицы", reverse("exchange:import_upload", args=["protocols"]), "upload"),
            Button("Печать журнала", reverse("hazards:protocols_print"), "printer"),
        ),
        empty="Протоколов ещё нет. Внесите первый или загрузите таблицу лаборатории.",
    )


def _number(row: Protocol, _: object) -> object:
    return cells.link(f"№ {row.number}", reverse("hazards:protocol_show", args=[row.uid]))


def _over(row: Any) -> object:
    return cells.tag(row.exceeded_count, "warn") if row.exceeded_count else cells.number(0)


def _state(row: Protocol) -> object:
    if row.withdrawn_on:
        return cells.tag("отозван")
    return cells.tag("не учитывается", "bad") if row.flaw else cells.tag("учитывается", "ok")


@needs("hazards.protocol_show")
def protocol_show(request: Request, uid: UUID) -> HttpResponse:
    """Show a protocol: values, instruments, why it does not count."""
    actor = request.actor
    row = protocol_of(actor, uid)
    named = rows_named(today())
    return page(
        request,
        "hazards/protocol_show.html",
        title=f"Протокол № {row.number}",
        lead=f"измерено {row.measured_on:%d.%m.%Y}",
        row=row,
        values=[
            (each, named[each.code].short if each.code in named else "", _measured(each), _norm(each))
            for each in values_of(actor, row)
        ],
        instruments=list(instruments_of(actor, row)),
        may_withdraw=row.withdrawn_on is None and actor.may("hazards.protocol_withdraw"),
    )


@needs("hazards.protocol_record")
def protocol_record(request: Request) -> HttpResponse:
    """Take a protocol in by hand."""
    actor, on = request.actor, today()
    given = request.GET.get("lines", "")
    lines = min(int(given), MOST) if given.isdigit() else LINES
    places = list(workplaces(actor, employer=organization_of(actor).pk))
    form = ProtocolForm(request.POST or None, initial={"measured_on": on}, places=places, lines=lines)
    row = attempt(form, lambda _: actions.protocol_record(actor, protocol=form.protocol(), on=on))
    if row:
        text = "Протокол записан: уровни действуют со дня измерений."
        if row.flaw:
            text = f"Протокол записан, но не учитывается. {row.flaw}"
        return done(request, text, "hazards:protocol_show", row.uid, tone="info" if row.flaw else "ok")
    return form_page(
        request,
        form,
        title="Новый протокол",
        lead=f"Строк измерений: {lines}. Длинный протокол удобнее загрузить таблицей.",
        action="Записать протокол",
        back=reverse("hazards:protocol_list"),
    )


@needs("hazards.protocol_withdraw")
def protocol_withdraw(request: Request, uid: UUID) -> HttpResponse:
    """Withdraw a wrong protocol."""
    row = protocol_of(request.actor, uid)
    form = WithdrawForm(request.POST or None)

    def act(facts: dict[str, Any]) -> Protocol:
        return actions.protocol_withdraw(request.actor, protocol=uid, on=today(), why=facts["why"])

    back = reverse("hazards:protocol_show", args=[uid])
    if attempt(form, act):
        return done(request, "Протокол отозван: экспозиция пересчитывается.", back)
    lead = f"{row}: он останется в журнале, его уровни перестанут действовать."
    return form_page(request, form, title="Отозвать протокол", lead=lead, action="Отозвать", back=back)


@needs("hazards.exceedance_list")
def exceedance_list(request: Request) -> HttpResponse:
    """Show the levels above their norms: those that hold now first."""
    actor = request.actor
    named = rows_named(today())
    return listing(
        request,
        levels(actor, employer=organization_of(actor).pk).filter(exceeded=True),
        title="Превышения норм",
        noun="превышение,превышения,превышений",
        columns=(
            Column("place", "Рабочее место", _place, "workplace__title_key", "title", "name"),
            Column("factor", "Фактор", lambda row, _: _factor(row, named), "code"),
            Column("value", "Уровень за смену", lambda row, _: _value(row), width="number"),
            Column("norm", "Норма", lambda row, _: _norm(row), width="number"),
            Column("on", "Измерено", lambda row, _: cells.day(row.since), "since", "aside", "date"),
            Column("document", "Документ", plain("document")),
            Column("state", "Сейчас", lambda row, _: _holds(row), role="state", width="state"),
        ),
        tabs=(
            Tab("now", "Действуют", Q(newer=False)),
            Tab("past", "Сменились новым измерением", Q(newer=True)),
        ),
        search=Search(
            "Рабочее место", lambda rows, text: rows.filter(workplace__title_key__contains=sort_key(text))
        ),
        order="-on",
        empty="Превышений нет.",
    )


def _place(row: FactorLevel, _: object) -> object:
    return cells.link(str(row.workplace), reverse("hazards:level_show", args=[row.workplace.uid, row.code]))


def _factor(row: FactorLevel, named: Any) -> str:
    name = named[row.code].short if row.code in named else ""
    return f"{row.code} {row.substance or name}".strip()


def _value(row: FactorLevel) -> object:
    return cells.tag(f"{number(row.value, 2)} {row.unit}", "warn")


def _norm(row: FactorLevel | ProtocolValue) -> str:
    low = f"от {shown(row.norm_min)} " if row.norm_min is not None else ""
    return f"{low}до {shown(row.norm_max)}" if row.norm_max is not None else low or "—"


def _measured(row: ProtocolValue) -> str:
    more = f" ± {shown(row.uncertainty)}" if row.uncertainty else ""
    return f"{shown(row.value)} {row.unit}{more}"


def _holds(row: Any) -> object:
    return cells.tag("сменилось", "ok") if row.newer else cells.tag("действует", "bad")


@needs("hazards.level_show")
def level_show(request: Request, workplace: UUID, code: str) -> HttpResponse:
    """Show the levels of a factor at a workplace over time."""
    actor = request.actor
    place = workplace_of(actor, workplace)
    rows = list(levels_on(actor, workplace=place.pk, code=code))
    named = rows_named(today())
    return page(
        request,
        "hazards/level_show.html",
        title=f"{code} {named[code].short}" if code in named else code,
        lead=str(place),
        place=place,
        code=code,
        lines=control_lines(actor, employer=place.employer_id).filter(workplace=place, code=code),
        may_change=actor.may("hazards.control_line_set"),
        rows=[(row, f"{number(row.value, 2)} {row.unit}", _norm(row)) for row in rows],
    )


@needs("hazards.level_show")
def level_chart(request: Request, workplace: UUID, code: str) -> HttpResponse:
    """Answer the trend of a factor at a workplace."""
    place = workplace_of(request.actor, workplace)
    rows = levels_on(request.actor, workplace=place.pk, code=code).filter(withdrawn_at__isnull=True)
    found = list(rows.order_by("since", "pk"))
    series = [Series("Уровень за смену", tuple(round(row.value, 3) for row in found), "info")]
    if any(row.norm_max is not None for row in found):
        series.append(Series("Норма", tuple(row.norm_max for row in found), "bad", dashed=True))
    labels = tuple(f"{row.since:%d.%m.%Y}" for row in found)
    return chart_json(
        Chart(
            "line",
            labels,
            tuple(series),
            unit=found[0].unit if found else "",
            heading="Измерено",
            from_zero=dose_kind(code).measure is not Measure.NOISE,
        )
    )


@needs("hazards.protocols_print")
def protocols_print(request: Request) -> HttpResponse:
    """Print the register of protocols."""
    actor, on = request.actor, today()
    employer = organization_of(actor)
    rows = protocols(actor, employer=employer.pk).order_by("measured_on", "pk")
    data = {
        "employer": employer.name,
        "on": on,
        "protocols": [
            {
                "number": row.number, "measured_on": row.measured_on, "issued_on": row.issued_on,
                "laboratory": f"{row.laboratory} {row.accreditation}".strip(),
                "values": row.values_count,  # type: ignore[attr-defined]
                "exceeded": row.exceeded_count,  # type: ignore[attr-defined]
                "note": _note(row),
            }
            for row in rows
        ],
    }  # fmt: skip
    title = f"Журнал протоколов производственного контроля на {on:%d.%m.%Y}"
    paper = list_document("protocol_register", title, employer.pk, on)
    return paper_answer(
        actor, paper=paper, template="hazards/protocols.typ", form=data, name=f"protocols-{on}.pdf"
    )


def _note(row: Protocol) -> str:
    return f"отозван {row.withdrawn_on:%d.%m.%Y}: {row.withdrawn_why}" if row.withdrawn_on else row.flaw


urlpatterns = [
    path("protocols/", protocol_list, name="protocol_list"),
    path("protocols/print/", protocols_print, name="protocols_print"),
    path("protocols/record/", protocol_record, name="protocol_record"),
    path("protocols/<uuid:uid>/", protocol_show, name="protocol_show"),
    path("protocols/<uuid:uid>/withdraw/", protocol_withdraw, name="protocol_withdraw"),
    path("exceedances/", exceedance_list, name="exceedance_list"),
    path("levels/<uuid:workplace>/<str:code>/", level_show, name="level_show"),
    path("levels/<uuid:workplace>/<str:code>/chart/", level_chart, name="level_chart"),
]
