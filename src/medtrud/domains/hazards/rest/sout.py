"""Cards of conditions and reports for other systems."""

import datetime as dt
from typing import Annotated, Any
from uuid import UUID

from ninja import Field, File, Form, Router, Schema, Status
from ninja.files import UploadedFile

from medtrud.engines.store.public import today
from medtrud.engines.ui.public import Request, needs

from .. import actions
from ..models import SoutCard
from ..queries import import_said, lines_of_card, sout_card_of, sout_cards, sout_import_of
from ..types.sout_card import CardIn, LineIn

router = Router(tags=["Карты СОУТ"])
LINE = r"^[^\x00]*$"
Line = Annotated[str, Field(max_length=300, pattern=LINE)]
Short = Annotated[str, Field(max_length=50, pattern=LINE)]
ClassCode = Annotated[str, Field(max_length=3, pattern=LINE)]
Count = Annotated[int, Field(ge=0, le=1_000_000)]
MOST = 500


class LevelBody(Schema):
    indicator: Annotated[
        str, Field(min_length=1, max_length=40, pattern=LINE, description="docs/sout-class.md")
    ]
    value: float | None = None
    unit: Annotated[str, Field(max_length=20, pattern=LINE)] = ""
    norm: float | None = None
    subject: Line = Field("", description="Вещество или источник")
    place: Line = ""
    share: Annotated[float, Field(ge=0, le=1)] | None = Field(None, description="Доля смены")
    category: Annotated[str, Field(max_length=5, pattern=LINE)] = ""
    sex: Annotated[str, Field(max_length=6, pattern=LINE)] = ""
    code: Annotated[str, Field(max_length=10, pattern=LINE)] = ""


class LineBody(Schema):
    factor: Annotated[str, Field(min_length=1, max_length=20, pattern=LINE)]
    stated: ClassCode = ""
    stated_ppe: ClassCode = ""
    levels: Annotated[list[LevelBody], Field(max_length=100)] = []


class CardBody(Schema):
    number: Annotated[str, Field(min_length=1, max_length=50, pattern=LINE)]
    position: Annotated[str, Field(min_length=1, max_length=300, pattern=LINE)]
    card_number: Short = ""
    unit: Annotated[list[Line], Field(max_length=10)] = Field(
        [], description="Путь подразделения сверху вниз"
    )
    profession: Annotated[str, Field(max_length=5, pattern=LINE)] = Field("", description="Код ОК 016-94")
    workers: Count = 0
    women: Count | None = None
    measured_on: dt.date | None = None
    stated: ClassCode = Field("", description="Итоговый класс по карте")
    stated_ppe: ClassCode = ""
    lines: Annotated[list[LineBody], Field(max_length=14)] = []
    approved_on: dt.date = Field(..., description="День утверждения отчёта")
    report_number: Annotated[str, Field(max_length=100, pattern=LINE)] = ""
    assessor: Line = ""


class LineOut(Schema):
    factor: str
    number: int
    stated: str
    stated_ppe: str
    derived: str
    differs: bool
    levels: list[dict[str, Any]]
    reasons: list[dict[str, Any]]


class CardShort(Schema):
    uid: UUID
    number: str
    position: str
    kind: str
    unit: str
    stated: str
    stated_ppe: str
    derived: str
    differs: bool
    since: dt.date
    until: dt.date | None
    version: int


class CardOut(CardShort):
    workplace: UUID
    card_number: str
    profession: str
    workers: int
    measured_on: dt.date | None
    guarantees: dict[str, Any]
    recommendations: list[str]
    derivation: dict[str, Any]
    lines: list[LineOut]


class UploadIn(Schema):
    whole: bool = Field(default=False, description="Прекратить карты мест, которых в отчёте нет")


class ImportOut(Schema):
    uid: UUID
    state: str
    message: str
    counts: dict[str, int]
    differences: list[dict[str, Any]]
    problems: list[dict[str, Any]]


@router.get("/cards", response=list[CardShort], url_name="sout_card_list")
@needs("hazards.sout_card_list")
def sout_card_list(
    request: Request, on: dt.date | None = None, *, differs: bool | None = None, after: str = ""
) -> list[SoutCard]:
    """Карты, действующие на день, по 500 в порядке номеров; after — номер последней полученной."""
    rows = sout_cards(request.actor, on=on or today())
    if differs is not None:
        rows = rows.filter(differs=differs)
    return list(rows.filter(number__gt=after).order_by("number", "pk")[:MOST])


@router.get("/cards/{uuid:uid}", response=CardOut, url_name="sout_card_show")
@needs("hazards.sout_card_show")
def sout_card_show(request: Request, uid: UUID) -> dict[str, Any]:
    """Карта со строками, выводом класса и гарантиями."""
    return _card(request, sout_card_of(request.actor, uid))


@router.post("/cards", response={201: CardOut}, url_name="sout_card_set")
@needs("hazards.sout_card_set")
def sout_card_set(request: Request, card: CardBody) -> Status[dict[str, Any]]:
    """Записать карту; прежняя карта рабочего места заканчивается в день утверждения."""
    facts = card.dict(include={"number", "position", "card_number", "profession", "workers", "women",
                               "measured_on", "stated", "stated_ppe"})  # fmt: skip
    lines = [
        LineIn(line.factor, line.stated, line.stated_ppe, tuple(_level(level) for level in line.levels))
        for line in card.lines
    ]
    said = CardIn(**facts, unit=" / ".join(card.unit), unit_path=tuple(card.unit), lines=lines)
    row = actions.sout_card_set(
        request.actor, card=said, approved_on=card.approved_on, number=card.report_number,
        assessor=card.assessor
    )  # fmt: skip
    return Status(201, _card(request, row))


def _level(level: LevelBody) -> dict[str, Any]:
    return {key: value for key, value in level.dict().items() if value not in (None, "")}


@router.post("/sout-imports", response={202: ImportOut}, url_name="sout_upload")
@needs("hazards.sout_upload")
def sout_upload(request: Request, file: File[UploadedFile], facts: Form[UploadIn]) -> Status[dict[str, Any]]:
    """Передать файл .suot или XML; он сверяется с действующими картами, ничего не записывая."""
    row = actions.sout_upload(request.actor, stream=file, name=file.name or "отчёт.xml", whole=facts.whole)
    return Status(202, _import(request, row.uid))


@router.get("/sout-imports/{uuid:uid}", response=ImportOut, url_name="sout_import_show")
@needs("hazards.sout_import_list")
def sout_import_show(request: Request, uid: UUID) -> dict[str, Any]:
    """Состояние файла: checking, checked, committing, committed, failed, undone."""
    return _import(request, uid)


@router.post("/sout-imports/{uuid:uid}/take", response={202: ImportOut}, url_name="sout_take")
@needs("hazards.sout_take")
def sout_take(request: Request, uid: UUID) -> Status[dict[str, Any]]:
    """Записать карты проверенного файла."""
    actions.sout_take(request.actor, uid=uid)
    return Status(202, _import(request, uid))


@router.post("/sout-imports/{uuid:uid}/undo", response=ImportOut, url_name="sout_take_back")
@needs("hazards.sout_take_back")
def sout_take_back(request: Request, uid: UUID) -> dict[str, Any]:
    """Отменить загрузку."""
    actions.sout_take_back(request.actor, uid=uid)
    return _import(request, uid)


def _card(request: Request, row: SoutCard) -> dict[str, Any]:
    facts = {name: getattr(row, name) for name in CardOut.model_fields if name not in ("workplace", "lines")}
    return facts | {"workplace": row.workplace.uid, "lines": lines_of_card(request.actor, row)}


def _import(request: Request, uid: UUID) -> dict[str, Any]:
    row = sout_import_of(request.actor, uid)
    said = import_said(row)
    return {
        "uid": row.uid, "state": row.state, "message": row.message, "counts": row.counts,
        "differences": said["differences"], "problems": said["problems"],
    }  # fmt: skip
