"""Production control and exposure for other systems."""

import datetime as dt
from typing import Annotated, Any
from uuid import UUID

from ninja import Field, Query, Router, Schema, Status

from medtrud.engines.store.public import keyset, today
from medtrud.engines.ui.public import Request, needs
from medtrud.registries.organizations.public import organization_of, workplace_of

from .. import actions
from ..queries import exposure_of
from ..queries.control import control_line_of, control_lines_due, levels, protocol_of, protocols, values_of
from ..rules.exposure_figures import years_of
from ..types.control import ControlLineIn, InstrumentIn, ProtocolIn, ValueIn

router = Router(tags=["Производственный контроль и экспозиция"])
Line = Annotated[str, Field(max_length=300, pattern=r"^[^\x00]*$")]
Short = Annotated[str, Field(max_length=80, pattern=r"^[^\x00]*$")]


class ControlLineOut(Schema):
    uid: UUID
    workplace: UUID
    code: str
    substance: str
    method: str
    period_months: int
    basis: str
    since: dt.date
    until: dt.date | None


class ControlLineDue(ControlLineOut):
    last_on: dt.date | None
    due_on: dt.date
    overdue: bool


class ControlPage(Schema):
    rows: list[ControlLineDue]
    next: str


class ControlAsked(Schema):
    code: Annotated[str, Field(max_length=15, pattern=r"^[^\x00]*$")] = ""
    workplace: UUID | None = None
    overdue: bool | None = None
    after: Annotated[str, Field(max_length=1000)] = ""
    size: Annotated[int, Field(ge=1, le=500)] = 200


class ControlVersion(Schema):
    """What is measured how and how often, from a day on."""

    code: Annotated[str, Field(min_length=1, max_length=15, pattern=r"^[^\x00]*$")]
    period_months: Annotated[int, Field(ge=1, le=120)]
    since: dt.date
    substance: Line = ""
    method: Line = ""
    basis: Line = ""


class ControlLineBody(ControlVersion):
    workplace: UUID


class ControlEnd(Schema):
    until: dt.date


class ValueBody(Schema):
    workplace: UUID
    code: Annotated[str, Field(min_length=1, max_length=15, pattern=r"^[^\x00]*$")]
    value: float
    unit: Annotated[str, Field(max_length=20, pattern=r"^[^\x00]*$")]
    substance: Line = ""
    point: Annotated[str, Field(max_length=200, pattern=r"^[^\x00]*$")] = ""
    norm_min: float | None = None
    norm_max: float | None = None
    uncertainty: float | None = None
    hours: float | None = None
    category: Annotated[str, Field(max_length=5, pattern=r"^[^\x00]*$")] = ""
    shifts: Annotated[int, Field(ge=1, le=366)] | None = None


class InstrumentBody(Schema):
    title: Annotated[str, Field(max_length=200, pattern=r"^[^\x00]*$")]
    serial: Short = ""
    certificate: Annotated[str, Field(max_length=120, pattern=r"^[^\x00]*$")] = ""
    verified_until: dt.date | None = None


class ProtocolBody(Schema):
    number: Annotated[str, Field(min_length=1, max_length=80, pattern=r"^[^\x00]*$")]
    measured_on: dt.date
    issued_on: dt.date | None = None
    laboratory: Line
    accreditation: Annotated[str, Field(max_length=100, pattern=r"^[^\x00]*$")] = ""
    values: Annotated[list[ValueBody], Field(min_length=1, max_length=5000)]
    instruments: Annotated[list[InstrumentBody], Field(max_length=100)] = []


class ProtocolOut(Schema):
    uid: UUID
    number: str
    measured_on: dt.date
    laboratory: str
    flaw: str
    withdrawn_on: dt.date | None


class ValueOut(Schema):
    workplace: UUID
    code: str
    substance: str
    point: str
    value: float
    unit: str
    norm_max: float | None
    exceeded: bool


class ProtocolWhole(ProtocolOut):
    values: list[ValueOut]


class FigureOut(Schema):
    code: str
    title: str
    value: float | None
    unit: str
    formula: str
    steps: list[str]
    basis: str
    note: str


class StretchOut(Schema):
    since: dt.date
    until: dt.date
    job: str
    days: int
    off: int
    parallel: int
    sout_class: str
    value: float | None
    reduction: float
    document: str


class FactorExposureOut(Schema):
    code: str
    title: str
    measure: str
    figures: list[FigureOut]
    gaps: list[str]
    flags: list[str]
    stretches: list[StretchOut]


class CareerOut(Schema):
    person: UUID
    on: dt.date
    own: bool
    harmful_days: int
    harmful_years: float
    off_days: int
    gaps: list[str]
    factors: list[FactorExposureOut]


@router.get("/control", response=ControlPage, url_name="control_list")
@needs("hazards.control_list")
def control_list(request: Request, asked: Query[ControlAsked]) -> dict[str, Any]:
    """Программа производственного контроля: что измерено и к какому сроку измерить; `next` - продолжение."""
    rows: Any = control_lines_due(request.actor, employer=organization_of(request.actor).pk)
    if asked.code:
        rows = rows.filter(code=asked.code)
    if asked.workplace:
        rows = rows.filter(workplace__uid=asked.workplace)
    if asked.overdue is not None:
        rows = rows.filter(due_on__lt=today()) if asked.overdue else rows.filter(due_on__gte=today())
    page = keyset(rows, order=["due_on"], after=asked.after, size=asked.size)
    return {"rows": [_due(row) for row in page.rows], "next": page.next}


@router.post("/control", response={201: ControlLineOut}, url_name="control_line_set")
@needs("hazards.control_line_set")
def control_line_set(request: Request, body: ControlLineBody) -> Status[dict[str, Any]]:
    """Добавить строку программы."""
    return Status(201, _line_set(request, body, body.workplace))


@router.get("/control/{uuid:uid}", response=ControlLineOut, url_name="control_line")
@needs("hazards.control_list")
def control_line(request: Request, uid: UUID) -> dict[str, Any]:
    """Строка программы, и прошлая: какой она была и до какого дня действовала."""
    return _line(control_line_of(request.actor, uid))


@router.post("/control/{uuid:uid}/versions", response={201: ControlLineOut}, url_name="control_line_change")
@needs("hazards.control_line_set")
def control_line_change(request: Request, uid: UUID, body: ControlVersion) -> Status[dict[str, Any]]:
    """Заменить строку с дня новой; прежняя остаётся с последним днём."""
    return Status(201, _line_set(request, body, control_line_of(request.actor, uid).workplace.uid, uid))


@router.post("/control/{uuid:uid}/end", response={204: None}, url_name="control_line_end")
@needs("hazards.control_line_end")
def control_line_end(request: Request, uid: UUID, body: ControlEnd) -> Status[None]:
    """Исключить строку из программы с дня."""
    actions.control_line_end(request.actor, line=uid, until=body.until)
    return Status(204, None)


def _line_set(
    request: Request, body: ControlVersion, workplace: UUID, changes: UUID | None = None
) -> dict[str, Any]:
    actor, facts = request.actor, body.dict(exclude={"workplace", "since"})
    line = ControlLineIn(workplace_of(actor, workplace).pk, **facts)
    return _line(actions.control_line_set(actor, line=line, since=body.since, changes=changes))


def _line(row: Any) -> dict[str, Any]:
    names = ("uid", "code", "substance", "method", "period_months", "basis", "since", "until")
    return {name: getattr(row, name) for name in names} | {"workplace": row.workplace.uid}


def _due(row: Any) -> dict[str, Any]:
    return _line(row) | {"last_on": row.last_on, "due_on": row.due_on, "overdue": row.due_on < today()}


@router.get("/exceedances", response=list[ValueOut], url_name="exceedance_list")
@needs("hazards.exceedance_list")
def exceedance_list(request: Request) -> list[dict[str, Any]]:
    """Уровни выше нормы, которые действуют сейчас."""
    rows: Any = levels(request.actor, employer=organization_of(request.actor).pk)
    return [_value(row) | {"point": row.document} for row in rows.filter(exceeded=True, newer=False)]


@router.get("/protocols", response=list[ProtocolOut], url_name="protocol_list")
@needs("hazards.protocol_list")
def protocol_list(request: Request) -> list[Any]:
    """Журнал протоколов измерений."""
    return list(protocols(request.actor, employer=organization_of(request.actor).pk).order_by("measured_on"))


@router.post("/protocols", response=ProtocolWhole, url_name="protocol_record")
@needs("hazards.protocol_record")
def protocol_record(request: Request, protocol: ProtocolBody) -> dict[str, Any]:
    """Записать протокол: уровни действуют со дня измерений."""
    actor = request.actor
    facts = protocol.dict(exclude={"values", "instruments"})
    values = tuple(
        ValueIn(**(each.dict() | {"workplace": workplace_of(actor, each.workplace).pk}))
        for each in protocol.values
    )
    meters = tuple(InstrumentIn(**each.dict()) for each in protocol.instruments)
    said = ProtocolIn(**facts, values=values, instruments=meters)
    row = actions.protocol_record(actor, protocol=said, on=today())
    return _whole(request, row.uid)


@router.get("/protocols/{uuid:uid}", response=ProtocolWhole, url_name="protocol_show")
@needs("hazards.protocol_show")
def protocol_show(request: Request, uid: UUID) -> dict[str, Any]:
    """Протокол со значениями."""
    return _whole(request, uid)


@router.get("/exposure/{uuid:person}", response=CareerOut, url_name="exposure_show")
@needs("hazards.exposure_show")
def exposure_show(request: Request, person: UUID, on: dt.date | None = None) -> dict[str, Any]:
    """Экспозиция человека за стаж с выводом каждого показателя; работодателю - по своим рабочим местам."""
    told = exposure_of(request.actor, person, on=on or today())
    jobs = {job.id: job.title for job in told.jobs}
    return {
        "person": person,
        "on": told.on,
        "own": told.own,
        "harmful_days": told.total.sums.harmful,
        "harmful_years": round(years_of(told.total.sums.harmful), 4),
        "off_days": told.total.sums.off,
        "gaps": list(told.gaps),
        "factors": [
            {
                "code": each.code,
                "title": each.title,
                "measure": str(each.kind.measure),
                "figures": [_figure(figure) for figure in each.figures],
                "gaps": list(each.gaps),
                "flags": list(each.flags),
                "stretches": [
                    {name: getattr(part, name) for name in STRETCH}
                    | {
                        "job": jobs.get(part.job, ""),
                        "document": told.levels[part.level].document if part.level in told.levels else "",
                    }
                    for part in each.stretches
                ],
            }
            for each in told.factors
        ],
    }


STRETCH = ("since", "until", "days", "off", "parallel", "sout_class", "value", "reduction")


def _figure(figure: Any) -> dict[str, Any]:
    names = ("code", "title", "value", "unit", "formula", "basis", "note")
    return {name: getattr(figure, name) for name in names} | {"steps": list(figure.steps)}


def _whole(request: Request, uid: UUID) -> dict[str, Any]:
    row = protocol_of(request.actor, uid)
    names = ("uid", "number", "measured_on", "laboratory", "flaw", "withdrawn_on")
    values = [_value(each) | {"point": each.point} for each in values_of(request.actor, row)]
    return {name: getattr(row, name) for name in names} | {"values": values}


def _value(row: Any) -> dict[str, Any]:
    names = ("code", "substance", "value", "unit", "norm_max", "exceeded")
    return {name: getattr(row, name) for name in names} | {"workplace": row.workplace.uid}
