"""All waiting work at once, in this process: for tests and for the demo."""

from medtrud.engines.background.models import Job
from medtrud.engines.background.queries import job_row, open_work

from .long import run
from .outbox import hand_over

ROUNDS = 100


def run_pending() -> list[Job]:
    """Deliver every event and run every job until nothing waits; return the jobs that were run.

    A fault of a subscriber is raised here; a fault of a job stands in its row, as always.
    """
    done: dict[int, Job] = {}
    for _ in range(ROUNDS):
        deliveries, waiting = open_work()
        if not deliveries and not waiting:
            return list(done.values())
        for key in deliveries:
            hand_over(key)
        for key in waiting:
            run(key)
            if (row := job_row(key)) is not None:
                done[key] = row
    raise RuntimeError("the work never ends: each piece makes another")
