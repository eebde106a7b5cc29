"""What people do with work that waits."""

from uuid import UUID

from medtrud.engines.store.public import action, now
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import NotFound, Refused

from . import drivers
from .models import Job
from .queries import deliveries_parked, job_of, job_row
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
def delivery_repeat(actor: Actor, *, uids: list[UUID]) -> int:
    """Send parked deliveries on their way again; return how many.

    Not journaled: the journal stands above and what the work itself does is journaled.
    """
    rows = deliveries_parked(actor).filter(uid__in=uids).select_for_update(of=("self",))
    keys = list(rows.values_list("pk", flat=True))
    if not keys:
        raise Refused("Среди отмеченных нет остановленных событий. Обновите список и отметьте снова.")
    deliveries_parked(actor).filter(pk__in=keys).update(state=DeliveryState.WAITING, tries=0, error="")
    drivers.defer(DELIVER, keys, queue=drivers.EVENTS)
    return len(keys)
