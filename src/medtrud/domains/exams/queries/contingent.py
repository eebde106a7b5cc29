"""Who is subject to examination on a day, with what factors and programme: order 29н, пп. 21–23."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any
from uuid import UUID

from django.db.models import Max

from medtrud.domains.hazards.public import exposure_at, factors_on, harmful_since
from medtrud.domains.hazards.types import Exposure, harmful_classes
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused
from medtrud.registries.organizations.public import (
    Employment,
    Workplace,
    employment_of,
    employments_on,
    seniority_on,
)
from medtrud.registries.people.public import names_of

from ..models import Campaign, Conclusion, RollEntry
from ..rules import counted_factors, programme
from ..types import FactorFacts, Facts, Service
from ..types.states import ExamKindCode
from .prescribed import ProgrammeShelf

WHY = "earlier conclusions count for the next due date, whoever gave them"
PORTION = 5000


@dataclass(frozen=True)
class Planned:
    """One job that is subject to examination, with what the rules prescribe for it on the day."""

    employment: int | None
    person: int
    workplace: int | None
    division: str
    post: str
    seniority_months: int | None
    factors: list[dict[str, Any]] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    sout_class: str = ""
    programme: int = 0
    last_exam_on: dt.date | None = None
    due_on: dt.date | None = None

    def differs(self, entry: RollEntry) -> bool:
        """Tell whether the list must hold another row for this job now."""
        mine = (self.factors, self.sout_class, self.post, self.division, self.programme)
        return mine != (entry.factors, entry.sout_class, entry.post, entry.division, entry.programme_id)


def planned_entries(actor: Actor, campaign: Campaign, on: dt.date) -> Iterator[Planned]:
    """Yield the jobs of the employer that belong in the named list on the day."""
    jobs = employments_on(actor, employer=campaign.employer_id, on=on).order_by("pk")
    yield from planned_jobs(actor, jobs.iterator(PORTION), kind=campaign.kind, on=on)


def planned_for(actor: Actor, employment: UUID, *, kind: str, on: dt.date) -> Planned:
    """Return what is prescribed for one job, or refuse: without factors no examination is obligatory."""
    job = employment_of(actor, employment)
    found = next(planned_jobs(actor, [job], kind=kind, on=on), None)
    if found is None:
        raise _not_obliged(on)
    return found


def planned_at(actor: Actor, workplace: Workplace, *, person: int, on: dt.date) -> Planned:
    """Return what is prescribed before somebody is hired to a workplace, or refuse: пп. 2, 9, 10."""
    exposure = exposure_at(actor, [workplace.pk], on=on).get(workplace.pk, Exposure())
    name = names_of(actor, [person])[person]
    since = harmful_since(actor, [person], on=on).get(person)
    exposure = Exposure(exposure.factors, exposure.sout_class, since)
    facts = facts_of(exposure, sex=name.sex, born=name.birth_date, kind=ExamKindCode.PRELIMINARY, on=on)
    if not facts.factors:
        raise _not_obliged(on)
    return Planned(
        employment=None,
        person=person,
        workplace=workplace.pk,
        division=str(workplace.division or ""),
        post=str(workplace.post or workplace.title),
        seniority_months=None,
        factors=factors_json(exposure, facts.factors),
        codes=[factor.code for factor in facts.factors],
        sout_class=exposure.sout_class,
        programme=ProgrammeShelf().key_of(programme(facts, on).outcome),
    )


def _not_obliged(on: dt.date) -> Refused:
    return Refused(
        f"У рабочего места нет факторов и работ, при которых осмотр обязателен на {on:%d.%m.%Y}. "
        "Проверьте факторы и класс условий труда рабочего места.",
        basis="приказ № 29н, Порядок, пп. 9, 21, приложение к Порядку",
    )


def planned_jobs(actor: Actor, jobs: Iterable[Employment], *, kind: str, on: dt.date) -> Iterator[Planned]:
    """Yield what is prescribed for these jobs in a constant number of queries per portion."""
    shelf = ProgrammeShelf()
    for portion in _portions(jobs):
        ids = [job.pk for job in portion]
        exposures = factors_on(actor, ids, on=on)
        people = names_of(actor, [job.person_id for job in portion])
        seniority = seniority_on(actor, ids, on=on)
        last = last_exams([job.person_id for job in portion])
        for job in portion:
            exposure = exposures.get(job.pk)
            if exposure is None:
                continue
            person = people[job.person_id]
            facts = facts_of(exposure, sex=person.sex, born=person.birth_date, kind=kind, on=on)
            if not facts.factors:
                continue
            examined = last.get(job.person_id)
            decided = programme(facts_with_last(facts, examined), on).outcome
            yield Planned(
                employment=job.pk,
                person=job.person_id,
                workplace=job.workplace_id,
                division=str(job.division or ""),
                post=str(job.post),
                seniority_months=seniority[job.pk].months if job.pk in seniority else None,
                factors=factors_json(exposure, facts.factors),
                codes=[factor.code for factor in facts.factors],
                sout_class=exposure.sout_class,
                programme=shelf.key_of(decided),
                last_exam_on=examined,
                due_on=decided.next_due if examined else on,  # who was never examined is due at once
            )


def facts_of(exposure: Exposure, *, sex: str, born: dt.date, kind: str, on: dt.date) -> Facts:
    """Turn what stands at the workplace into facts; only what obliges to an examination stays."""
    facts = raw_facts_of(exposure, sex=sex, born=born, kind=kind)
    return replace(facts, factors=counted_factors(facts, on).outcome)


def raw_facts_of(exposure: Exposure, *, sex: str, born: dt.date, kind: str) -> Facts:
    """Turn everything that stands at the workplace into facts."""
    factors = tuple(
        FactorFacts(factor.code, tuple(factor.substances), factor.markers, (), factor.sout_class)
        for factor in exposure.factors
    )
    return Facts(
        sex=sex,
        birth_date=born,
        factors=factors,
        kind=kind,
        sout_class=exposure.sout_class,
        service=service_since(exposure.harmful_since),
    )


def service_since(since: dt.date | None) -> tuple[Service, ...]:
    """Return the harmful service as one unbroken period of the same length, as hazards count it."""
    return (Service(since, None, next(iter(harmful_classes()))),) if since else ()


def facts_with_last(facts: Facts, last: dt.date | None) -> Facts:
    """Add the date of the last examination: periodicity is counted from it."""
    return replace(facts, last_exam=last) if last else facts


def factors_json(exposure: Exposure, subject: tuple[FactorFacts, ...]) -> list[dict[str, Any]]:
    """Return the factors as a referral keeps and prints them."""
    wanted = {factor.code for factor in subject}
    return [
        {
            "code": factor.code,
            "title": factor.title,
            "substances": list(factor.substances),
            "markers": factor.markers,
            "sout_class": factor.sout_class,
        }
        for factor in exposure.factors
        if factor.code in wanted
    ]


def last_exams(persons: Iterable[int]) -> Mapping[int, dt.date]:
    """Return the date of the last valid conclusion of each person, in one query."""
    rows = Conclusion.objects.unscoped(WHY).filter(person_id__in=list(persons), current=True)
    return dict(rows.values_list("person_id").annotate(last=Max("issued_on")))


def _portions(jobs: Iterable[Employment]) -> Iterator[list[Employment]]:
    source = iter(jobs)
    while portion := list(islice(source, PORTION)):
        yield portion
