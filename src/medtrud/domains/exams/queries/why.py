"""Why somebody is examined, on any day: the programme of one job with every reason (E1)."""

import datetime as dt
from dataclasses import dataclass, replace

from medtrud.domains.hazards.public import exposure_at, factors_on
from medtrud.domains.hazards.types import Exposure
from medtrud.kernel.actor import Actor
from medtrud.registries.organizations.public import Employment
from medtrud.registries.people.public import name_of
from medtrud.registries.people.types import PersonName

from ..rules import counted_factors, explain, programme
from ..types import Explained, Programme, Why
from ..types.programme import State
from .contingent import facts_with_last, last_exams, raw_facts_of

SHOWN = (State.DUE, State.UNKNOWN_EXPOSURE, State.ON_INDICATION)


@dataclass(frozen=True)
class Checked:
    """An item of приложение № 2 as an employer may read it: the law, without codes of diseases."""

    item: str
    name: str
    decided_with: str


@dataclass(frozen=True)
class WhyPage:
    """Everything the page «Кого и почему» says of one job."""

    person: PersonName
    exposure: Exposure
    last_exam: dt.date | None
    subject: tuple[Why, ...]
    outcome: Programme | None = None
    specialists: tuple[Explained, ...] = ()
    tests: tuple[Explained, ...] = ()
    others: tuple[Explained, ...] = ()
    checked: tuple[Checked, ...] = ()


def why_of(actor: Actor, job: Employment, *, kind: str, on: dt.date) -> WhyPage:
    """Compute the programme of a job for a day; without counted factors there is only the reason why not."""
    person = name_of(actor, job.person_id)
    exposure = factors_on(actor, [job.pk], on=on).get(job.pk, Exposure())
    last = last_exams([job.person_id]).get(job.person_id)
    facts = raw_facts_of(exposure, sex=person.sex, born=person.birth_date, kind=kind)
    counted = counted_factors(facts, on)
    subject = tuple(why for why in counted.reasons if isinstance(why, Why))
    if not counted.outcome:
        return WhyPage(person, exposure, last, subject)
    facts = facts_with_last(replace(facts, factors=counted.outcome), last)
    outcome = programme(facts, on).outcome
    lines = explain(outcome)
    doctors, tests = lines[: len(outcome.specialists)], lines[len(outcome.specialists) :]
    return WhyPage(
        person,
        exposure,
        last,
        subject,
        outcome,
        tuple(line for line in doctors if line.state in SHOWN),
        tuple(line for line in tests if line.state in SHOWN),
        tuple(line for line in lines if line.state not in SHOWN),
        tuple(Checked(item.item, item.name, item.decided_with) for item in outcome.contraindications),
    )


def months_at(actor: Actor, workplaces: list[int], *, on: dt.date) -> dict[int, "PlaceNeeds"]:
    """Return what the order asks of whoever works at these places, by factors alone, in two queries."""
    return {pk: place_needs(exposure, on) for pk, exposure in exposure_at(actor, workplaces, on=on).items()}


@dataclass(frozen=True)
class PlaceNeeds:
    """A workplace in the contingent: its factors, which of them oblige, and how often."""

    exposure: Exposure
    obliging: tuple[str, ...]
    months: int | None


def place_needs(exposure: Exposure, on: dt.date) -> PlaceNeeds:
    """Tell which factors of a workplace oblige to an examination, and how often an adult is examined."""
    facts = raw_facts_of(exposure, sex="male", born=ADULT, kind="periodic")
    counted = counted_factors(facts, on).outcome
    codes = tuple(factor.code for factor in counted)
    if not codes:
        return PlaceNeeds(exposure, (), None)
    return PlaceNeeds(exposure, codes, programme(replace(facts, factors=counted), on).outcome.months)


ADULT = dt.date(1980, 1, 1)  # somebody beyond the rule for the young; a person's own interval may be shorter
