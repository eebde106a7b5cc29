"""Reading jobs and deliveries."""

import datetime as dt
from collections.abc import Iterable, Iterator
from uuid import UUID

from django.db.models import QuerySet

from medtrud.engines.store.public import find
from medtrud.kernel.actor import Actor

from .models import Delivery, Event, Job, Part, Progress, Schedule
from .types import DeliveryState, JobState, from_json, to_json

MACHINERY = "the machinery serves everybody's work"


def jobs(actor: Actor) -> QuerySet[Job]:
    """Return the jobs of the seat, the newest first."""
    return Job.objects.visible_to(actor).select_related("progress").order_by("-id")


def job_of(actor: Actor, uid: UUID) -> Job:
    """Return one job."""
    return find(Job, actor, uid)


def deliveries_parked(actor: Actor) -> QuerySet[Delivery]:
    """Return what could not be delivered, the oldest first."""
    parked = Delivery.objects.visible_to(actor).filter(state=DeliveryState.PARKED)
    return parked.select_related("event").order_by("id")


def file_of(job: Job) -> Iterator[bytes]:
    """Return the file a job has made, piece by piece."""
    parts = Part.objects.unscoped("the job was opened for its owner").filter(job=job).order_by("number")
    for content in parts.values_list("content", flat=True).iterator(chunk_size=4):
        yield bytes(content)


def parts_of(job: Job) -> QuerySet[Part]:
    """Return the pieces of the file a job is making, for the machinery."""
    rows: QuerySet[Part] = Part.objects.unscoped(MACHINERY)
    return rows.filter(job=job)


def actor_json(actor: Actor) -> dict[str, object]:
    """Keep the account and the seat that start a job."""
    kept: dict[str, object] = to_json(actor)
    return kept | {"permissions": sorted(actor.permissions)}


def actor_of_job(job: Job) -> Actor:
    """Return the actor that started the job."""
    actor: Actor = from_json(Actor, job.actor)
    return actor


def job_row(key: int, *, lock: bool = False) -> Job | None:
    """Return a job for the machinery."""
    rows = Job.objects.unscoped(MACHINERY)
    return (rows.select_for_update(of=("self",)) if lock else rows).filter(pk=key).first()


def delivery_locked(key: int) -> Delivery | None:
    """Return a delivery that nobody else handles now."""
    rows = Delivery.objects.unscoped(MACHINERY).select_for_update(of=("self",)).select_related("event")
    return rows.filter(pk=key).first()


def deliveries_beside(first: Delivery, count: int) -> list[Delivery]:
    """Return other fresh deliveries of the same event to the same subscriber that nobody handles now."""
    rows = Delivery.objects.unscoped(MACHINERY).select_for_update(of=("self",), skip_locked=True)
    same = rows.filter(subscriber=first.subscriber, event__name=first.event.name)
    waiting = same.filter(state=DeliveryState.WAITING, tries=0).exclude(pk=first.pk)
    return list(waiting.select_related("event").order_by("id")[:count])


def deliveries_for(subscribers: Iterable[str]) -> list[int]:
    """Return the keys of the deliveries that wait for some subscribers."""
    rows = Delivery.objects.unscoped(MACHINERY).filter(state=DeliveryState.WAITING)
    return list(rows.filter(subscriber__in=list(subscribers)).order_by("id").values_list("id", flat=True))


def deliveries_end(rows: Iterable[Delivery], moment: dt.datetime) -> None:
    """Mark deliveries as done."""
    done = Delivery.objects.unscoped(MACHINERY).filter(pk__in=[row.pk for row in rows])
    done.update(state=DeliveryState.DONE, done_at=moment, error="")


def rows_add(events: Iterable[Event], deliveries: Iterable[Delivery]) -> list[int]:
    """Write events and their deliveries; return the keys of the deliveries."""
    Event.objects.unscoped(MACHINERY).bulk_create(list(events), batch_size=2000)
    made = Delivery.objects.unscoped(MACHINERY).bulk_create(list(deliveries), batch_size=2000)
    return [delivery.pk for delivery in made]


def schedules_locked(codes: Iterable[str]) -> dict[str, Schedule]:
    """Return the lines of the schedule; nobody else moves them now."""
    rows = Schedule.objects.unscoped(MACHINERY).select_for_update().filter(code__in=list(codes))
    return {row.code: row for row in rows.order_by("code")}


def open_work() -> tuple[list[int], list[int]]:
    """Return the keys of the deliveries and the jobs that wait."""
    deliveries = Delivery.objects.unscoped(MACHINERY).filter(state=DeliveryState.WAITING)
    waiting = Job.objects.unscoped(MACHINERY).filter(state__in=[JobState.QUEUED, JobState.RUNNING])
    return (
        list(deliveries.order_by("id").values_list("id", flat=True)),
        list(waiting.order_by("id").values_list("id", flat=True)),
    )


def progress_of(job: Job) -> Progress:
    """Return how far a job has come."""
    found: Progress = Progress.objects.unscoped("the job was opened for its owner").get(job=job)
    return found


def old_rows_drop(*, events: dt.datetime, files: dt.datetime) -> None:
    """Drop events all of whose deliveries are done, and files of jobs that ended before a moment."""
    open_ones = Delivery.objects.unscoped(MACHINERY).exclude(state=DeliveryState.DONE)
    old = Event.objects.unscoped(MACHINERY).filter(at__lt=events)
    old.exclude(pk__in=open_ones.values("event_id")).delete()
    Part.objects.unscoped(MACHINERY).filter(job__finished_at__lt=files).delete()
