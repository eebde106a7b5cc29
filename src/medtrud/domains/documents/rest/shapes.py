"""What the API of documents takes and answers."""

import datetime as dt
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from ninja import Field, Schema

Day = Annotated[dt.date, Field(ge=dt.date(2000, 1, 1), le=dt.date(2200, 1, 1))]
Size = Annotated[int, Field(ge=1, le=200)]
Line = Annotated[str, Field(max_length=300)]


class DocumentOut(Schema):
    uid: UUID
    kind: str
    kind_title: str
    flow: str
    title: str
    on: dt.date
    state: str
    number: str = Field(description="регистрационный номер, пусто – не зарегистрирован")
    party: str
    medical: bool
    received_at: dt.datetime | None
    received_number: str
    received_on: dt.date | None
    released_on: dt.date | None
    module: str
    about: UUID | None = Field(description="запись раздела, которую печатает документ")


class DocumentPage(Schema):
    items: list[DocumentOut]
    next: str


class FindIn(Schema):
    q: Line = Field(
        "", description="слова содержания в любой форме, номер наш или корреспондента, дата, ФИО работника"
    )
    kind: Line = ""
    flow: Line = ""
    state: Line = ""
    since: Day | None = None
    until: Day | None = None
    after: Annotated[str, Field(max_length=1000)] = ""
    size: Size = 50


class PeriodIn(Schema):
    since: Day | None = None
    until: Day | None = None
    after: Annotated[str, Field(max_length=1000)] = ""
    size: Size = 50


class AccountingOut(Schema):
    uid: UUID
    index: str = Field(description="регистрационный номер")
    on: dt.date
    kind: str
    title: str
    party: str
    amount: Decimal | None
    signature: str
    fact_on: dt.date
    due: dt.date = Field(description="передать до")
    handed_on: dt.date | None
    handed_by: str
    state: str = Field(description="waits, overdue, handed, late")
    version: str


class AccountingPage(Schema):
    items: list[AccountingOut]
    next: str


class RegisterLineOut(Schema):
    document: UUID
    index: str = Field(description="регистрационный номер")
    on: dt.date = Field(description="дата регистрации")
    late: bool = Field(description="зарегистрирован позже дня поступления или следующего рабочего")
    came: str = Field(description="когда и как поступил")
    party: str
    their_number: str
    their_day: dt.date | None
    kind: str
    title: str
    sheets: str
    orders: str
    performers: str
    due: str
    done: str
    sent: str
    case: str = Field(description="индекс дела, когда оно закрыто")


class RegisterPage(Schema):
    items: list[RegisterLineOut]
    next: str


class SignatureOut(Schema):
    uid: UUID
    verdict: str
    text: str
    kind: str = Field(description="bad, unknown, unqualified, qualified; unknown – нет данных")
    why: str = Field(description="почему подпись такого вида")
    mark: list[str] = Field(description="строки отметки об электронной подписи")
    checked_at: dt.datetime


class VersionOut(Schema):
    number: int
    sha256: str
    name: str
    mime: str
    size: int
    amount: Decimal | None = Field(description="сумма документа, рублей")
    reason: str
    made_at: dt.datetime
    signatures: list[SignatureOut]


class AskedOut(Schema):
    uid: UUID
    role: str
    order: int
    state: str
    reason: str
    mine: bool


class DocumentFullOut(DocumentOut):
    versions: list[VersionOut]
    requests: list[AskedOut]


class EnterIn(Schema):
    kind: str
    title: Annotated[str, Field(max_length=500)]
    on: Day
    flow: Literal["incoming", "outgoing", "internal"] | None = None
    party_name: Line = ""
    number: Annotated[str, Field(max_length=60)] = Field("", description="номер у корреспондента")
    dated: Day | None = Field(None, description="дата у корреспондента")
    came_at: dt.datetime | None = Field(None, description="когда поступил; нужен входящему")
    came_by: Annotated[str, Field(max_length=100)] = ""


class OnIn(Schema):
    on: Day | None = Field(None, description="день; без него – сегодня")


class RegisteredOut(Schema):
    index: str
    on: dt.date
    due: dt.date | None
    late: bool


class AskIn(Schema):
    signers: list[int] = Field(max_length=10, description="учётные записи по ролям вида, по порядку")


class ReasonIn(Schema):
    reason: Annotated[str, Field(min_length=1, max_length=500)]


class QueueOut(Schema):
    uid: UUID
    document: UUID
    title: str
    version: int = Field(description="какую версию подписать: /documents/{uid}/versions/{number}/file")
    role: str
    asked_at: dt.datetime
    sha256: str = Field(description="хэш подписываемого файла")


class RouteIn(Schema):
    route: UUID


class StepOut(Schema):
    uid: UUID
    document: UUID
    title: str
    deed: str
    order: int
    state: str
    due: dt.date | None
    late: bool
    text: str


class AnswerIn(Schema):
    agree: bool
    text: Annotated[str, Field(max_length=500)] = ""


class CheckOut(Schema):
    ok: bool | None
    text: str


class SignerOut(Schema):
    name: str
    organization: str
    serial: str
    algorithm: str
    text: str
    checks: list[CheckOut]


class VerdictOut(Schema):
    verdict: str
    good: bool
    text: str
    signers: list[SignerOut]
