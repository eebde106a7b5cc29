"""Models and forecasts for other systems."""

import datetime as dt
from typing import Any
from uuid import UUID

from ninja import Router, Schema

from medtrud.engines.store.public import today
from medtrud.engines.ui.public import Request, needs
from medtrud.registries.people.public import ids_of

from . import actions
from .kinds import model_of, models
from .models import Forecast
from .queries.forecasts import forecast_of, forecasts_of, history_of
from .rules import answer, listed

router = Router(tags=["Риски"])


class ModelOut(Schema):
    id: str
    title: str
    purpose: str
    status: str
    waits: str
    source: str
    edition: str
    range: str
    licence: str
    unit: str
    formula: str
    system: str
    level: str
    inputs: list[dict[str, Any]]


class ForecastOut(Schema):
    uid: UUID
    model: str
    edition: str
    variant: str
    fingerprint: str
    on: dt.date
    made_at: dt.datetime
    status: str
    value: Any
    figure: str
    interval: dict[str, Any]
    interval_text: str
    category: str
    system: str
    level: str
    inputs: list[dict[str, Any]]
    missing: list[dict[str, Any]]
    refused: dict[str, Any]
    flags: list[str]
    steps: list[str]
    plain: str


class ForecastsOut(Schema):
    person: UUID
    forecasts: list[ForecastOut]


class MadeOut(Schema):
    new: int


class AskIn(Schema):
    inputs: dict[str, Any]


@router.get("/models", response=list[ModelOut], url_name="model_list")
@needs("risk.model_list")
def model_list(request: Request) -> list[dict[str, Any]]:
    """Все модели: источник, издание, границы, лицензия, входы."""
    return [listed(model) for model in models().values()]


@router.post("/models/{code}/ask", url_name="model_ask")
@needs("risk.model_list")
def model_ask(request: Request, code: str, asked: AskIn) -> dict[str, Any]:
    """Ответ модели на входы; ничего не сохраняется. Отказ - объект с ключом error."""
    return answer(model_of(code), asked.inputs)


@router.get("/persons/{person}/forecasts", response=ForecastsOut, url_name="forecasts")
@needs("risk.forecasts_open")
def forecasts(request: Request, person: UUID) -> dict[str, Any]:
    """Последние прогнозы человека; обращение записывается в журнал."""
    card = actions.forecasts_open(request.actor, person=person)
    rows = forecasts_of(request.actor, ids_of(card.pk))
    return {"person": card.uid, "forecasts": [_out(row.row) for row in rows]}


@router.post("/persons/{person}/forecasts", response=MadeOut, url_name="forecasts_make")
@needs("risk.forecasts_make")
def forecasts_make(request: Request, person: UUID) -> dict[str, Any]:
    """Рассчитать прогнозы человека; строка пишется, только если что-то изменилось."""
    return {"new": actions.forecasts_make(request.actor, person=person, on=today())}


@router.get("/forecasts/{uid}/history", response=list[ForecastOut], url_name="forecast")
@needs("risk.forecasts_open")
def forecast(request: Request, uid: UUID) -> list[dict[str, Any]]:
    """Прогноз и его прежние версии, новые первыми; обращение записывается в журнал."""
    row = forecast_of(request.actor, uid)
    actions.forecasts_open(request.actor, person=row.person.uid)
    return [_out(each) for each in history_of(request.actor, row)[:100]]


def _out(row: Forecast) -> dict[str, Any]:
    plain = {field: getattr(row, field) for field in ForecastOut.model_fields if hasattr(row, field)}
    return {**plain, "interval": row.limits, "interval_text": row.limits_text}
