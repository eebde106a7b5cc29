"""Who is admitted to his work on a day (E9): from the last conclusion and the factors of the workplace."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, Count, Q, QuerySet, Value, When
from django.db.models.functions import TruncMonth

from medtrud.domains.hazards.public import exposure_at
from medtrud.domains.hazards.types import Exposure
from medtrud.kernel.actor import Actor
from medtrud.registries.organizations.public import Employment, employments_by_id

from ..models import Admission, Conclusion
from ..rules import counted_factors
from ..rules.act import due_soon_days
from ..types import FactorFacts, Facts
from ..types.states import AdmissionState

WHY = "admission is computed for the employer from the last conclusion, whoever gave it"


@dataclass(frozen=True)
class AdmissionFacts:
    """What is known of one job."""

    employment: int
    employer: int
    person: int
    required: bool
    valid_until: dt.date | None
    barred: tuple[str, ...]
    conclusion: int | None
    reason: str


def admission_facts(employments: Sequence[int], *, on: dt.date) -> list[AdmissionFacts]:
    """Return the facts of these jobs on the day in a constant number of queries."""
    job = Actor.job("admission of a portion of workers")
    jobs = employments_by_id(job, employments)
    places = exposure_at(job, {row.workplace_id for row in jobs.values() if row.workplace_id}, on=on)
    last = _last_conclusions(jobs)
    found = []
    for pk, row in jobs.items():
        exposure, conclusion = places.get(row.workplace_id or 0), last.get((row.person_id, row.employer_id))
        codes = _codes(exposure, on)
        reason = f"заключение {conclusion}" if conclusion else "заключения ещё нет"
        if conclusion and (new := codes - set(conclusion.codes)):
            reason = f"заключение {conclusion} не охватывает: {', '.join(sorted(new))}"
            conclusion = None
        barred = tuple(sorted(set(conclusion.contraindicated) & codes)) if conclusion else ()
        found.append(
            AdmissionFacts(
                employment=pk,
                employer=row.employer_id,
                person=row.person_id,
                required=bool(codes) and (row.until is None or row.until > on),
                valid_until=conclusion.valid_until if conclusion else None,
                barred=barred,
                conclusion=conclusion.pk if conclusion else None,
                reason=reason,
            )
        )
    return found


def admissions(actor: Actor, *, on: dt.date) -> QuerySet[Any]:
    """Return the rows this seat sees, each with its `state` on the day."""
    rows: QuerySet[Any] = Admission.objects.visible_to(actor)
    judged: QuerySet[Any] = rows.annotate(state=state_on(on))
    return judged


def admissions_at_work(actor: Actor, *, on: dt.date) -> QuerySet[Any]:
    """Return the rows of those who work on the day, each with its `state` and what a list shows."""
    works = Q(employment__since__lte=on) & (Q(employment__until__isnull=True) | Q(employment__until__gt=on))
    rows = admissions(actor, on=on).filter(works)
    return rows.select_related("employment__post", "employment__division", "employment__workplace", "person")


def admission_counts(actor: Actor, *, on: dt.date) -> dict[str, int]:
    """Return how many of those who work on the day are in each state."""
    rows = admissions_at_work(actor, on=on).select_related(None).order_by()
    return dict(rows.values_list("state").annotate(n=Count("pk")))


def due_months(actor: Actor, *, on: dt.date, until: dt.date) -> dict[dt.date, int]:
    """Return how many examinations end in each month, by its first day."""
    rows = (
        admissions_at_work(actor, on=on).select_related(None).filter(required=True, conclusion__isnull=False)
    )
    rows = rows.filter(valid_until__gte=on, valid_until__lt=until).order_by()
    found = rows.annotate(month=TruncMonth("valid_until")).values_list("month").annotate(n=Count("pk"))
    return dict(found)


def state_on(on: dt.date) -> Case:
    """Return the state as SQL: an exam counts through its last valid day, next morning it is overdue."""
    soon = on + dt.timedelta(days=due_soon_days(on))
    steps = (
        (Q(required=False), AdmissionState.NOT_REQUIRED),
        (~Q(barred=[]), AdmissionState.BARRED),
        (Q(conclusion__isnull=True), AdmissionState.NEVER),
        (Q(valid_until__lt=on), AdmissionState.OVERDUE),
        (Q(valid_until__lte=soon), AdmissionState.DUE),
    )
    whens = [When(condition, then=Value(str(state))) for condition, state in steps]
    return Case(*whens, default=Value(str(AdmissionState.ADMITTED)), output_field=CharField())


def _codes(exposure: Exposure | None, on: dt.date) -> set[str]:
    if exposure is None:
        return set()
    factors = tuple(
        FactorFacts(f.code, tuple(f.substances), f.markers, (), f.sout_class) for f in exposure.factors
    )
    facts = Facts(sex="", birth_date=on, factors=factors, sout_class=exposure.sout_class)
    return {factor.code for factor in counted_factors(facts, on).outcome}


def _last_conclusions(jobs: Mapping[int, Employment]) -> dict[tuple[int, int], Conclusion]:
    """By person and employer: after a transfer the conclusion goes on, as far as it covers the new work."""
    persons = {row.person_id for row in jobs.values()}
    employers = {row.employer_id for row in jobs.values()}
    rows = Conclusion.objects.unscoped(WHY).filter(
        person_id__in=persons, employer_id__in=employers, current=True
    )
    return {(row.person_id, row.employer_id): row for row in rows.order_by("issued_on", "pk")}
