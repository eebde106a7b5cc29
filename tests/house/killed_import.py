"""Do one job and be killed in the middle: python -m tests.house.killed_import DATABASE JOB PORTION."""

import os
import signal
import sys
from typing import Any

import django


def main(database: str, job: int, portion: int) -> None:
    """Kill this process when so many tables have been written to."""
    os.environ.update(DATABASE_URL=database, DJANGO_SETTINGS_MODULE="medtrud.project.settings")
    django.setup()
    from medtrud.engines.background.jobs.long import run  # noqa: PLC0415 - the settings come first
    from medtrud.engines.store import models  # noqa: PLC0415 - as above
    from medtrud.registries.organizations.actions import hire, many  # noqa: PLC0415 - as above

    left, copy = [portion], models.copy_rows

    def fragile(*args: Any, **facts: Any) -> list[int]:
        ids = copy(*args, **facts)
        left[0] -= 1
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)
        return ids

    for room in (hire, many):
        room.copy_rows = fragile  # type: ignore[attr-defined]
    run(job)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
