"""Divisions, posts, workplaces, employments."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet

from medtrud.engines.store.public import find
from medtrud.kernel.actor import Actor

from ..models import Division, Employment, Post, StaffMember, Workplace
from ..types import Seniority
from .organizations import in_force

DAYS_A_YEAR, MONTHS_A_YEAR = 365.2425, 12


def divisions(actor: Actor, *, employer: int, closed: bool = False) -> QuerySet[Division]:
    """Return the divisions of an employer, each after its parent."""
    rows: QuerySet[Division] = Division.objects.visible_to(actor).filter(employer=employer)
    return (rows if closed else rows.filter(until__isnull=True)).order_by("path", "pk")


def posts(actor: Actor, *, employer: int, closed: bool = False) -> QuerySet[Post]:
    """Return the staff schedule of an employer."""
    rows: QuerySet[Post] = Post.objects.visible_to(actor).filter(employer=employer)
    rows = rows if closed else rows.filter(until__isnull=True)
    return rows.select_related("division").order_by("title_key", "pk")


def workplaces(actor: Actor, *, employer: int, closed: bool = False) -> QuerySet[Workplace]:
    """Return the workplaces of an employer."""
    rows: QuerySet[Workplace] = Workplace.objects.visible_to(actor).filter(employer=employer)
    rows = rows if closed else rows.filter(until__isnull=True)
    return rows.select_related("division", "post").order_by("title_key", "pk")


def workplaces_of(actor: Actor, ids: Iterable[int]) -> QuerySet[Workplace]:
    """Return the workplaces with these ids."""
    rows: QuerySet[Workplace] = Workplace.objects.visible_to(actor).filter(pk__in=list(ids))
    return rows.select_related("division", "post")


def workplace_of(actor: Actor, uid: UUID) -> Workplace:
    """Return one workplace; a stranger gets 404."""
    return find(Workplace, actor, uid)


def employments(actor: Actor) -> QuerySet[Employment]:
    """Return all jobs this seat sees, past ones too, with what a row of a list shows."""
    rows: QuerySet[Employment] = Employment.objects.visible_to(actor)
    return rows.select_related("division", "post", "workplace", "employer")


def employments_on(actor: Actor, *, employer: int, on: dt.date) -> QuerySet[Employment]:
    """Return the jobs at an employer on a day."""
    return employments(actor).filter(in_force(on), employer=employer)


def employments_valid_on(on: dt.date) -> QuerySet[Employment]:
    """Return the jobs of everybody on a day, for counting in SQL by a caller that has checked who asks."""
    rows: QuerySet[Employment] = Employment.objects.unscoped("counted by an action that checked who asks")
    return rows.filter(in_force(on))


def employments_of(actor: Actor, *, person: int, on: dt.date | None = None) -> QuerySet[Employment]:
    """Return the jobs of a person, newest first; with a day, those of the day."""
    rows = employments(actor).filter(Q(person=person) | Q(person__root=person)).order_by("-since", "-pk")
    return rows.filter(in_force(on)) if on else rows


def employments_by_id(actor: Actor, ids: Iterable[int]) -> dict[int, Employment]:
    """Return the jobs with these ids, in one query."""
    return {row.pk: row for row in employments(actor).filter(pk__in=list(ids))}


def employment_of(actor: Actor, uid: UUID) -> Employment:
    """Return one job; a stranger gets 404."""
    return find(Employment, actor, uid)


def seniority_on(actor: Actor, employments: Iterable[int], *, on: dt.date) -> dict[int, Seniority]:
    """Return how long each person has held the present post at the employer, in two queries.

    29н, п. 23: поименный список называет «стаж работы» в профессии (должности). Periods of the same post
    title are summed, wherever in the organisation they were.
    """
    chosen = list(_terms(Employment.objects.visible_to(actor).filter(pk__in=list(employments))))
    persons = {term.person for term in chosen}
    found: dict[tuple[int, int, str], list[_Term]] = defaultdict(list)
    for term in _terms(
        Employment.objects.visible_to(actor).filter(
            person__in=persons, employer__in={term.employer for term in chosen}
        )
    ):
        found[term.person, term.employer, term.title].append(term)
    return {
        term.id: _seniority(
            [(each.since, each.until) for each in found[term.person, term.employer, term.title]], on
        )
        for term in chosen
    }


class _Term(NamedTuple):
    id: int
    person: int
    employer: int
    title: str
    since: dt.date
    until: dt.date | None


def _terms(rows: QuerySet[Employment]) -> Iterable[_Term]:
    names = ("pk", "person", "employer", "post__title_key", "since", "until")
    return (_Term(*row) for row in rows.values_list(*names))


def _seniority(periods: list[tuple[dt.date, dt.date | None]], on: dt.date) -> Seniority:
    days = days_in(periods, on)
    months = int(days / DAYS_A_YEAR * MONTHS_A_YEAR)
    return Seniority(since=on - dt.timedelta(days=days), days=days, months=months)


def days_in(periods: Iterable[tuple[dt.date, dt.date | None]], on: dt.date) -> int:
    """Return the number of days before a day that any of the half-open periods covers."""
    days, reached = 0, dt.date.min
    for since, until in sorted(periods, key=lambda period: period[0]):
        begin, end = max(since, reached), min(until or on, on)
        if end > begin:
            days += (end - begin).days
            reached = end
    return days


def numbers_taken(actor: Actor, *, employer: int, numbers: Iterable[str]) -> dict[str, int]:
    """Return whose main job holds each of the personnel numbers: number -> person."""
    rows = Employment.objects.visible_to(actor).filter(
        employer=employer, until__isnull=True, kind="main", personnel_number__in=list(numbers)
    )
    return dict(rows.values_list("personnel_number", "person"))


def counts_of_import(actor: Actor, *, file: UUID) -> dict[str, int]:
    """Return how many rows an import has left in each table of ours."""
    tables = {"divisions": Division, "posts": Post, "workplaces": Workplace, "employments": Employment}
    return {
        name: model.objects.visible_to(actor).filter(source_import=file).count()
        for name, model in tables.items()
    }


def works_there(person: int, organization: int, on: dt.date) -> bool:
    """Tell whether a person works for an organisation on a day: employed, or on the staff of a clinic."""
    lasting = Q(until__isnull=True) | Q(until__gt=on)
    jobs = Employment.objects.unscoped("what ends with the last job").filter(
        lasting, person=person, employer=organization
    )
    staff = StaffMember.objects.unscoped("what ends with the last job").filter(
        lasting, person=person, organization=organization
    )
    return jobs.exists() or staff.exists()


def left_on(on: dt.date) -> set[tuple[int, int]]:
    """Return person and organisation of all whose last day was the one before."""
    jobs = Employment.objects.unscoped("what ends with the last job").filter(until=on)
    staff = StaffMember.objects.unscoped("what ends with the last job").filter(until=on)
    return {*jobs.values_list("person", "employer"), *staff.values_list("person", "organization")}
