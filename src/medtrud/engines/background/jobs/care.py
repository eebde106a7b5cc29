"""What the module cleans up after itself."""

import datetime as dt

from medtrud.engines.background.queries import old_rows_drop

from .clock import every


@every("03:10")
def old_work_drop(at: dt.datetime) -> None:
    """Drop delivered events after 30 days and files of jobs after 7."""
    old_rows_drop(events=at - dt.timedelta(days=30), files=at - dt.timedelta(days=7))
