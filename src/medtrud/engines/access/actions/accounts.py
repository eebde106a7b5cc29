"""The life cycle of accounts and seats."""

import datetime as dt
from uuid import UUID

from django.db.models import Q

from medtrud.engines.access import drivers
from medtrud.engines.access.models import Account, RecoveryCode, Seat, Session, Token, Totp
from medtrud.engines.access.types import AccountBlocked, AccountOpened, SeatGiven
from medtrud.engines.background.public import publish
from medtrud.engines.journal.public import record
from medtrud.engines.store.public import action, find
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.errors import Refused

from ._passwords import password_check


@action
def account_open(
    actor: Actor,
    *,
    login: str,
    password: str = "",
    person: int | None = None,
    must_change: bool = False,
    at: dt.datetime | None = None,
) -> Account:
    """Open an account without a seat; a password follows the rules unless a job gives it."""
    name = login.strip().casefold()
    if Account.objects.unscoped("a login is unique everywhere").filter(login=name).exists():
        raise Refused(f"Имя для входа «{name}» занято. Выберите другое.")
    account = Account(login=name, person=person, must_change=must_change, opened_at=at, password_at=at)
    if password and actor.role is not Role.SYSTEM:
        password_check(password, account, on=_day(at))
    account.set_password(password or None)
    account.full_clean(exclude=["password"])
    account.save()
    publish(AccountOpened(account.uid, person))
    record(actor, "access.account_open", account, login=name, person=person)
    return account


@action
def seat_give(
    actor: Actor,
    *,
    account: Account,
    role: Role,
    since: dt.date,
    organization: int | None = None,
    region: str = "",
    until: dt.date | None = None,
) -> Seat:
    """Give an account a seat from a day on; nobody gives one to himself."""
    if actor.account == account.pk:
        raise Refused("Рабочее место себе не выдают. Попросите другого администратора безопасности.")
    if account.closed_at:
        raise Refused(f"Учётная запись «{account.login}» закрыта. Заведите новую.")
    seat = Seat(
        account=account, role=role, organization=organization, region=region, since=since, until=until
    )
    seat.full_clean()
    seat.save()
    publish(SeatGiven(account.uid, seat.uid, str(role), organization))
    record(
        actor, "access.seat_give", seat, account=account.login, role=str(role), organization=organization,
        region=region, since=since.isoformat(), until=until.isoformat() if until else None,
    )  # fmt: skip
    return seat


@action
def seat_take(actor: Actor, *, seat: UUID, on: dt.date) -> Seat:
    """End a seat on a day: the account loses it that day, and its tokens with it."""
    row = find(Seat, actor, seat)
    if row.until and row.until <= on:
        raise Refused(f"Рабочее место уже закончилось {row.until:%d.%m.%Y}.")
    row.until = max(on, row.since)
    row.save(update_fields=["until"])
    record(actor, "access.seat_take", row, account=row.account.login, role=row.role, until=on.isoformat())
    return row


@action
def seats_take(actor: Actor, *, person: int, organization: int, on: dt.date) -> int:
    """End the seats a person has at an organisation: he works there no more; return how many ended.

    Not journaled when there was nothing to end.
    """
    rows = Seat.objects.unscoped("whoever has left loses his seats, whoever is told of it")
    held = rows.filter(account__person=person, organization=organization).exclude(role=Role.WORKER)
    ended = list(
        held.filter(Q(until__isnull=True) | Q(until__gt=on)).select_related("account").order_by("pk")
    )
    for seat in ended:
        seat.until = max(on, seat.since)
        seat.save(update_fields=["until"])
        record(
            actor, "access.seats_take", seat, account=seat.account.login, role=seat.role,
            until=seat.until.isoformat(),
        )  # fmt: skip
    return len(ended)


@action
def account_block(actor: Actor, *, account: UUID, reason: str, at: dt.datetime) -> Account:
    """Close the door at once: sessions end, tokens stop; the account itself stays."""
    row = _locked(actor, account)
    if row.pk == actor.account:
        raise Refused("Себя не блокируют. Попросите другого администратора безопасности.")
    if not row.is_active:
        raise Refused(f"Учётная запись «{row.login}» уже заблокирована.")
    row.is_active, row.blocked_at, row.blocked_why = False, at, reason
    row.save(update_fields=["is_active", "blocked_at", "blocked_why"])
    _sessions_end(row)
    publish(AccountBlocked(row.uid, row.person))
    record(actor, "access.account_block", row, login=row.login, reason=reason)
    return row


@action
def account_unblock(actor: Actor, *, account: UUID) -> Account:
    """Open the door again."""
    row = _locked(actor, account)
    if row.closed_at:
        raise Refused(f"Учётная запись «{row.login}» закрыта навсегда. Заведите новую.")
    if row.is_active:
        raise Refused(f"Учётная запись «{row.login}» не заблокирована.")
    row.is_active, row.blocked_at, row.blocked_why = True, None, ""
    row.save(update_fields=["is_active", "blocked_at", "blocked_why"])
    record(actor, "access.account_unblock", row, login=row.login)
    return row


@action
def account_close(actor: Actor, *, account: UUID, reason: str, at: dt.datetime, on: dt.date) -> Account:
    """Close an account for ever: it is blocked, its seats end, its tokens are revoked; the row stays."""
    row = _locked(actor, account)
    if row.pk == actor.account:
        raise Refused("Свою учётную запись не закрывают. Попросите другого администратора безопасности.")
    if row.closed_at:
        raise Refused(f"Учётная запись «{row.login}» уже закрыта.")
    row.is_active, row.blocked_at, row.blocked_why, row.closed_at = False, at, reason, at
    row.save(update_fields=["is_active", "blocked_at", "blocked_why", "closed_at"])
    seats = Seat.objects.visible_to(actor).filter(account=row)
    open_seats = seats.filter(Q(until__isnull=True) | Q(until__gt=on))
    open_seats.filter(since__lte=on).update(until=on)
    for seat in open_seats.filter(since__gt=on):
        seat.until = seat.since
        seat.save(update_fields=["until"])
    Token.objects.visible_to(actor).filter(account=row, revoked_at__isnull=True).update(revoked_at=at)
    _sessions_end(row)
    publish(AccountBlocked(row.uid, row.person))
    record(actor, "access.account_close", row, login=row.login, reason=reason)
    return row


@action
def password_reset(actor: Actor, *, account: UUID, at: dt.datetime) -> str:
    """Give a password for one sign-in; it is shown once, and a new one must be chosen at once."""
    row = _locked(actor, account)
    if row.pk == actor.account:
        raise Refused("Свой пароль меняют в профиле, зная прежний. Откройте «Мой профиль».")
    once = drivers.password_once()
    row.set_password(once)
    row.must_change, row.password_at = True, at
    row.save(update_fields=["password", "must_change", "password_at"])
    _sessions_end(row)
    record(actor, "access.password_reset", row, login=row.login)
    return once


@action
def totp_reset(actor: Actor, *, account: UUID) -> None:
    """Remove a lost second factor; the owner enrols a new one."""
    row = _locked(actor, account)
    if row.pk == actor.account:
        raise Refused("Свой второй фактор отключают в профиле, зная пароль. Откройте «Мой профиль».")
    removed, _ = Totp.objects.unscoped("the factor of the account found above").filter(account=row).delete()
    RecoveryCode.objects.unscoped("the codes of the account found above").filter(account=row).delete()
    if not removed:
        raise Refused(f"У учётной записи «{row.login}» второй фактор не подключён.")
    _sessions_end(row)
    record(actor, "access.totp_reset", row, login=row.login)


def _locked(actor: Actor, account: UUID) -> Account:
    row = find(Account, actor, account)
    locked: Account = Account.objects.visible_to(actor).select_for_update(of=("self",)).get(pk=row.pk)
    return locked


def _sessions_end(account: Account) -> None:
    Session.objects.unscoped("the sessions of the account found above").filter(account=account.pk).delete()


def _day(at: dt.datetime | None) -> dt.date:
    return at.date() if at else dt.date.max - dt.timedelta(days=1)


@action
def account_admit(  # noqa: PLR0913 - an account and its first seat
    actor: Actor,
    *,
    login: str,
    role: Role,
    since: dt.date,
    at: dt.datetime,
    person: int | None = None,
    organization: int | None = None,
    region: str = "",
    until: dt.date | None = None,
) -> tuple[Account, str]:
    """Open an account with its first seat; return it with a password for one sign-in."""
    account, once = account_issue(actor, login=login, person=person, at=at)
    seat_give(
        actor, account=account, role=role, since=since, organization=organization, region=region, until=until
    )
    return account, once


@action
def account_issue(
    actor: Actor, *, login: str, at: dt.datetime, person: int | None = None
) -> tuple[Account, str]:
    """Open an account without a seat; return it with a password for one sign-in."""
    once = drivers.password_once()
    return account_open(actor, login=login, password=once, person=person, must_change=True, at=at), once
