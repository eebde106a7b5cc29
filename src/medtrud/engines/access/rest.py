"""Accounts, seats and keys for other systems."""

import datetime as dt
from uuid import UUID

from ninja import Field, Router, Schema, Status

from medtrud.engines.store.public import find, keyset, now, today
from medtrud.engines.ui.public import Request, needs
from medtrud.kernel.actor import Role

from . import actions
from .models import Account, Seat, Token
from .queries import accounts, seats, seats_of, tokens

router = Router(tags=["Доступ"])


class SeatOut(Schema):
    uid: UUID
    role: str
    organization: int | None
    region: str
    since: dt.date
    until: dt.date | None


class MeOut(Schema):
    login: str
    role: str
    permissions: list[str]
    seats: list[SeatOut]


class AccountOut(Schema):
    uid: UUID
    login: str
    person: int | None
    is_active: bool
    must_change: bool
    blocked_why: str
    closed_at: dt.datetime | None


class AccountPage(Schema):
    items: list[AccountOut]
    next: str


class AccountIn(Schema):
    login: str = Field(min_length=1, max_length=150, pattern=r"^[^\x00-\x20]+$")
    person: int | None = Field(None, ge=1, le=2**63 - 1)


class AccountGiven(Schema):
    account: AccountOut
    password: str = Field(description="Пароль на один вход; больше не покажется")


class PasswordGiven(Schema):
    password: str = Field(description="Пароль на один вход; больше не покажется")


class ReasonIn(Schema):
    reason: str = Field(min_length=1, max_length=300)


class SeatIn(Schema):
    role: Role
    since: dt.date
    until: dt.date | None = None
    organization: int | None = Field(None, ge=1, le=2**63 - 1)
    region: str = Field("", max_length=2)


class TokenOut(Schema):
    uid: UUID
    title: str
    hint: str
    scopes: list[str]
    given_at: dt.datetime
    expires_at: dt.datetime
    used_at: dt.datetime | None
    revoked_at: dt.datetime | None


class TokenIn(Schema):
    title: str = Field(min_length=1, max_length=150)
    scopes: list[str] = Field(min_length=1)
    expires_at: dt.datetime


class TokenGiven(Schema):
    token: TokenOut
    secret: str = Field(description="Передаётся в заголовке Authorization: Bearer; больше не покажется")


@router.get("/me", response=MeOut, url_name="account_me")
@needs("access.account_me")
def account_me(request: Request) -> MeOut:
    """Кто обращается: учётная запись, рабочее место и его права."""
    actor = request.actor
    me = accounts(actor).get(pk=actor.account or 0)
    rows = [SeatOut.from_orm(seat) for seat in seats_of(me, today())]
    return MeOut(login=actor.name, role=actor.role, permissions=sorted(actor.permissions), seats=rows)


@router.get("/tokens", response=list[TokenOut], url_name="token_list")
@needs("access.token_list")
def token_list(request: Request) -> list[Token]:
    """Свои ключи программного доступа."""
    me = accounts(request.actor).get(pk=request.actor.account or 0)
    return list(tokens(request.actor, me)[:200])


@router.post("/tokens", response={201: TokenGiven}, url_name="token_give")
@needs("access.token_give")
def token_give(request: Request, token: TokenIn) -> Status[dict[str, object]]:
    """Выдать ключ своему рабочему месту; прав у него не больше, чем у обращающегося."""
    expires = token.expires_at if token.expires_at.tzinfo else token.expires_at.replace(tzinfo=dt.UTC)
    row, secret = actions.token_give(
        request.actor, title=token.title, scopes=token.scopes, expires_at=expires, at=now()
    )
    return Status(201, {"token": row, "secret": secret})


@router.post("/tokens/{uuid:token}/revoke", response=TokenOut, url_name="token_revoke")
@needs("access.token_revoke")
def token_revoke(request: Request, token: UUID) -> Token:
    """Отозвать ключ."""
    return actions.token_revoke(request.actor, token=token, at=now())


@router.get("/accounts", response=AccountPage, url_name="account_list")
@needs("access.account_list")
def account_list(request: Request, starts: str = "", after: str = "", size: int = 50) -> dict[str, object]:
    """Учётные записи в порядке имён для входа."""
    size = max(1, min(size, 200))
    page = keyset(accounts(request.actor, starts=starts), order=["login"], after=after, size=size)
    return {"items": page.rows, "next": page.next}


@router.post("/accounts", response={201: AccountGiven}, url_name="account_issue")
@needs("access.account_issue")
def account_issue(request: Request, account: AccountIn) -> Status[dict[str, object]]:
    """Завести учётную запись с паролем на один вход."""
    row, once = actions.account_issue(request.actor, login=account.login, person=account.person, at=now())
    return Status(201, {"account": row, "password": once})


@router.get("/accounts/{uuid:account}", response=AccountOut, url_name="account_card")
@needs("access.account_list")
def account_card(request: Request, account: UUID) -> Account:
    """Одна учётная запись."""
    return find(Account, request.actor, account)


@router.get("/accounts/{uuid:account}/seats", response=list[SeatOut], url_name="seat_list")
@needs("access.account_list")
def seat_list(request: Request, account: UUID) -> list[Seat]:
    """Рабочие места учётной записи."""
    return list(seats(request.actor, find(Account, request.actor, account))[:200])


@router.post("/accounts/{uuid:account}/seats", response={201: SeatOut}, url_name="seat_give")
@needs("access.seat_give")
def seat_give(request: Request, account: UUID, seat: SeatIn) -> Status[Seat]:
    """Выдать рабочее место с дня по день."""
    row = find(Account, request.actor, account)
    return Status(201, actions.seat_give(request.actor, account=row, **seat.dict()))


@router.post("/seats/{uuid:seat}/take", response=SeatOut, url_name="seat_take")
@needs("access.seat_take")
def seat_take(request: Request, seat: UUID) -> Seat:
    """Забрать рабочее место с сегодняшнего дня."""
    return actions.seat_take(request.actor, seat=seat, on=today())


@router.post("/accounts/{uuid:account}/block", response=AccountOut, url_name="account_block")
@needs("access.account_block")
def account_block(request: Request, account: UUID, why: ReasonIn) -> Account:
    """Заблокировать: сеансы и ключи перестают действовать сразу."""
    return actions.account_block(request.actor, account=account, reason=why.reason, at=now())


@router.post("/accounts/{uuid:account}/unblock", response=AccountOut, url_name="account_unblock")
@needs("access.account_unblock")
def account_unblock(request: Request, account: UUID) -> Account:
    """Снять блокировку."""
    return actions.account_unblock(request.actor, account=account)


@router.post("/accounts/{uuid:account}/password", response=PasswordGiven, url_name="password_reset")
@needs("access.password_reset")
def password_reset(request: Request, account: UUID) -> dict[str, str]:
    """Выдать пароль на один вход."""
    return {"password": actions.password_reset(request.actor, account=account, at=now())}
