"""Workers in combo boxes: what stands in the field is a name people read, and it finds the job again."""

import datetime as dt
from uuid import UUID

from django.db.models import QuerySet

from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import NotFound
from medtrud.kernel.text import sort_key
from medtrud.registries.organizations.public import Employment, employment_of, employments
from medtrud.registries.people.public import names_of, persons_search
from medtrud.registries.people.types import PersonName

NOBODY = "Работник не найден. Выберите его из списка под полем."
SEVERAL = "Таких работников несколько. Выберите нужного из списка под полем."


def worker_text(job: Employment, name: PersonName) -> str:
    """Return what a field shows for a worker: the name and what tells namesakes apart."""
    return f"{name.full}, {job.personnel_number or f'{name.birth_date:%d.%m.%Y}'}"


def worker_named(actor: Actor, text: str) -> Employment:
    """Return the newest job of the worker a field names; an address of a job is understood too."""
    try:
        return employment_of(actor, UUID(text))
    except ValueError:
        pass
    full, _, mark = text.rpartition(",")
    full, mark = (full or mark).strip(), mark.strip() if full else ""
    jobs = employments(actor).filter(person__in=persons_search(actor, full)).order_by("-since", "-pk")
    found = _marked(actor, jobs, full, mark)
    if len({job.person_id for job in found}) > 1:
        raise NotFound(SEVERAL)
    if not found:
        raise NotFound(NOBODY)
    return found[0]


def _marked(actor: Actor, jobs: QuerySet[Employment], full: str, mark: str) -> list[Employment]:
    rows = list(jobs)
    names = names_of(actor, [row.person_id for row in rows])
    born = _day(mark)
    return [
        row
        for row in rows
        if (name := names.get(row.person_id)) is not None
        and sort_key(name.full) == sort_key(full)
        and (not mark or mark == row.personnel_number or born == name.birth_date)
    ]


def _day(text: str) -> dt.date | None:
    try:
        return dt.datetime.strptime(text, "%d.%m.%Y").date()  # noqa: DTZ007 - a birthday has no zone
    except ValueError:
        return None
