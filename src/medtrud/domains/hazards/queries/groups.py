"""People by factors and classes of their workplaces, for the analysis of sick leaves."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from medtrud.domains.absences.types import Groups, Job, Member, Span
from medtrud.kernel.actor import Actor

from ..models import WorkplaceClass, WorkplaceFactor
from ..types import classes
from .places import rows_named


def factor_groups(actor: Actor, jobs: Sequence[Job], span: Span) -> Groups:
    """Divide people by the factors of their workplaces, for the analysis of sick leaves."""
    rows = WorkplaceFactor.objects.visible_to(actor).order_by("code_order")
    named = rows_named(span.last)
    members = _members(rows, jobs, "code")
    codes = dict.fromkeys(member.key for member in members)
    return Groups(members, {code: f"{code} {named[code].short}" if code in named else code for code in codes})


def class_groups(actor: Actor, jobs: Sequence[Job], span: Span) -> Groups:
    """Divide people by the classes of conditions of their workplaces, for the analysis of sick leaves."""
    rows = WorkplaceClass.objects.visible_to(actor)
    return Groups(_members(rows, jobs, "sout_class"), {code: f"Класс {code}" for code in classes()})


def _members(rows: QuerySet[Any], jobs: Sequence[Job], key: str) -> list[Member]:
    at: dict[int, list[tuple[str, dt.date, dt.date | None]]] = defaultdict(list)
    places = {job.workplace for job in jobs if job.workplace}
    for place, code, since, until in rows.filter(workplace__in=places).values_list(
        "workplace", key, "since", "until"
    ):
        at[place].append((code, since, until))
    found = []
    for job in jobs:
        for code, since, until in at.get(job.workplace or 0, ()):
            begin, end = max(job.since, since), min(job.until, until or job.until)
            if begin < end:
                found.append(Member(job.person, code, begin, end))
    return found
