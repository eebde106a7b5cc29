"""Make copies and be killed on the way: python -m tests.house.killed_copies DATABASE FILES JOB PORTION."""

import os
import signal
import sys
from pathlib import Path
from typing import Any

import django


def main(database: str, files: str, job: int, portion: int) -> None:
    """Kill this process when so many portions have been begun."""
    os.environ.update(DATABASE_URL=database, DJANGO_SETTINGS_MODULE="medtrud.project.settings")
    django.setup()
    from medtrud.domains.documents import jobs  # noqa: PLC0415 - the settings come first
    from medtrud.engines.background.jobs.long import run  # noqa: PLC0415 - as above
    from medtrud.engines.files.public import root_set  # noqa: PLC0415 - as above

    root_set(Path(files))
    left, copy = [portion], jobs.documents_copy

    def fragile(*args: Any, **facts: Any) -> Any:
        made = copy(*args, **facts)
        left[0] -= 1
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)
        return made

    jobs.documents_copy = fragile  # type: ignore[attr-defined]
    run(job)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
