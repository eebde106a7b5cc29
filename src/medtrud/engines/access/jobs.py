"""What access cleans up after itself."""

import datetime as dt

from django.utils import timezone

from medtrud.engines.background.public import every

from .actions import AnswerRows, SessionRows


@every("03:40")
def old_rows_drop(at: dt.datetime) -> None:
    """Drop sessions and stored answers that ran out."""
    on = timezone.localdate(at)
    SessionRows.clear(now=at, on=on)
    AnswerRows.clear(now=at, on=on)
