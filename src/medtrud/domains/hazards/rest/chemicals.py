"""The register of substances for other systems."""

import datetime as dt
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Field, Router, Schema, Status

from medtrud.engines.store.public import today
from medtrud.engines.ui.public import Request, needs
from medtrud.registries.organizations.public import organization_of

from .. import actions
from ..models import Chemical
from ..queries.chemicals import chemical_of, chemicals, chemicals_unapproved, untrained
from ..types.chemicals import ChemicalIn, ChemicalState

router = Router(tags=["Химические вещества"])
LINE = r"^[^\x00]*$"
Line = Annotated[str, Field(max_length=300, pattern=LINE)]
Limit = Annotated[Decimal, Field(gt=0, max_digits=12, decimal_places=6)]


class ChemicalBody(Schema):
    name: Annotated[str, Field(min_length=1, max_length=300, pattern=LINE)]
    cas: Annotated[str, Field(max_length=12, pattern=LINE)] = ""
    pdk_max: Limit | None = Field(None, description="ПДК максимальная, мг/м³")
    pdk_ss: Limit | None = Field(None, description="ПДК среднесменная, мг/м³")
    pdk_basis: Line = ""
    hazard: Annotated[int, Field(ge=1, le=4)] | None = None
    letters: Annotated[str, Field(max_length=5, pattern=LINE)] = ""
    supplier: Line = ""
    training: Line = Field("", description="Обучение, без которого с веществом не работают")
    training_months: Annotated[int, Field(ge=1, le=120)] | None = None


class ChemicalRequest(ChemicalBody):
    purpose: Annotated[str, Field(min_length=1, max_length=300, pattern=LINE)]


class ChemicalOut(ChemicalBody):
    uid: UUID
    features: list[str]
    state: str
    valid_until: dt.date | None
    sheet_on: dt.date | None


class DecisionIn(Schema):
    state: Literal["approved", "refused", "withdrawn"]
    text: Annotated[str, Field(min_length=1, max_length=1000, pattern=LINE)]
    on: dt.date
    until: dt.date | None = None


class UseIn(Schema):
    workplace: UUID | None = None
    division: UUID | None = None
    amount: Annotated[str, Field(max_length=100, pattern=LINE)] = ""
    since: dt.date


class UseOut(Schema):
    uid: UUID
    since: dt.date
    until: dt.date | None


class UseEndIn(Schema):
    until: dt.date


class TrainIn(Schema):
    employments: Annotated[list[UUID], Field(min_length=1, max_length=500)]
    on: dt.date
    basis: Annotated[str, Field(max_length=200, pattern=LINE)] = ""


class CountOut(Schema):
    count: int


class UntrainedOut(Schema):
    employment: UUID
    chemical: UUID
    name: str


class FlagsOut(Schema):
    unapproved: list[ChemicalOut]
    untrained: list[UntrainedOut]


@router.get("/substances", response=list[ChemicalOut], url_name="chemical_list")
@needs("hazards.chemical_list")
def chemical_list(request: Request) -> list[Chemical]:
    """Реестр веществ своей организации."""
    return list(chemicals(request.actor, employer=organization_of(request.actor).pk))


@router.get("/substances/flags", response=FlagsOut, url_name="chemical_flags")
@needs("hazards.chemical_flags")
def chemical_flags(request: Request) -> dict[str, Any]:
    """С чем работают без разрешения и кто работает без обучения."""
    employer, on = organization_of(request.actor).pk, today()
    return {
        "unapproved": list(chemicals_unapproved(request.actor, employer=employer, on=on)),
        "untrained": untrained(request.actor, employer=employer, on=on),
    }


@router.get("/substances/{uuid:chemical}", response=ChemicalOut, url_name="chemical_show")
@needs("hazards.chemical_show")
def chemical_show(request: Request, chemical: UUID) -> Chemical:
    """Одно вещество."""
    return chemical_of(request.actor, chemical)


@router.post("/substances", response={201: ChemicalOut}, url_name="chemical_request")
@needs("hazards.chemical_request")
def chemical_request(request: Request, body: ChemicalRequest) -> Status[Chemical]:
    """Запросить вещество: до решения его не закупают."""
    facts = body.dict()
    purpose = facts.pop("purpose")
    made = actions.chemical_request(request.actor, chemical=ChemicalIn(**facts), purpose=purpose, on=today())
    return Status(201, made)


@router.put("/substances/{uuid:chemical}", response=ChemicalOut, url_name="chemical_change")
@needs("hazards.chemical_change")
def chemical_change(request: Request, chemical: UUID, body: ChemicalBody) -> Chemical:
    """Исправить паспорт вещества."""
    facts = ChemicalIn(**body.dict())
    return actions.chemical_change(request.actor, chemical=chemical, facts=facts, on=today())


@router.post("/substances/{uuid:chemical}/decision", response=ChemicalOut, url_name="chemical_decide")
@needs("hazards.chemical_decide")
def chemical_decide(request: Request, chemical: UUID, body: DecisionIn) -> Chemical:
    """Разрешить, отказать или снять разрешение."""
    facts = body.dict() | {"state": ChemicalState(body.state)}
    return actions.chemical_decide(request.actor, chemical=chemical, **facts)


@router.post("/substances/{uuid:chemical}/uses", response={201: UseOut}, url_name="chemical_use")
@needs("hazards.chemical_use")
def chemical_use(request: Request, chemical: UUID, body: UseIn) -> Status[Any]:
    """Записать, где работают с веществом."""
    return Status(201, actions.chemical_use(request.actor, chemical=chemical, **body.dict()))


@router.post("/substances/uses/{uuid:use}/end", response=UseOut, url_name="chemical_use_end")
@needs("hazards.chemical_use_end")
def chemical_use_end(request: Request, use: UUID, body: UseEndIn) -> Any:
    """Записать, что здесь с веществом больше не работают."""
    return actions.chemical_use_end(request.actor, use=use, until=body.until)


@router.post("/substances/{uuid:chemical}/trainings", response=CountOut, url_name="chemical_train")
@needs("hazards.chemical_train")
def chemical_train(request: Request, chemical: UUID, body: TrainIn) -> dict[str, int]:
    """Отметить обучение работников."""
    return {"count": actions.chemical_train(request.actor, chemical=chemical, **body.dict())}
