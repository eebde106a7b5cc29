"""What people do with work that waits."""

from uuid import UUID

from medtrud.engines.store.public import action, find, now
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import NotFound, Refused

from . import drivers
from .models import Delivery, Job
from .queries import job_of, job_row
from .types import DeliveryState, JobState

RUN, DELIVER = "background.run", "background.deliver"  # names of the tasks in the queue


@action
def job_cancel(actor: Actor, *, uid: UUID) -> Job:
    """Cancel an own job: at once when it waits, at its next step when it runs.

    Not journaled: the journal stands above and what the work itself does is journaled.
    """
    job = job_row(job_of(actor, uid).pk, lock=True)
    if job is None:
        raise NotFound("Работа не найдена. Возможно, срок её хранения истёк.")
    if job.finished:
        raise Refused(f"Работа «{job.title}» уже закончена: {job.state_title}. Отменять нечего.")
    if job.state == JobState.QUEUED:
        job.state, job.finished_at = JobState.CANCELLED, now()
    job.cancel_asked = True
    job.save(update_fields=["state", "finished_at", "cancel_asked"])
    return job


@action
def job_repeat(actor: Actor, *, uid: UUID) -> Job:
    """Put a job that failed, was cancelled or parked into the queue again; it goes on from its place.

    Not journaled: the journal stands above and what the work itself does is journaled.
    """
    job = job_row(job_of(actor, uid).pk, lock=True)
    if job is None:
        raise NotFound("Работа не найдена. Возможно, срок её хранения истёк.")
    if not job.finished or job.state == JobState.DONE:
        raise Refused(f"Работа «{job.title}» сейчас: {job.state_title}. Повторяют только остановленную.")
    job.state, job.tries, job.error, job.cancel_asked = JobState.QUEUED, 0, "", False
    job.finished_at = None
    job.save(update_fields=["state", "tries", "error", "cancel_asked", "finished_at"])
    drivers.defer(RUN, [job.pk], queue=drivers.JOBS)
    return job


@action
def delivery_repeat(actor: Actor, *, uid: UUID) -> Delivery:
    """Send a parked delivery on its way again.

    Not journaled: the journal stands above and what the work itself does is journaled.
    """
    delivery = find(Delivery, actor, uid)
    if delivery.state != DeliveryState.PARKED:
        raise Refused("Это сообщение не остановлено. Повторяют только остановленные.")
    delivery.state, delivery.tries, delivery.error = DeliveryState.WAITING, 0, ""
    delivery.save(update_fields=["state", "tries", "error"])
    drivers.defer(DELIVER, [delivery.pk], queue=drivers.EVENTS)
    return delivery
