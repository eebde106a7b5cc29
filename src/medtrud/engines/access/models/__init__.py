"""Tables of access."""

from .accounts import Account, Seat
from .factors import RecoveryCode, Totp
from .guard import Guess, Limit
from .sessions import Session
from .tokens import StoredAnswer, Token

__all__ = [
    "Account",
    "Guess",
    "Limit",
    "RecoveryCode",
    "Seat",
    "Session",
    "StoredAnswer",
    "Token",
    "Totp",
]
