"""The way in and out."""

import datetime as dt
from dataclasses import replace
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db.models import QuerySet

from medtrud.engines.access import drivers
from medtrud.engines.access.models import Account, Guess, RecoveryCode, Seat, Totp
from medtrud.engines.access.queries import account_by_login, account_by_uid, limits_of, seats_of, totp_on
from medtrud.engines.access.rules import pause
from medtrud.engines.access.types import Gate, Rule, SignIn, SignInPaused
from medtrud.engines.background.public import publish
from medtrud.engines.journal.public import record, record_refusal
from medtrud.engines.store.public import action
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import NotFound

LIMITS = [Rule.LOGIN_FAILURES, Rule.ADDRESS_FAILURES, Rule.PAUSE_FIRST, Rule.PAUSE_LAST, Rule.FORGET]


@action
def sign_in(actor: Actor, *, login: str, password: str, address: str, at: dt.datetime) -> SignIn:
    """Check a password. The outcome is returned, never raised: a failure must be committed to count.

    An unknown login costs as much time, counts the same and gets the same answer as a wrong password.
    """
    guesses = _guesses([("login", login.strip().casefold()[:150]), ("address", address)], at)
    if wait := _wait(guesses, at):
        return SignIn(Gate.PAUSED, wait=wait)
    account = account_by_login(login)
    if account is None:
        make_password(password)
    if account is None or not account.check_password(password):
        return _failed(actor, guesses, account, at, what="password")
    if not account.is_active:
        record_refusal(_self(actor, account), "access.sign_in", account, what="blocked", address=address)
        return SignIn(Gate.BLOCKED)
    if totp_on(account):
        return SignIn(Gate.CODE, account.uid)
    return _entered(actor, guesses, account, at, address)


@action
def sign_in_second(actor: Actor, *, account: UUID, code: str, address: str, at: dt.datetime) -> SignIn:
    """Check a one-time or a recovery code of an account whose password was right a moment ago."""
    guesses = _guesses([("code", str(account)), ("address", address)], at)
    if wait := _wait(guesses, at):
        return SignIn(Gate.PAUSED, account, wait)
    row = account_by_uid(account)
    if row is None or not row.is_active:
        return SignIn(Gate.BLOCKED)
    how = code_used(row, code, at)
    if not how:
        return replace(_failed(actor, guesses, row, at, what="code"), account=account)
    return _entered(actor, guesses, row, at, address, second=how)


@action
def sign_in_proved(actor: Actor, *, account: UUID | None, why: str, address: str, at: dt.datetime) -> SignIn:
    """Let in whoever proved himself to a module above; without an account the proof failed."""
    guesses = _guesses([("proof", address), ("address", address)], at)
    if wait := _wait(guesses, at):
        return SignIn(Gate.PAUSED, wait=wait)
    row = account_by_uid(account) if account else None
    if row is None:
        return _failed(actor, guesses, None, at, what=why)
    if not row.is_active:
        record_refusal(_self(actor, row), "access.sign_in", row, what="blocked", address=address)
        return SignIn(Gate.BLOCKED)
    return _entered(actor, guesses, row, at, address, second=why)


@action
def sign_out(actor: Actor) -> None:
    """Note that the owner left; the edge ends the session."""
    row = Account.objects.visible_to(actor).get(pk=actor.account)
    record(actor, "access.sign_out", row)


@action
def seat_choose(actor: Actor, *, seat: UUID, on: dt.date) -> Seat:
    """Sit down on another of the own seats; the edge remembers it in the session."""
    account = Account.objects.visible_to(actor).get(pk=actor.account)
    row = next((one for one in seats_of(account, on) if one.uid == seat), None)
    if row is None:
        raise NotFound("Такого рабочего места у вас нет или его срок закончился. Выберите другое в списке.")
    record(actor, "access.seat_choose", row, role=row.role, organization=row.organization)
    return row


def code_used(account: Account, code: str, at: dt.datetime) -> str:
    """Use up a one-time or a recovery code; return which it was, or nothing."""
    typed = drivers.typed(code)
    rows = Totp.objects.unscoped("the second step").filter(account=account, confirmed_at__isnull=False)
    totp: Totp | None = rows.select_for_update(of=("self",)).first()
    if totp is None:
        return ""
    secret = drivers.unseal(totp.secret, str(account.uid))
    step = drivers.totp_step(secret, typed, at, after=totp.last_step)
    if step is not None:
        totp.last_step = step
        totp.save(update_fields=["last_step"])
        return "totp"
    spent = RecoveryCode.objects.unscoped("the second step").filter(
        account=account, code_hash=drivers.keyed_hash(typed), used_at__isnull=True
    )
    return "recovery" if spent.update(used_at=at) else ""


def _guesses(keys: list[tuple[str, str]], at: dt.datetime) -> list[Guess]:
    rows = Guess.objects.unscoped("the door counts before it knows who")
    rows.bulk_create(
        [Guess(kind=kind, value=value, last_at=at) for kind, value in keys], ignore_conflicts=True
    )
    return [_locked(rows, kind, value) for kind, value in sorted(keys)]


def _locked(rows: QuerySet[Guess], kind: str, value: str) -> Guess:
    return rows.select_for_update(of=("self",)).get(kind=kind, value=value)


def _wait(guesses: list[Guess], at: dt.datetime) -> dt.timedelta:
    return max(
        [row.free_at - at for row in guesses if row.free_at and row.free_at > at], default=dt.timedelta()
    )


def _failed(
    actor: Actor, guesses: list[Guess], account: Account | None, at: dt.datetime, *, what: str
) -> SignIn:
    limits = limits_of(LIMITS, at.date())
    for row in guesses:
        forgotten = row.last_at + dt.timedelta(minutes=limits[Rule.FORGET]) <= at
        row.failures = 1 if forgotten else row.failures + 1
        allowed = limits[Rule.ADDRESS_FAILURES if row.kind == "address" else Rule.LOGIN_FAILURES]
        length = pause(
            row.failures, allowed=allowed, first=limits[Rule.PAUSE_FIRST], last=limits[Rule.PAUSE_LAST]
        )
        row.free_at = at + length if length else None
        row.last_at = at
        row.save(update_fields=["failures", "free_at", "last_at"])
    about = next(row for row in guesses if row.kind != "address")
    address = next(row.value for row in guesses if row.kind == "address")
    who = _self(actor, account) if account else replace(actor, name=f"{actor.name} с {address}")
    record_refusal(who, "access.sign_in", account, what=what, address=address, failures=about.failures)
    wait = _wait(guesses, at)
    if wait and account and about.free_at:
        publish(SignInPaused(account.pk, about.failures, about.free_at))
    return SignIn(Gate.PAUSED if wait else Gate.REFUSED, wait=wait)


def _entered(
    actor: Actor, guesses: list[Guess], account: Account, at: dt.datetime, address: str, second: str = ""
) -> SignIn:
    for row in guesses:
        if row.kind != "address":  # an own account must not clear the count of the address
            row.failures, row.free_at = 0, None
            row.save(update_fields=["failures", "free_at"])
    account.last_login = at
    account.save(update_fields=["last_login"])
    record(_self(actor, account), "access.sign_in", account, address=address, second=second)
    return SignIn(Gate.OPEN, account.uid)


def _self(actor: Actor, account: Account) -> Actor:
    return replace(actor, name=account.login, account=account.pk, person=account.person)
