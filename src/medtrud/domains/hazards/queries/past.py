"""Work before the first record, as screens and the trajectory show it."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from uuid import UUID

from django.db.models import Q, QuerySet

from medtrud.domains.record.types import Bar, Lane
from medtrud.engines.store.public import find
from medtrud.kernel.actor import Actor
from medtrud.registries.people.public import ids_of

from ..models import PastJob
from .places import rows_named


def past_jobs_of(actor: Actor, *, person: int) -> QuerySet[PastJob]:
    """Return the earlier jobs of a person with their old versions, in the order of time."""
    rows: QuerySet[PastJob] = PastJob.objects.visible_to(actor).filter(person__in=list(ids_of(person)))
    return rows.order_by("since", "pk")


def past_job_of(actor: Actor, uid: UUID) -> PastJob:
    """Return one earlier job; a stranger gets 404."""
    return find(PastJob, actor, uid)


def past_lanes(actor: Actor, people: Sequence[int], on: dt.date) -> Iterator[Lane]:
    """Yield the earlier jobs, their classes and factors, as they are drawn beside the recorded ones."""
    rows = list(
        PastJob.objects.visible_to(actor).filter(Q(person__in=people), ended_at__isnull=True, since__lte=on)
    )
    if not rows:
        return
    yield Lane("Работа", tuple(_work(rows)), order=10)
    classes = tuple(
        Bar(row.since, row.until, f"Класс {row.sout_class}", row.sout_class, row.sout_class)
        for row in rows
        if row.sout_class
    )
    yield Lane("Класс условий", classes, order=20)
    yield Lane("Факторы", tuple(_met(rows, on)), order=30)


def _work(rows: Iterable[PastJob]) -> Iterator[Bar]:
    for row in rows:
        yield Bar(row.since, row.until, f"{row.post} · {row.employer} (по документам)", row.post, "past")


def _met(rows: Iterable[PastJob], on: dt.date) -> Iterator[Bar]:
    named = rows_named(on)
    for row in rows:
        for said in row.factors:
            code = said["code"]
            words = f"{code} {named[code].short}" if code in named else code
            yield Bar(row.since, row.until, words, code, "factor")
