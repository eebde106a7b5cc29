"""Protective equipment for other systems."""

import datetime as dt
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Field, Query, Router, Schema

from medtrud.engines.store.public import keyset, today
from medtrud.engines.ui.public import Request, needs
from medtrud.registries.organizations.public import employment_of, organization_of

from ..actions import ppe as actions
from ..models import PpeIssue, PpeItem, PpeMove, PpeNorm
from ..queries.ppe import (
    certificates_of,
    moves_of,
    norms_on,
    ppe_demand,
    ppe_held,
    ppe_issue_of,
    ppe_issues,
    ppe_item_of,
    ppe_items,
    ppe_jobs,
    ppe_lacking,
    ppe_lacks,
    ppe_norms,
    ppe_outdated,
)
from ..types.ppe import NewIssue, NewPpe, PpeMoveKind, PpeNeed

router = Router(tags=["Средства индивидуальной защиты"])
SIZE = 100
PLAIN = r"^[^\x00]*$"
Line = Annotated[str, Field(max_length=300, pattern=PLAIN)]
Name = Annotated[str, Field(min_length=1, max_length=300, pattern=PLAIN)]
Short = Annotated[str, Field(max_length=20, pattern=PLAIN)]
Cursor = Annotated[str, Field(max_length=1000)]
Day = Annotated[dt.date, Field(ge=dt.date(1950, 1, 1), lt=dt.date(2200, 1, 1))]
Amount = Annotated[Decimal, Field(gt=0, max_digits=10, decimal_places=2)]


class CertificateIn(Schema):
    number: Annotated[str, Field(min_length=1, max_length=100, pattern=PLAIN)]
    issuer: Line = ""
    since: dt.date
    until: dt.date = Field(description="Первый день без действия")


class CertificateOut(Schema):
    number: str
    issuer: str
    since: dt.date
    until: dt.date


class PpeItemIn(Schema):
    title: Name
    unit: Short = "шт."
    point: Annotated[str, Field(max_length=60, pattern=PLAIN)] = ""
    protection_class: Annotated[str, Field(max_length=100, pattern=PLAIN)] = ""
    codes: list[Annotated[str, Field(max_length=15, pattern=PLAIN)]] = Field([], max_length=50)
    reduction: float | None = Field(None, ge=0, le=1e6, description="Для шума дБ, для остального во сколько")
    price_kopecks: int | None = Field(None, ge=0, le=10**15)


class PpeItemOut(Schema):
    uid: UUID
    title: str
    unit: str
    point: str
    protection_class: str
    codes: list[str]
    reduction: float | None
    price_kopecks: int | None
    closed_on: dt.date | None
    certificates: list[CertificateOut]


class PpeItemsOut(Schema):
    rows: list[PpeItemOut]
    next: str


class NormIn(Schema):
    workplace: UUID
    item: UUID
    quantity: Amount
    months: int | None = Field(None, ge=1, le=600, description="Пусто: до износа")
    basis: Name
    since: dt.date


class NormOut(Schema):
    uid: UUID
    workplace: UUID
    item: UUID
    quantity: Decimal
    months: int | None
    basis: str
    since: dt.date
    until: dt.date | None


class NormsOut(Schema):
    rows: list[NormOut]
    next: str


class IssueIn(Schema):
    item: UUID
    quantity: Amount
    on: dt.date
    model: Annotated[str, Field(max_length=200, pattern=PLAIN)] = ""
    size: Short = ""


class MoveIn(Schema):
    kind: PpeMoveKind
    quantity: Amount
    on: dt.date
    note: Line = ""


class MoveOut(Schema):
    kind: str
    quantity: Decimal
    on: dt.date
    note: str


class IssueOut(Schema):
    uid: UUID
    item: UUID
    title: str
    certificate: str
    quantity: Decimal
    model: str
    size: str
    on: dt.date
    due: dt.date | None
    moves: list[MoveOut]


class CardOut(Schema):
    norms: list[NormOut]
    issues: list[IssueOut]


class DueOut(Schema):
    employment: UUID
    item: UUID
    title: str
    quantity: Decimal
    unit: str
    basis: str
    last: dt.date | None
    due: dt.date | None


class IssueRow(IssueOut):
    employment: UUID


class IssuesOut(Schema):
    rows: list[IssueRow]
    next: str


class IssuesAsked(Schema):
    state: Literal["", "held", "late"] = ""
    item: UUID | None = None
    employment: UUID | None = None
    since: Day | None = Field(None, description="выдано не раньше")
    last: Day | None = Field(None, description="выдано не позже")
    after: Cursor = ""
    size: Annotated[int, Field(ge=1, le=200)] = SIZE


class DuesOut(Schema):
    rows: list[DueOut]
    next: str


class DemandOut(Schema):
    item: str
    unit: str
    people: int
    quantity: Decimal
    price_kopecks: int | None
    cost_kopecks: int | None


@router.get("/ppe/items", response=PpeItemsOut, url_name="ppe_item_list")
@needs("safety.ppe_item_list")
def ppe_item_list(request: Request, after: str = "", closed: bool = False) -> dict[str, Any]:  # noqa: FBT001, FBT002 - a query argument
    """Каталог СИЗ с сертификатами; `next` - продолжение."""
    rows = ppe_items(request.actor, closed=closed).order_by().prefetch_related("certificates")
    found = keyset(rows, order=["title_key"], after=after, size=SIZE)
    return {"rows": [_item(row, list(row.certificates.all())) for row in found.rows], "next": found.next}


@router.post("/ppe/items", response=PpeItemOut, url_name="ppe_item_add")
@needs("safety.ppe_item_add")
def ppe_item_add(request: Request, body: PpeItemIn) -> dict[str, Any]:
    """Завести СИЗ."""
    item = NewPpe(**body.dict() | {"codes": tuple(body.codes)})
    return _item(actions.ppe_item_add(request.actor, item=item, on=today()), [])


@router.post("/ppe/items/{uid}/certificates", response=PpeItemOut, url_name="ppe_certificate_add")
@needs("safety.ppe_certificate_add")
def ppe_certificate_add(request: Request, uid: UUID, body: CertificateIn) -> dict[str, Any]:
    """Записать сертификат: без действующего СИЗ не выдаётся."""
    actions.ppe_certificate_add(request.actor, item=uid, **body.dict())
    row = ppe_item_of(request.actor, uid)
    return _item(row, list(certificates_of(request.actor, row)))


@router.get("/ppe/norms", response=NormsOut, url_name="ppe_norm_list")
@needs("safety.ppe_norm_list")
def ppe_norm_list(request: Request, after: str = "") -> dict[str, Any]:
    """Нормы выдачи, прошлые тоже; `next` - продолжение."""
    found = keyset(ppe_norms(request.actor).order_by(), order=["-since"], after=after, size=SIZE)
    return {"rows": [_norm(row) for row in found.rows], "next": found.next}


@router.post("/ppe/norms", response=NormOut, url_name="ppe_norm_set")
@needs("safety.ppe_norm_set")
def ppe_norm_set(request: Request, body: NormIn) -> dict[str, Any]:
    """Записать норму; прежняя норма этого СИЗ для рабочего места заканчивается."""
    return _norm(actions.ppe_norm_set(request.actor, **body.dict()))


@router.get("/ppe/cards/{employment}", response=CardOut, url_name="ppe_card")
@needs("safety.ppe_card")
def ppe_card(request: Request, employment: UUID) -> dict[str, Any]:
    """Личная карточка: что положено сегодня, что выдано и что с ним стало."""
    actor = request.actor
    job = employment_of(actor, employment)
    rows = list(ppe_issues(actor).filter(person=job.person_id))
    moves = moves_of(actor, [row.pk for row in rows])
    norms = norms_on(actor, job, today())
    return {
        "norms": [_norm(row) for row in norms],
        "issues": [_issue(row, moves.get(row.pk, [])) for row in rows],
    }


@router.post("/ppe/cards/{employment}/issues", response=IssueOut, url_name="ppe_issue")
@needs("safety.ppe_issue")
def ppe_issue(request: Request, employment: UUID, body: IssueIn) -> dict[str, Any]:
    """Выдать СИЗ."""
    return _issue(actions.ppe_issue(request.actor, issue=NewIssue(employment=employment, **body.dict())), [])


@router.get("/ppe/issues", response=IssuesOut, url_name="ppe_issue_list")
@needs("safety.ppe_issue_list")
def ppe_issue_list(request: Request, asked: Query[IssuesAsked]) -> dict[str, Any]:
    """Журнал выдачи, новые сначала: всё, что на руках или чей срок прошёл; `next` - продолжение."""
    actor = request.actor
    chosen = {
        "": lambda: ppe_issues(actor),
        "held": lambda: ppe_held(actor),
        "late": lambda: ppe_outdated(actor, on=today()),
    }
    paths = {"item": "item__uid", "employment": "employment__uid", "since": "on__gte", "last": "on__lte"}
    given = {path: value for name, path in paths.items() if (value := getattr(asked, name)) is not None}
    rows = chosen[asked.state]().filter(**given).select_related("employment").order_by()
    found = keyset(rows, order=["-on"], after=asked.after, size=asked.size)
    moves = moves_of(actor, [row.pk for row in found.rows])
    return {
        "rows": [
            _issue(row, moves.get(row.pk, [])) | {"employment": row.employment.uid} for row in found.rows
        ],
        "next": found.next,
    }


@router.post("/ppe/issues/{uid}/moves", response=IssueOut, url_name="ppe_move")
@needs("safety.ppe_move")
def ppe_move(request: Request, uid: UUID, body: MoveIn) -> dict[str, Any]:
    """Записать возврат, списание, стирку, ремонт, осмотр."""
    actions.ppe_move(request.actor, issue=uid, **body.dict())
    row = ppe_issue_of(request.actor, uid)
    return _issue(row, moves_of(request.actor, [row.pk])[row.pk])


@router.get("/ppe/due", response=DuesOut, url_name="ppe_due")
@needs("safety.ppe_due_list")
def ppe_due_list(request: Request, on: Day | None = None, after: Cursor = "") -> dict[str, Any]:
    """Кому что выдать или заменить на день, по работникам; `next` - продолжение."""
    actor, day = request.actor, on or today()
    employer = organization_of(actor).pk
    jobs = ppe_jobs(actor, employer=employer, on=day).filter(ppe_lacking(actor, on=day))
    found = keyset(jobs, order=["person__name_rank"], after=after, size=SIZE)
    rows = [
        {
            "employment": row.employment_uid,
            "item": row.item_uid,
            "title": row.item,
            **{name: getattr(row, name) for name in ("quantity", "unit", "basis", "last", "due")},
        }
        for row in ppe_lacks(actor, found.rows, employer=employer, on=day)
        if row.need is not PpeNeed.SOON
    ]
    return {"rows": rows, "next": found.next}


@router.get("/ppe/demand", response=list[DemandOut], url_name="ppe_demand")
@needs("safety.ppe_demand")
def demand(request: Request, since: Day, last: Day) -> list[Any]:
    """Потребность на период."""
    employer, until = organization_of(request.actor).pk, last + dt.timedelta(days=1)
    return list(ppe_demand(request.actor, employer=employer, since=since, until=until))


def _item(row: PpeItem, certificates: list[Any]) -> dict[str, Any]:
    named = (
        "uid", "title", "unit", "point", "protection_class", "codes", "reduction", "price_kopecks",
        "closed_on",
    )  # fmt: skip
    return {name: getattr(row, name) for name in named} | {"certificates": certificates}


def _norm(row: PpeNorm) -> dict[str, Any]:
    named = ("uid", "quantity", "months", "basis", "since", "until")
    return {name: getattr(row, name) for name in named} | {
        "workplace": row.workplace.uid,
        "item": row.item.uid,
    }


def _issue(row: PpeIssue, moves: list[PpeMove]) -> dict[str, Any]:
    named = ("uid", "quantity", "model", "size", "on", "due")
    return {name: getattr(row, name) for name in named} | {
        "item": row.item.uid,
        "title": row.item.title,
        "certificate": row.certificate.number,
        "moves": moves,
    }
