"""What the API of the archive takes and answers."""

import datetime as dt
from typing import Annotated, Literal
from uuid import UUID

from ninja import Field, Schema

from .shapes import Day, Line, Size

After = Annotated[str, Field(max_length=1000)]
Year = Annotated[int, Field(ge=2000, le=2100)]


class CaseOut(Schema):
    uid: UUID
    index: str
    title: str
    year: int
    number: int = Field(description="№ п/п в описи")
    volume: int = Field(description="том; 0 – дело из одного тома")
    inventory: UUID
    state: str = Field(description="closed, stopped, packed, kept, destroyed")
    state_title: str
    held: bool = Field(description="наложен запрет уничтожения")
    since: dt.date
    until: dt.date
    documents: int
    size: int
    term: str = Field(description="срок хранения словами; «нет данных» – срок не назначен")
    basis: str
    keep_until: dt.date | None
    sha256: str = Field(description="сумма контейнера; пусто – ещё не собран")
    accepted_on: dt.date | None
    destroyed_on: dt.date | None
    note: str


class CasePage(Schema):
    items: list[CaseOut]
    next: str


class CasesIn(Schema):
    q: Line = Field("", description="начало индекса или слово заголовка")
    year: Year | None = None
    state: Literal["", "closed", "stopped", "packed", "kept", "destroyed"] = ""
    due: bool = Field(
        default=False, description="только те, чей срок хранения истёк и которые ничто не держит"
    )
    inventory: UUID | None = None
    after: After = ""
    size: Size = 50


class CheckOut(Schema):
    code: str
    title: str
    ok: bool
    text: str
    at: dt.datetime


class HoldOut(Schema):
    since: dt.date
    reason: str
    author_name: str
    ended_on: dt.date | None
    ended_reason: str


class CopyOut(Schema):
    medium: UUID
    number: str
    sha256: str
    written_on: dt.date
    ended_on: dt.date | None


class CaseFullOut(CaseOut):
    checks: list[CheckOut]
    holds: list[HoldOut]
    copies: list[CopyOut]


class ItemOut(Schema):
    uid: UUID
    document: UUID
    case: UUID
    case_index: str
    year: int
    number: int = Field(description="№ п/п внутренней описи")
    index: str = Field(description="номер документа")
    title: str
    kind: str
    on: dt.date
    versions: int
    size: int
    person: str = Field(description="о ком; только в ответе на поиск по человеку")


class ItemPage(Schema):
    items: list[ItemOut]
    next: str


class ItemsIn(Schema):
    q: Line = Field("", description="слова содержания в любой форме, номер документа или индекс дела")
    person: Line = Field("", description="ФИО или СНИЛС; такой поиск записывается в журнал")
    kind: Line = ""
    case: UUID | None = None
    since: Day | None = None
    until: Day | None = None
    after: After = ""
    size: Size = 50


class TransferOut(Schema):
    uid: UUID
    inventory: UUID
    state: str = Field(description="checking, checked, offered, accepted, dropped")
    state_title: str
    giver_name: str
    receiver_name: str
    started_at: dt.datetime
    checked_at: dt.datetime | None
    accepted_on: dt.date | None
    act: UUID | None = Field(description="документ: акт приёма-передачи")


class FaultOut(CheckOut):
    case: UUID


class TransferFullOut(TransferOut):
    faults: list[FaultOut] = Field(description="что остановило дела")


class TransferIn(Schema):
    giver: int = Field(description="учётная запись того, кто сдаёт")
    receiver: int = Field(description="учётная запись того, кто принимает")


class InventoryOut(Schema):
    uid: UUID
    number: int
    year: int
    title: str
    closed_on: dt.date
    author_name: str
    sha256: str = Field(description="сумма пакета года; пусто – ещё не собран")


class InventoryPage(Schema):
    items: list[InventoryOut]
    next: str


class InventoryFullOut(InventoryOut):
    record: str = Field(description="итоговая запись цифрами и словами")
    cases: list[CaseOut]
    transfers: list[TransferOut]


class PageIn(Schema):
    after: After = ""
    size: Size = 50


class ReasonIn(Schema):
    reason: Annotated[str, Field(max_length=500)]


class IssueIn(Schema):
    kind: Literal["copy", "certificate"]
    asked_by: Line
    basis: Annotated[str, Field(max_length=500)]


class IssueOut(Schema):
    uid: UUID
    number: int
    year: int
    on: dt.date
    kind: str
    item: UUID
    title: str
    asked_by: str
    basis: str
    sealed: bool
    author_name: str


class IssuePage(Schema):
    items: list[IssueOut]
    next: str


class MediumOut(Schema):
    uid: UUID
    number: str
    kind: str
    serial: str
    place: str
    state: str
    state_title: str
    added_on: dt.date
    due_on: dt.date | None = Field(description="проверить до")
