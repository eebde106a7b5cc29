"""Words of access that cross doors: events, the outcome of a sign-in, codes of limits."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol
from uuid import UUID


class Gate(StrEnum):
    """What stands between an account and its desk."""

    OPEN = "open"
    CODE = "code"  # the second step of the sign-in
    REFUSED = "refused"
    PAUSED = "paused"
    BLOCKED = "blocked"
    PASSWORD = "password"  # noqa: S105 - a new password must be chosen first
    TOTP = "totp"  # the second factor must be enrolled first


class Rule(StrEnum):
    """Codes of the table `limits`: what the operator may set, with dates, for all or for one role."""

    LOGIN_FAILURES = "login_failures"
    ADDRESS_FAILURES = "address_failures"
    PAUSE_FIRST = "pause_first_seconds"
    PAUSE_LAST = "pause_last_seconds"
    FORGET = "failures_forgotten_minutes"
    CODE_STEP = "code_step_seconds"
    IDLE = "idle_minutes"
    SESSION = "session_hours"
    PASSWORD_LENGTH = "password_length"  # noqa: S105
    TOTP_REQUIRED = "totp_required"
    TOKEN_DAYS = "token_days"  # noqa: S105
    REQUESTS = "requests_per_minute"
    ANSWER_HOURS = "answer_kept_hours"


@dataclass(frozen=True)
class SignIn:
    """How an attempt to sign in ended."""

    gate: Gate
    account: UUID | None = None
    wait: dt.timedelta = dt.timedelta()


class Named(Protocol):
    """A person's name as the module of people gives it."""

    @property
    def full(self) -> str:
        """Surname, name, patronymic."""

    @property
    def short(self) -> str:
        """Surname and initials."""


Names = Mapping[int, Named]


@dataclass(frozen=True)
class AccountOpened:
    """An account may sign in from now on."""

    account: UUID
    person: int | None


@dataclass(frozen=True)
class AccountBlocked:
    """An account may not sign in any more; its sessions and tokens ended."""

    account: UUID
    person: int | None


@dataclass(frozen=True)
class SeatGiven:
    """An account received a seat."""

    account: UUID
    seat: UUID
    role: str
    organization: int | None


@dataclass(frozen=True)
class SignInPaused:
    """Wrong passwords or codes closed a known account for a while."""

    account: int
    failures: int
    until: dt.datetime
