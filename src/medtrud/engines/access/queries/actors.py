"""Who asks: an account on one of its seats, or a program with a token."""

import datetime as dt
from uuid import UUID

from django.db.models import Q

from medtrud.engines.access.drivers import plain_hash
from medtrud.engines.access.models import Account, Seat, Token
from medtrud.engines.access.types import Gate, Rule
from medtrud.kernel.actor import Actor, Role

from .desks import permissions_of
from .limits import limit_of
from .rows import totp_on


def account_by_login(login: str) -> Account | None:
    """Return the account of a login as it was typed."""
    rows = Account.objects.unscoped("the sign-in asks before it knows who")
    found: Account | None = rows.filter(login=login.strip().casefold()).first()
    return found


def account_by_uid(uid: UUID) -> Account | None:
    """Return the account that passed the first step of the sign-in."""
    found: Account | None = Account.objects.unscoped("the second step of the sign-in").filter(uid=uid).first()
    return found


def seats_of(account: Account, on: dt.date) -> list[Seat]:
    """Return the seats of an account on a day, in the order they were given."""
    rows = Seat.objects.unscoped("the seats of the account that asks").filter(account=account, since__lte=on)
    return list(rows.filter(Q(until__isnull=True) | Q(until__gt=on)).order_by("pk"))


def actor_of(account: Account, seat: str | None, *, on: dt.date, among: list[Seat] | None = None) -> Actor:
    """Return the account on the chosen seat, or on its first one, or on none."""
    mine = seats_of(account, on) if among is None else among
    chosen = next((row for row in mine if str(row.uid) == seat), mine[0] if mine else None)
    return _seated(account, chosen)


def gate_of(account: Account, actor: Actor, *, on: dt.date) -> Gate:
    """Tell what the account must do before it may work."""
    if account.must_change:
        return Gate.PASSWORD
    if limit_of(Rule.TOTP_REQUIRED, on, role=actor.role) and not totp_on(account):
        return Gate.TOTP
    return Gate.OPEN


def token_actor(secret: str, *, now: dt.datetime, on: dt.date) -> tuple[Token, Actor] | None:
    """Return the token and who acts by it: its seat with no more than its scopes."""
    rows = Token.objects.unscoped("a program shows its key before we know who it is")
    found: Token | None = (
        rows.select_related("account", "seat")
        .filter(secret_hash=plain_hash(secret), revoked_at__isnull=True, expires_at__gt=now)
        .filter(account__is_active=True, account__must_change=False, seat__since__lte=on)
        .filter(Q(seat__until__isnull=True) | Q(seat__until__gt=on))
        .first()
    )
    return (found, _seated(found.account, found.seat, found.scopes)) if found else None


def _seated(account: Account, seat: Seat | None, scopes: list[str] | None = None) -> Actor:
    role = Role(seat.role) if seat else Role.NOBODY
    permissions = permissions_of(role)
    return Actor(
        role=role,
        name=account.login,
        account=account.pk,
        seat=seat.pk if seat else None,
        person=account.person,
        organization=seat.organization if seat else None,
        region=seat.region if seat else "",
        permissions=permissions if scopes is None else permissions & frozenset(scopes),
    )
