"""Factors and classes of workplaces for other systems."""

import datetime as dt
from typing import Annotated, Any
from uuid import UUID

from ninja import Field, Router, Schema

from medtrud.engines.store.public import today
from medtrud.engines.ui.public import Request, needs
from medtrud.registries.organizations.public import workplace_of

from .. import actions
from ..queries import classes_of, exposure_at, factors_of
from ..types import Exposure, FactorIn, annex_on

router = Router(tags=["Условия труда"])
LINE = r"^[^\x00]*$"
Line = Annotated[str, Field(max_length=300, pattern=LINE)]
Code = Annotated[str, Field(min_length=1, max_length=15, pattern=LINE)]
ClassCode = Annotated[str, Field(max_length=3, pattern=LINE)]


class FactorOut(Schema):
    code: str
    title: str
    substances: list[str]
    markers: str | None
    sout_class: str


class ExposureOut(Schema):
    workplace: UUID
    on: dt.date
    factors: list[FactorOut]
    sout_class: str


class FactorBody(Schema):
    code: Code
    substances: list[Line] = []
    markers: Annotated[str, Field(max_length=5, pattern=LINE)] | None = Field(
        None, description="Буквы А К Р Ф О; null — не известны, пустая строка — букв нет"
    )
    sout_class: ClassCode = ""


class FactorSet(FactorBody):
    since: dt.date
    basis: Line = ""


class ExposureIn(Schema):
    factors: list[FactorBody]
    sout_class: ClassCode = ""
    card_number: Annotated[str, Field(max_length=50, pattern=LINE)] = ""
    since: dt.date
    basis: Line = ""


class ClassIn(Schema):
    sout_class: Annotated[str, Field(min_length=1, max_length=3, pattern=LINE)]
    card_number: Annotated[str, Field(max_length=50, pattern=LINE)] = ""
    since: dt.date
    basis: Line = ""


class EndIn(Schema):
    since: dt.date
    basis: Line = ""


class FactorPeriod(Schema):
    code: str
    substances: list[str]
    markers: str | None
    sout_class: str
    since: dt.date
    until: dt.date | None
    basis: str


class ClassPeriod(Schema):
    sout_class: str
    card_number: str
    since: dt.date
    until: dt.date | None
    basis: str


class HistoryOut(Schema):
    factors: list[FactorPeriod]
    classes: list[ClassPeriod]


class AnnexRow(Schema):
    code: str
    title: str
    section: str
    markers: str
    assignable: bool


@router.get("/annex", response=list[AnnexRow], url_name="annex")
@needs("hazards.code_search")
def annex(request: Request, on: dt.date | None = None) -> list[AnnexRow]:
    """Перечень факторов и работ, который действует на день."""
    return [
        AnnexRow(
            code=row.code, title=row.name, section=row.section, markers=row.markers, assignable=row.assignable
        )
        for row in annex_on(on or today()).values()
    ]


@router.get("/workplaces/{uuid:workplace}", response=ExposureOut, url_name="workplace_show")
@needs("hazards.workplace_show")
def workplace_show(request: Request, workplace: UUID, on: dt.date | None = None) -> dict[str, Any]:
    """Факторы и класс рабочего места на день (по умолчанию сегодня)."""
    return _exposure(request, workplace, on or today())


@router.get("/workplaces/{uuid:workplace}/history", response=HistoryOut, url_name="workplace_history")
@needs("hazards.workplace_show")
def workplace_history(request: Request, workplace: UUID) -> dict[str, Any]:
    """Все факторы и классы рабочего места, и прошлые."""
    place = workplace_of(request.actor, workplace)
    return {
        "factors": list(factors_of(request.actor, workplace=place.pk)),
        "classes": list(classes_of(request.actor, workplace=place.pk)),
    }


@router.put("/workplaces/{uuid:workplace}", response=ExposureOut, url_name="factors_set")
@needs("hazards.factors_set")
def factors_set(request: Request, workplace: UUID, exposure: ExposureIn) -> dict[str, Any]:
    """Записать, что с даты у рабочего места ровно эти факторы и, если назван, этот класс."""
    facts = exposure.dict(exclude={"factors"})
    factors = [_factor(body) for body in exposure.factors]
    actions.factors_set(request.actor, workplace=workplace, factors=factors, **facts)
    return _exposure(request, workplace, exposure.since)


@router.post("/workplaces/{uuid:workplace}/factors", response=ExposureOut, url_name="factor_set")
@needs("hazards.factor_set")
def factor_set(request: Request, workplace: UUID, factor: FactorSet) -> dict[str, Any]:
    """Добавить или изменить один фактор с даты."""
    said = _factor(factor)
    actions.factor_set(
        request.actor, workplace=workplace, factor=said, since=factor.since, basis=factor.basis
    )
    return _exposure(request, workplace, factor.since)


@router.post("/workplaces/{uuid:workplace}/factors/{code}/end", response=ExposureOut, url_name="factor_end")
@needs("hazards.factor_end")
def factor_end(request: Request, workplace: UUID, code: str, end: EndIn) -> dict[str, Any]:
    """Снять фактор с даты."""
    actions.factor_end(request.actor, workplace=workplace, code=code, **end.dict())
    return _exposure(request, workplace, end.since)


@router.post("/workplaces/{uuid:workplace}/class", response=ExposureOut, url_name="class_set")
@needs("hazards.class_set")
def class_set(request: Request, workplace: UUID, conditions: ClassIn) -> dict[str, Any]:
    """Записать итоговый класс с даты."""
    actions.class_set(request.actor, workplace=workplace, **conditions.dict())
    return _exposure(request, workplace, conditions.since)


def _factor(body: FactorBody) -> FactorIn:
    return FactorIn(body.code, tuple(body.substances), body.markers, body.sout_class)


def _exposure(request: Request, workplace: UUID, on: dt.date) -> dict[str, Any]:
    place = workplace_of(request.actor, workplace)
    found = exposure_at(request.actor, [place.pk], on=on).get(place.pk, Exposure())
    return {"workplace": workplace, "on": on, "factors": list(found.factors), "sout_class": found.sout_class}
