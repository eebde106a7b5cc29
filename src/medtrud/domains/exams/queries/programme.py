"""The programme of one visit on its day: lines, credited results, questions of contraindications."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from medtrud.domains.hazards.public import harmful_since
from medtrud.kernel.actor import Actor
from medtrud.registries.people.public import names_of
from medtrud.registries.people.types import PersonName

from ..models import Diagnosis, Exam, ExamLine, LineResult
from ..rules import candidates, programme
from ..rules.forms import entry_form
from ..types import Candidate, Earlier, FactorFacts, Facts, Programme
from .contingent import last_exams, service_since
from .prescribed import ProgrammeShelf

WHY = "earlier results count whoever made them; the actor has been shown to see the visit"
REMEMBERED_DAYS = 366 * 5 + 2  # no interval of the tables is longer; the rules decide what counts


@dataclass(frozen=True)
class Prescribed:
    """What the rules prescribe for a visit on its day, and the row that keeps it."""

    outcome: Programme
    stored: int
    person: PersonName


def prescribed_on(exam: Exam, on: dt.date) -> Prescribed:
    """Compute the programme of a visit for a day from the referral and everything known of the person."""
    job = Actor.job("the programme of a visit")
    person = names_of(job, [exam.person_id])[exam.person_id]
    outcome = programme(facts_on(exam, person, on), on).outcome
    return Prescribed(outcome, ProgrammeShelf().key_of(outcome), person)


def facts_on(exam: Exam, person: PersonName, on: dt.date) -> Facts:
    """Return the facts of the rules: the factors of the referral, seniority, earlier results and exams."""
    return replace(
        _bare_facts(exam, person, on),
        last_exam=last_exams([exam.person_id]).get(exam.person_id),
        earlier=earlier_of(exam, on),
    )


def _bare_facts(exam: Exam, person: PersonName, on: dt.date) -> Facts:
    referral = exam.referral
    since = harmful_since(Actor.job("service in harmful conditions"), [exam.person_id], on=on)
    factors = tuple(
        FactorFacts(f["code"], tuple(f["substances"]), f["markers"], (), f.get("sout_class", ""))
        for f in referral.factors
    )
    return Facts(
        sex=person.sex,
        birth_date=person.birth_date,
        factors=factors,
        kind=exam.kind,
        sout_class=referral.sout_class,
        service=service_since(since.get(exam.person_id)),
    )


def earlier_of(exam: Exam, on: dt.date) -> tuple[Earlier, ...]:
    """Return the documented results of the person before the day, from other visits."""
    since = on - dt.timedelta(days=REMEMBERED_DAYS)
    rows = LineResult.objects.unscoped(WHY).filter(
        person_id=exam.person_id, performed_on__gte=since, performed_on__lte=on
    )
    found = rows.exclude(exam=exam).select_related("line", "exam").order_by("performed_on", "version")
    return tuple(
        Earlier(
            name=row.line.title,
            on=row.performed_on,
            source=f"осмотр по направлению {row.exam.referral_id}",
            clinic=str(row.clinic_id),
            document=str(row.uid),
        )
        for row in found
    )


def lines_for(exam: Exam, prescribed: Prescribed) -> list[ExamLine]:
    """Build the lines of a visit in the order of the programme."""
    outcome = prescribed.outcome
    lines = [("specialist", line) for line in outcome.specialists] + [
        ("test", line) for line in outcome.tests
    ]
    return [
        ExamLine(
            exam=exam,
            clinic_id=exam.clinic_id,
            person_id=exam.person_id,
            order=order,
            kind=kind,
            code=line.code,
            title=line.name,
            condition=line.condition,
            specialty=entry_form(line.name, prescribed.person.sex, outcome.on).performer,
            state=line.state,
            credited=_credit(line.credited),
            done_on=line.credited.on if line.credited else None,
        )
        for order, (kind, line) in enumerate(lines, start=1)
    ]


def candidates_for(exam: Exam, diagnosis: Diagnosis) -> list[Candidate]:
    """Return what a diagnosis may contraindicate for the factors; the code alone decides nothing."""
    person = names_of(Actor.job("the sex decides which items apply"), [exam.person_id])[exam.person_id]
    facts = facts_on(exam, person, diagnosis.found_on)
    return list(candidates(facts, [diagnosis.code], diagnosis.found_on))


def next_due(exam: Exam, on: dt.date) -> dt.date | None:
    """Return the latest day of the next examination, counted from a conclusion given on the day."""
    job = Actor.job("the next examination of a visit")
    person = names_of(job, [exam.person_id])[exam.person_id]
    facts = _bare_facts(exam, person, on)  # results that are taken over change no term
    return programme(replace(facts, last_exam=on, kind="periodic"), on).outcome.next_due


def reasons_of(line: ExamLine) -> list[dict[str, Any]]:
    """Return why a line stands in the programme, from the programme kept with the visit."""
    if line.exam.programme is None:
        return []
    content = line.exam.programme.content
    group = "specialists" if line.kind == "specialist" else "tests"
    found = next((item for item in content[group] if item["code"] == line.code), None)
    return found["reasons"] if found else []


def _credit(earlier: Earlier | None) -> dict[str, Any] | None:
    if earlier is None:
        return None
    return {
        "on": earlier.on.isoformat(),
        "source": earlier.source,
        "clinic": earlier.clinic,
        "document": earlier.document,
    }
