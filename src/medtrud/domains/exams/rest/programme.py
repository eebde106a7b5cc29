"""The programme of an examination: the contract of the command line over HTTP."""

from typing import Any, Literal

import orjson
from django.http import HttpResponse
from ninja import Field, Router, Schema
from ninja.errors import HttpError

from medtrud.engines.ui.public import Request, needs

from ..rules import answers

router = Router(tags=["Осмотры: объём"])
MOST = 5000


class FactorIn(Schema):
    code: str = Field(examples=["4.4"])
    substances: list[str] = []
    markers: str | None = Field(None, description="буквы: К, Ф, А, Р …; пусто – их нет")
    exposures: dict[str, bool] = {}


class EarlierIn(Schema):
    test: str
    date: str = Field(examples=["2025-09-01"])
    source: str = ""


class ProgrammeIn(Schema):
    """Работник, вид осмотра и день."""

    on: str = Field(examples=["2026-03-01"])
    kind: Literal["periodic", "preliminary", "extraordinary"]
    sex: Literal["male", "female"]
    birth_date: str = Field(examples=["1980-01-01"])
    factors: list[FactorIn]
    conditions_class: str | None = None
    harmful_since: str | None = None
    earlier: list[EarlierIn] = []


class WhyOut(Schema):
    act: str
    point: str
    factor: str | None
    text: str


class ReusedOut(Schema):
    date: str
    source: str


class LineOut(Schema):
    name: str
    reasons: list[WhyOut]
    reused: ReusedOut | None
    state: str
    condition: str


class CenterOut(Schema):
    required: bool
    due: str | None
    reasons: list[WhyOut]


class ContraOut(Schema):
    item: str
    name: str
    icd10: str
    reasons: list[WhyOut]


class WarningOut(Schema):
    code: str
    text: str
    factor: str


class ProgrammeOut(Schema):
    edition: str
    specialists: list[LineOut]
    tests: list[LineOut]
    periodicity_months: int | None
    periodicity_reasons: list[WhyOut]
    next_due: str | None
    center: CenterOut
    contraindications: list[ContraOut]
    markers: str
    warnings: list[WarningOut]


class ErrorOut(Schema):
    error: str


def _asked() -> dict[str, Any]:
    one = ProgrammeIn.model_json_schema(ref_template="#/components/schemas/{model}")
    parts = one.pop("$defs", {})
    for name in ("FactorIn", "EarlierIn"):
        _inline(one, name, parts[name])
    return {
        "required": True,
        "content": {
            "application/json": {
                "schema": {"anyOf": [one, {"type": "array", "items": one, "maxItems": MOST}]}
            }
        },
    }


def _inline(schema: dict[str, Any], name: str, part: dict[str, Any]) -> None:
    """Put a part where it is named: the description of a request stands alone."""
    for value in schema["properties"].values():
        if value.get("items", {}).get("$ref", "").endswith(f"/{name}"):
            value["items"] = part


@router.post(
    "/programme",
    response=ProgrammeOut | list[ProgrammeOut | ErrorOut],
    url_name="programme",
    openapi_extra={"requestBody": _asked()},
)
@needs("exams.programme")
def programme(request: Request) -> HttpResponse:
    """Вычислить объём осмотра с основаниями: для одного работника или для списка."""
    try:
        asked = orjson.loads(request.body)
    except orjson.JSONDecodeError:
        raise HttpError(400, "") from None
    if isinstance(asked, list) and len(asked) > MOST:
        raise HttpError(413, "")
    return HttpResponse(orjson.dumps(answers(asked)), content_type="application/json; charset=utf-8")
