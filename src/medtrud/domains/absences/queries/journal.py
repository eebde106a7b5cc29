"""The register of absences as it is printed and given as a table."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

from medtrud.kernel.actor import Actor
from medtrud.registries.organizations.public import Employment, employments, organization_of
from medtrud.registries.people.public import names_of

from ..models import Absence
from ..types import KINDS, STATES, Kind, State, last_day, reasons
from ..types.journal import JournalForm, JournalLine


def days_away(row: Absence, on: dt.date) -> int:
    """Return how many days an absence lasts; one that goes on lasts until a day."""
    return (row.until - row.since).days if row.until else max((on - row.since).days + 1, 0)


def journal_form(actor: Actor, rows: Sequence[Absence], *, period: str, on: dt.date) -> JournalForm:
    """Return these absences with the names and the places of their first day, in three queries."""
    employer = organization_of(actor)
    names = names_of(actor, [row.person_id for row in rows])
    held: dict[int, list[Employment]] = defaultdict(list)
    jobs = employments(actor).filter(employer=employer, person__in={row.person_id for row in rows})
    for job in jobs.select_related("division", "post").order_by("-since", "-pk"):
        held[job.person_id].append(job)
    known = reasons()
    return JournalForm(
        employer=str(employer),
        period=period,
        lines=tuple(
            JournalLine(
                name=names[row.person_id].full if row.person_id in names else "карта закрыта",
                place=_place(held[row.person_id], row.since),
                kind=KINDS[Kind(row.kind)],
                reason=f"{row.reason} {known[row.reason].title}" if row.reason in known else row.reason,
                number=row.number,
                since=f"{row.since:%d.%m.%Y}",
                last=f"{last:%d.%m.%Y}" if (last := last_day(row.until)) else "продолжается",
                days=days_away(row, on),
                state=STATES[State(row.state)],
            )
            for row in rows
        ),
    )


def _place(jobs: Sequence[Employment], on: dt.date) -> str:
    for job in jobs:
        if job.since <= on and (job.until is None or on < job.until):
            return ", ".join(str(part) for part in (job.division, job.post) if part)
    return ""
