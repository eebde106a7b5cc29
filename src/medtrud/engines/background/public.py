"""The door of background."""

from .actions import delivery_repeat, job_cancel, job_repeat
from .drivers import work
from .jobs.clock import every
from .jobs.long import job, job_start, output, output_add, output_end, position, position_save, progress
from .jobs.outbox import on, on_many, publish
from .jobs.pending import deliver_pending, run_pending
from .models import Job
from .queries import deliveries_parked, file_of, job_of, jobs

__all__ = [
    "Job",
    "deliver_pending",
    "deliveries_parked",
    "delivery_repeat",
    "every",
    "file_of",
    "job",
    "job_cancel",
    "job_of",
    "job_repeat",
    "job_start",
    "jobs",
    "on",
    "on_many",
    "output",
    "output_add",
    "output_end",
    "position",
    "position_save",
    "progress",
    "publish",
    "run_pending",
    "work",
]
