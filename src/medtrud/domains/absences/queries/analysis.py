"""The analysis of sick leaves of one employer in a span of days."""

import datetime as dt
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.db.models import Q
from django.db.models.functions import Coalesce

from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.errors import Refused
from medtrud.registries.organizations.public import Employment
from medtrud.registries.reference.types import icd_class_of, icd_titles

from ..models import Absence
from ..models.absence import STANDING
from ..rules.cases import cases_of
from ..rules.figures import (
    COUNTED,
    ILL,
    Leaf,
    figures_of,
    finished,
    group_figures,
    level_of,
    often_ill,
    screened,
    shares,
    worked,
)
from ..types import MEDICAL_KINDS, Kind, State, reasons, work_related
from ..types.figures import Analysis, Case, Job, Section, Span
from .cuts import cuts
from .rows import medical_of

YEAR = range(365, 367)
UNKNOWN = "диагноз не записан"


@dataclass(frozen=True)
class Base:
    """What one report is counted from."""

    actor: Actor
    employer: int
    span: Span

    @cached_property
    def medical(self) -> bool:
        """Tell whether the seat reads diagnoses; only then are there classes of ICD-10."""
        return self.actor.role in {Role.CLINIC, Role.COMMISSION, Role.CENTER, Role.SYSTEM}

    @cached_property
    def jobs(self) -> list[Job]:
        """Return the jobs of the span; a merged card counts as the surviving one."""
        since, until = self.span
        rows = Employment.objects.visible_to(self.actor).filter(
            Q(until__isnull=True) | Q(until__gt=since), employer=self.employer, since__lt=until
        )
        names = ("pk", "division", "post", "workplace", "since", "until")
        values = rows.annotate(who=Coalesce("person__root", "person")).values_list("who", *names)
        return [
            Job(pk, person, unit, post, place, max(begin, since), min(end or until, until))
            for person, pk, unit, post, place, begin, end in values
        ]

    @cached_property
    def worked(self) -> dict[int, int]:
        """Return how many days of the span each person was employed."""
        return worked(self.jobs)

    @cached_property
    def counted(self) -> tuple[list[Case], int]:
        """Return the finished cases of people employed within the span, and how many go on."""
        leaves, names = self._leaves()
        cases, unfinished = cases_of(leaves, self.span, self._classes(names))
        return [case for case in cases if case.person in self.worked], unfinished

    def _leaves(self) -> tuple[list[Leaf], dict[Hashable, list[UUID]]]:
        since, until = self.span
        rows = Absence.objects.visible_to(self.actor).filter(
            STANDING, employer=self.employer, kind__in=[str(kind) for kind in MEDICAL_KINDS]
        )
        touched = rows.filter(Q(until__isnull=True) | Q(until__gt=since), since__lt=until).values("case")
        chosen = rows.filter(case__in=touched).order_by("since", "pk")
        names = ("case", "document", "kind", "reason", "since", "until", "state")
        values = chosen.annotate(who=Coalesce("person__root", "person")).values_list("who", *names)
        leaves: list[Leaf] = []
        papers: dict[Hashable, list[UUID]] = {}
        for person, case, document, kind, reason, begin, end, state in values:
            leaves.append(Leaf(case, person, kind, reason, begin, end, state == State.CLOSED))
            papers.setdefault(case, []).append(document)
        return leaves, papers

    def _classes(self, papers: dict[Hashable, list[UUID]]) -> dict[Hashable, str]:
        """Return the class of ICD-10 of each case by its last paper with a diagnosis."""
        if not self.medical:
            return {}
        known = medical_of(self.actor, [paper for chain in papers.values() for paper in chain])
        found: dict[Hashable, str] = {}
        for case, chain in papers.items():
            for paper in chain:
                if paper in known:
                    found[case] = _class(known[paper].diagnosis, self.span.last)
        return found


def analysis(actor: Actor, *, employer: int, since: dt.date, until: dt.date) -> Analysis:
    """Return the report of a span of days; `until` is the first day after it.

    An employer gets reasons, never classes of diagnoses, and no row in which fewer than five cases would
    point at a person.
    """
    base = _base(actor, employer, since, until)
    cases, unfinished = base.counted
    sick = finished(cases, COUNTED)
    total = figures_of("total", "Всего", base.worked, sick, base.span.days)
    born = figures_of(
        "maternity", "Беременность и роды", base.worked, finished(cases, frozenset({Kind.MATERNITY})),
        base.span.days,
    )  # fmt: skip
    round_year = {person for person, days in base.worked.items() if days == base.span.days}
    unwell = finished(cases, ILL)
    ill = {case.person for case in unwell} & round_year
    a_year = base.span.days in YEAR
    level = level_of(total.cases_rate or 0, total.days_rate or 0, base.span.last)
    return Analysis(
        span=base.span,
        total=total,
        maternity=born,
        sections={section.code: section for section in _sections(base, sick)},
        level=level if total.workers and a_year else None,
        year_round=len(round_year),
        ill=len(ill),
        often_ill=len(often_ill(unwell, base.span)) if a_year else 0,
        unfinished=unfinished,
        work_related=sum(case.reason in work_related() for case in cases),
        health_index=(len(round_year) - len(ill)) / len(round_year) * 100 if round_year else None,
        notes=tuple(_notes(base, a_year=a_year)),
    )


def headcount(actor: Actor, *, employer: int, since: dt.date, until: dt.date) -> float:
    """Return the average headcount of a span: days at work of all people over the days of the span."""
    base = _base(actor, employer, since, until)
    return sum(base.worked.values()) / base.span.days


def base_of(actor: Actor, *, employer: int, since: dt.date, until: dt.date) -> Base:
    """Return what a report is counted from, for forms with a layout of their own."""
    return _base(actor, employer, since, until)


def _base(actor: Actor, employer: int, since: dt.date, until: dt.date) -> Base:
    if until <= since:
        raise Refused("Последний день периода раньше первого. Исправьте даты отчёта.")
    return Base(actor, employer, Span(since, until))


def _sections(base: Base, cases: Sequence[Case]) -> list[Section]:
    workers = sum(base.worked.values()) / base.span.days
    titles = {code: f"{code} {row.title}" for code, row in reasons().items()}
    found = [Section("reason", "Причины", shares(cases, titles | {"": "код не указан"}, "reason", workers))]
    if base.medical:
        classes = {code: f"{code} {title}" for code, title in icd_titles(base.span.last).items()}
        rows = shares(cases, classes | {"": UNKNOWN}, "icd", workers)
        found.append(Section("icd", "Классы МКБ-10", rows))
    apart = {section.code: True for section in found}
    for cut in cuts():
        groups = cut.groups(base.actor, base.jobs, base.span)
        found.append(Section(cut.code, cut.title, group_figures(groups, cases, base.span)))
        apart[cut.code] = cut.apart
    if base.medical:
        return found
    return [screened(section, apart=apart[section.code]) for section in found]


def _class(code: str, on: dt.date) -> str:
    try:
        return icd_class_of(code, on)
    except Refused:
        return ""


def _notes(base: Base, *, a_year: bool) -> list[str]:
    notes = []
    if not a_year:
        notes.append("Шкала Ноткина и число часто болеющих считаются по целому году.")
    if not base.medical:
        notes.append("Группы, где от 1 до 4 случаев, скрыты: по ним можно узнать человека.")
    return notes
