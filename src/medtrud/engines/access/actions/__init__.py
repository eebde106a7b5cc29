"""Writing access."""

from .accounts import (
    account_admit,
    account_block,
    account_close,
    account_issue,
    account_open,
    account_unblock,
    password_reset,
    seat_give,
    seat_take,
    seats_take,
    totp_reset,
)
from .entry import seat_choose, sign_in, sign_in_proved, sign_in_second, sign_out
from .limits import limit_reset, limit_set
from .machinery import AnswerRows, TokenRows
from .own import (
    password_change,
    recovery_renew,
    session_end,
    sessions_end_others,
    totp_begin,
    totp_confirm,
    totp_remove,
)
from .sessions import SessionRows
from .tokens import token_give, token_revoke

__all__ = [
    "AnswerRows",
    "SessionRows",
    "TokenRows",
    "account_admit",
    "account_block",
    "account_close",
    "account_issue",
    "account_open",
    "account_unblock",
    "limit_reset",
    "limit_set",
    "password_change",
    "password_reset",
    "recovery_renew",
    "seat_choose",
    "seat_give",
    "seat_take",
    "seats_take",
    "session_end",
    "sessions_end_others",
    "sign_in",
    "sign_in_proved",
    "sign_in_second",
    "sign_out",
    "token_give",
    "token_revoke",
    "totp_begin",
    "totp_confirm",
    "totp_remove",
    "totp_reset",
]
