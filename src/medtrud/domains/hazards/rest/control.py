"""Production control and exposure for other systems."""

import datetime as dt
from typing import Annotated, Any
from uuid import UUID

from ninja import Field, Router, Schema

from medtrud.engines.store.public import today
from medtrud.engines.ui.public import Request, needs
from medtrud.registries.organizations.public import organization_of, workplace_of

from .. import actions
from ..queries import exposure_of
from ..queries.control import control_lines_due, levels, protocol_of, protocols, values_of
from ..rules.exposure_figures import years_of
from ..types.control import InstrumentIn, ProtocolIn, ValueIn

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
    last_on: dt.date | None
    due_on: dt.date
    overdue: bool


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


@router.get("/control", response=list[ControlLineOut], url_name="control_list")
@needs("hazards.control_list")
def control_list(request: Request) -> list[dict[str, Any]]:
    """Программа производственного контроля: что измерено и к какому сроку измерить."""
    rows: Any = control_lines_due(request.actor, employer=organization_of(request.actor).pk)
    names = ("uid", "code", "substance", "method", "period_months", "last_on", "due_on")
    return [
        {name: getattr(row, name) for name in names}
        | {"workplace": row.workplace.uid, "overdue": row.due_on < today()}
        for row in rows.order_by("due_on", "pk")
    ]


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
