"""Many jobs at once: hired, moved or found as they were."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from medtrud.engines.background.public import publish
from medtrud.engines.journal.public import record
from medtrud.engines.store.public import action, copy_rows
from medtrud.kernel.actor import Actor
from medtrud.registries.people.public import person_share

from ..models import Employment
from ..queries.hire import Job, clashes, open_jobs
from ..types import EmploymentClosed, EmploymentOpened, EmploymentRow, EmploymentsOpened
from .employments import TRANSFER
from .organizations import own

COLUMNS = (
    "source_import", "source_sheet", "source_row", "employer_id", "person_id", "division_id",
    "post_id", "workplace_id", "previous_id", "personnel_number", "kind", "since", "hired_on", "close_reason",
)  # fmt: skip


@dataclass
class _Plan:
    """What becomes of the rows: the id of a known job, or the place of a new one."""

    known: dict[int, int] = field(default_factory=dict)
    fresh: dict[int, int] = field(default_factory=dict)
    new: list[tuple[EmploymentRow, Job | None]] = field(default_factory=list)  # with the job it continues
    ended: list[int] = field(default_factory=list)


@action
def employments_open_many(
    actor: Actor, *, employer: int, rows: Sequence[EmploymentRow], on: dt.date
) -> list[int]:
    """Take in a staff list as of a day: new people are hired, changed ones moved on that day, others stay.

    Ask `employment_problems` first: here a row that clashes refuses the whole list.
    """
    own(actor, employer)
    plan = _plan(employer, rows, open_jobs(actor, employer=employer), on)
    if plan.ended:
        with connection.cursor() as cursor:
            cursor.execute(
                'UPDATE organizations_employment SET "until" = %s, close_reason = %s WHERE id = ANY(%s)',
                [on, TRANSFER, plan.ended],
            )
    ids = copy_rows(Employment, COLUMNS, _values(employer, plan.new, on), amount=len(plan.new))
    if rows:
        person_share(actor, persons={row.person for row in rows}, organization=employer)
    moved = len(plan.ended)
    source = rows[0].source.file if rows else None
    publish(EmploymentsOpened(employer, source, len(ids) - moved, moved))
    record(
        actor, "organizations.employments_open_many", source, employer=employer, opened=len(ids), moved=moved
    )
    return [
        plan.known[index] if index in plan.known else ids[plan.fresh[index]] for index in range(len(rows))
    ]


def _plan(employer: int, rows: Sequence[EmploymentRow], jobs: Sequence[Job], on: dt.date) -> _Plan:
    clashes(rows, jobs, on).refuse()
    held = {(job.person, job.post): job for job in jobs}
    main = {job.person: job for job in jobs if job.kind == "main"}
    plan, seen = _Plan(), dict[tuple[int, int], int]()
    for index, row in enumerate(rows):
        key = row.person, row.post
        place = seen.setdefault(key, len(plan.new))
        if place < len(plan.new):
            plan.fresh[index] = place
            continue
        old = None
        if held:
            old = held.get(key) or (main.get(row.person) if row.kind == "main" else None)
        if old is not None and old.stays(row):
            plan.known[index] = old.id
            del seen[key]
            continue
        if old is not None:
            plan.ended.append(old.id)
        plan.fresh[index] = place
        plan.new.append((row, old))
    return plan


def _values(
    employer: int, new: Iterable[tuple[EmploymentRow, Job | None]], on: dt.date
) -> Iterator[tuple[Any, ...]]:
    """Make the rows of new jobs one by one: the server writes those before."""
    for (person, post, since, division, workplace, number, kind, (file, sheet, line)), old in new:
        yield (
            file, sheet, line, employer, person, division, post, workplace, old.id if old else None,
            number or (old.number if old else ""), str(kind),
            on if old else since, old.hired_on if old else since, "",
        )  # fmt: skip


@action
def employments_close_many(
    actor: Actor, *, employer: int, employments: Sequence[int], until: dt.date, reason: str
) -> int:
    """Dismiss people who are not in a staff list; who was hired on that day or later stays."""
    own(actor, employer)
    rows = Employment.objects.visible_to(actor).filter(
        employer=employer, pk__in=employments, until__isnull=True, since__lt=until
    )
    closed = list(rows.select_for_update(of=("self",)).order_by("pk").values_list("pk", "person"))
    rows.filter(pk__in=[pk for pk, _ in closed]).update(until=until, close_reason=reason)
    publish(*(EmploymentClosed(pk, person, employer, until) for pk, person in closed))
    record(actor, "organizations.employments_close_many", employer=employer, count=len(closed))
    return len(closed)


@action
def employments_reopen_many(actor: Actor, *, employer: int, employments: Sequence[int]) -> int:
    """Take a dismissal by a staff list back."""
    own(actor, employer)
    rows = Employment.objects.visible_to(actor).filter(
        employer=employer, pk__in=employments, until__isnull=False
    )
    found = list(rows.values_list("pk", "person", "since"))
    rows.update(until=None, close_reason="")
    publish(*(EmploymentOpened(pk, person, employer, since) for pk, person, since in found))
    record(actor, "organizations.employments_reopen_many", employer=employer, count=len(found))
    return len(found)
