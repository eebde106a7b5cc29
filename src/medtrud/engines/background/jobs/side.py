"""A second connection of a running job: it holds the lock and shows progress before the job commits."""

from types import TracebackType
from typing import Any, Self

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

SPACE = 0x4D54  # of advisory locks: ours


class Side:
    """Dies with the process, so the lock of a killed worker is free at once.

    Inside an open transaction (tests, run_pending) rows are not committed yet: there it is the
    connection of the transaction itself, and no lock is needed.
    """

    def __init__(self) -> None:
        self.apart = not connection.in_atomic_block
        self.connection: BaseDatabaseWrapper = connection.copy() if self.apart else connection

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.apart:
            self.connection.close()

    def lock(self, key: int) -> bool:
        """Take the job for this process; false when another one has it."""
        if not self.apart:
            return True
        with self.connection.cursor() as cursor:
            # A mark of progress may be lost: it does not wait until all that the job has written is on disk.
            cursor.execute("SET synchronous_commit = off")
        return bool(self._one("SELECT pg_try_advisory_lock(%s, %s)", [SPACE, key % 2**31])[0])

    def tell(self, key: int, done: int, total: int, text: str) -> bool:
        """Show progress; return whether the person asks to cancel."""
        with self.connection.cursor() as cursor:
            cursor.execute(
                "UPDATE background_progress SET done = %s, total = %s, text = %s, at = now()"
                " WHERE job_id = %s",
                [done, total, text[:300], key],
            )
        return bool(self._one("SELECT cancel_asked FROM background_job WHERE id = %s", [key])[0])

    def _one(self, query: str, values: list[int]) -> tuple[Any, ...]:
        with self.connection.cursor() as cursor:
            cursor.execute(query, values)
            row: tuple[Any, ...] | None = cursor.fetchone()
        return row or (False,)
