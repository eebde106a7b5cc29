"""Reading the queue, the journal, the settings, and the facts of a document."""

from .exchange import (
    AGENT,
    conclusions_given,
    exchange_by_token,
    exchange_known,
    exchange_of,
    exchange_on,
    messages,
    post_codes,
    submission_locked,
    submission_of,
    submissions,
    submissions_due,
)
from .facts import facts_by_uid, facts_of
from .parcels import file_of, package_of, registration_of
from .shelf import books_now

__all__ = [
    "AGENT",
    "books_now",
    "conclusions_given",
    "exchange_by_token",
    "exchange_known",
    "exchange_of",
    "exchange_on",
    "facts_by_uid",
    "facts_of",
    "file_of",
    "messages",
    "package_of",
    "post_codes",
    "registration_of",
    "submission_locked",
    "submission_of",
    "submissions",
    "submissions_due",
]
