"""The door of messages."""

from .actions import message_send, message_send_many, notice_read, notices_read_all, wording_set
from .queries import (
    address_declare,
    address_of,
    kind_declare,
    kinds,
    letter_of,
    notices,
    site_address,
    site_set,
    unread,
    wording_of,
)

__all__ = [
    "address_declare",
    "address_of",
    "kind_declare",
    "kinds",
    "letter_of",
    "message_send",
    "message_send_many",
    "notice_read",
    "notices",
    "notices_read_all",
    "site_address",
    "site_set",
    "unread",
    "wording_of",
    "wording_set",
]
