"""All waiting work at once, in this process: for tests and for the demo."""

from collections.abc import Callable

from medtrud.engines.background.models import Job
from medtrud.engines.background.queries import deliveries_for, job_row, open_work
from medtrud.engines.background.types import label_of

from .long import run
from .outbox import PortionError, hand_over

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
            _handed(key)
        for key in waiting:
            run(key)
            if (row := job_row(key)) is not None:
                done[key] = row
    raise RuntimeError("the work never ends: each piece makes another")


def deliver_pending(*subscribers: Callable[..., object]) -> None:
    """Deliver what waits for these subscribers and leave the rest to the worker; a fault is raised here."""
    for key in deliveries_for([label_of(each) for each in subscribers]):
        _handed(key)


def _handed(key: int) -> None:
    try:
        hand_over(key)
    except PortionError as portion:
        for each in portion.keys:
            hand_over(each, alone=True)
