"""Who is admitted to his work and until when (E9): recomputed for those whom a change touched."""

import datetime as dt
from collections.abc import Iterable, Sequence

from medtrud.engines.journal import public as journal
from medtrud.engines.store.public import action
from medtrud.kernel.actor import Actor

from ..models import Admission
from ..queries.admission import admission_facts

PORTION = 2000


@action
def admissions_refresh(actor: Actor, *, employments: Sequence[int], on: dt.date) -> int:
    """Write anew the admission of these employments from their factors and their last conclusions."""
    done = 0
    for portion in _portions(sorted(set(employments))):
        rows = [
            Admission(
                employment_id=facts.employment,
                employer_id=facts.employer,
                person_id=facts.person,
                required=facts.required,
                valid_until=facts.valid_until,
                barred=list(facts.barred),
                conclusion_id=facts.conclusion,
                reason=facts.reason,
            )
            for facts in admission_facts(portion, on=on)
        ]
        Admission.objects.unscoped("derived rows are written anew").bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["employment"],
            update_fields=["required", "valid_until", "barred", "conclusion", "reason", "computed_at"],
        )
        done += len(rows)
    journal.record(actor, "exams.admissions_refresh", None, employments=done)
    return done


def admissions_forget(employments: Sequence[int]) -> None:
    """Drop the derived rows of jobs that an import has opened and now takes back."""
    Admission.objects.unscoped("derived rows of jobs that are taken back").filter(
        employment__in=employments, conclusion__isnull=True
    ).delete()


def _portions(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    return (ids[start : start + PORTION] for start in range(0, len(ids), PORTION))
