"""Papers that are given out at a visit: the note on further examination, copies; order 29н, пп. 14, 32."""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from medtrud.domains.record.public import entry_add
from medtrud.domains.record.types import NewEntry
from medtrud.engines.journal import public as journal
from medtrud.engines.store.public import action, keep, numbers_take
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused
from medtrud.registries.organizations.public import chairman_of

from ..models import FurtherExamAsked, FurtherExamNote, Referral
from ..queries.printed import note_of
from ..queries.rows import referral_of
from ..types.states import ExamState
from .exam import locked

LONGEST = 300  # letters of one examination


@action
def further_exam_note_issue(
    actor: Actor, *, exam: UUID, on: dt.date, examinations: Sequence[str], reason: str = ""
) -> FurtherExamNote:
    """Issue the note that further examination is needed: the person counts as not passed (пп. 14, 32).

    What is to be examined is medical and lies apart: the employer learns only that a note was issued.
    """
    row = locked(actor, exam)
    if row.state not in (ExamState.STARTED, ExamState.READY):
        raise Refused("Справку выдают по начатому осмотру без заключения. Обновите страницу.")
    wanted = [text for line in examinations if (text := line.strip()[:LONGEST])]
    if not wanted:
        raise Refused(
            "В справке нет ни одного обследования. Перечислите, что нужно пройти, каждое с новой строки.",
            basis="приказ № 29н, Порядок, пп. 14, 32",
        )
    chairman_of(actor, clinic=row.clinic_id, on=on)
    note = FurtherExamNote(
        exam=row, employer_id=row.employer_id, clinic_id=row.clinic_id, person_id=row.person_id,
        number=numbers_take(f"further exam note {row.clinic_id}", on.year)[0], year=on.year, issued_on=on,
    )  # fmt: skip
    keep(note)
    asked = FurtherExamAsked(
        note=note, exam=row, clinic_id=row.clinic_id, person_id=row.person_id,
        examinations=wanted, reason=reason.strip(),
    )  # fmt: skip
    keep(asked)
    row.state, row.finished_on = ExamState.NOT_PASSED, on
    row.not_passed_reason = f"выдана справка о необходимости дополнительного обследования {note}"
    row.save(update_fields=["state", "finished_on", "not_passed_reason"])
    entry = NewEntry(
        person=row.person_id,
        kind="further_exam_note",
        on=on,
        title=f"Справка о необходимости дополнительного обследования {note}",
        source=note.uid,
        module="exams",
        organization=row.clinic_id,
        data={"examinations": wanted},
    )
    entry_add(actor, entry=entry)
    journal.record(actor, "exams.further_exam_note_issue", note, examinations=len(wanted))
    return note


@action
def further_exam_print(actor: Actor, *, exam: UUID) -> FurtherExamNote:
    """Take the note out: it says what is to be examined, so the paper is journaled."""
    note = note_of(actor, exam)
    journal.record(actor, "exams.further_exam_print", note, person=note.person_id)
    return note


@action
def referral_print(actor: Actor, *, referral: UUID) -> Referral:
    """Take a referral out on paper; journaled, for it names the person, the work and the policy."""
    row = referral_of(actor, referral)
    journal.record(actor, "exams.referral_print", row, person=row.person_id)
    return row
