"""A refused attempt leaves a line in the journal, after its action was rolled back."""

import logging
from contextlib import suppress
from typing import cast
from uuid import UUID

from django.db import DatabaseError
from django.http import HttpRequest

from medtrud.engines.journal.public import record_refusal, refusal_facts
from medtrud.engines.ui.public import Request
from medtrud.kernel.errors import Refusal

log = logging.getLogger(__name__)


def refusal_note(request: HttpRequest, error: Refusal) -> None:
    """Note who was refused what; somebody unknown is told to sign in and leaves no line."""
    actor = cast("Request", request).actor
    match = request.resolver_match
    if actor.account is None or match is None:
        return
    place = request.path.strip("/").removeprefix("api/v1/").partition("/")[0]
    about = next(filter(None, map(_uid, match.kwargs.values())), None)
    try:
        record_refusal(
            actor, f"{place}.{match.url_name}", about, method=request.method, **refusal_facts(error)
        )
    except (Refusal, DatabaseError):
        log.exception("Отказ не записан в журнал")


def _uid(value: object) -> UUID | None:
    """Read an object of the address; the API leaves it as text."""
    with suppress(ValueError):
        return UUID(str(value))
    return None
