"""Lines of the small tables on an account's page."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from medtrud.engines.access.models import Account, Seat, Session, Token
from medtrud.engines.access.queries import display_places
from medtrud.kernel.actor import Desk, Role


@dataclass(frozen=True)
class SeatLine:
    """A seat in words."""

    row: Seat
    title: str
    place: str = ""
    ended: bool = False


@dataclass(frozen=True)
class TokenLine:
    """A key and its state."""

    row: Token
    state: str
    tone: str

    @property
    def works(self) -> bool:
        """Tell whether it can be revoked."""
        return self.tone == "ok"


@dataclass(frozen=True)
class SessionLine:
    """A session, and whether it is this one."""

    row: Session
    current: bool


def role_titles(desks: Mapping[Role, Desk]) -> list[tuple[str, str]]:
    """Return the roles that have a desk, with its title."""
    return sorted(((str(role), desk.title) for role, desk in desks.items()), key=lambda pair: pair[1])


def seat_lines(rows: Iterable[Seat], desks: Mapping[Role, Desk], on: dt.date | None = None) -> list[SeatLine]:
    """Return seats with the titles of their desks."""
    titles, known = dict(role_titles(desks)), list(rows)
    places = display_places(row.organization for row in known)
    return [
        SeatLine(
            row,
            titles.get(row.role, row.role),
            places.get(row.organization or 0, str(row.organization or "")),
            bool(on and row.until and row.until <= on),
        )
        for row in known
    ]


def token_lines(rows: Iterable[Token], now: dt.datetime) -> list[TokenLine]:
    """Return keys with their states."""

    def line(row: Token) -> TokenLine:
        if row.revoked_at:
            return TokenLine(row, "отозван", "")
        return (
            TokenLine(row, "просрочен", "warn")
            if row.expires_at <= now
            else TokenLine(row, "действует", "ok")
        )

    return [line(row) for row in rows]


def session_lines(rows: Iterable[Session], current: str = "") -> list[SessionLine]:
    """Return sessions; the one with the current key is marked."""
    return [SessionLine(row, row.key_hash == current) for row in rows]


def account_state(row: Account) -> tuple[str, str]:
    """Return the state of an account and its tone."""
    if row.closed_at:
        return "закрыта", ""
    if not row.is_active:
        return "заблокирована", "bad"
    return ("ждёт смены пароля", "warn") if row.must_change else ("действует", "ok")
