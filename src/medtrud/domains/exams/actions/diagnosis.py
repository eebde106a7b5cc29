"""Diagnoses of a visit and the contraindications they may mean; order 29н, приложение № 2."""

from collections.abc import Sequence
from uuid import UUID

from medtrud.domains.hazards.types import code_key
from medtrud.engines.journal import public as journal
from medtrud.engines.store.public import action, find, keep
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused
from medtrud.registries.reference.public import code_get

from ..models import Diagnosis, Exam, ExamLine, Finding, LineResult
from ..queries.forms import Desk
from ..queries.programme import candidates_for
from ..types.results import NewDiagnosis
from ..types.states import Decision, ExamState

WHY = "the diagnoses of the visit the actor has just been shown to see"
ICD10 = "mkb10"


def diagnoses_standing(lines: Sequence[ExamLine]) -> dict[int, list[Diagnosis]]:
    """Return the diagnoses that stand by line, in one query."""
    found: dict[int, list[Diagnosis]] = {}
    rows = Diagnosis.objects.unscoped(WHY).filter(
        line__in=lines, replaced_by__isnull=True, withdrawn_reason=""
    )
    for row in rows:
        found.setdefault(row.line_id, []).append(row)
    return found


def diagnoses_write(
    desk: Desk,
    line: ExamLine,
    diagnoses: Sequence[NewDiagnosis],
    standing: Sequence[Diagnosis],
    *,
    by: LineResult,
) -> None:
    """Replace the diagnoses of a line by these, keeping the old rows, and ask what they contraindicate."""
    exam, staff, on = desk.exam, by.staff, by.performed_on
    known = {row.code: row for row in standing}
    for given in diagnoses:
        item = code_get(desk.actor, ICD10, given.code, on)
        earlier = known.pop(item.code, None)
        if earlier is not None and _same(earlier, given):
            continue
        row = Diagnosis(
            exam=exam,
            line=line,
            clinic_id=exam.clinic_id,
            person_id=exam.person_id,
            code=item.code,
            title=item.title,
            edition=item.edition.version,
            detail=given.detail.strip(),
            first_time=given.first_time,
            chronic=given.chronic,
            nature=given.nature,
            found_on=on,
            staff=staff,
            replaces=earlier,
        )
        keep(row)
        _ask(exam, row)
    for row in known.values():
        row.withdrawn_reason = "снят при исправлении результата"
        row.save(update_fields=["withdrawn_reason"])


@action
def finding_decide(actor: Actor, *, finding: UUID, decision: Decision, reason: str = "") -> Finding:
    """Accept or reject a possible contraindication; the decision is a new row, the hint stays as it was."""
    row = find(Finding, actor, finding)
    if row.exam.state not in (ExamState.STARTED, ExamState.READY, ExamState.CONCLUDED):
        raise Refused("Решение о противопоказаниях принимают по начатому осмотру. Обновите страницу.")
    if Finding.objects.unscoped(WHY).filter(replaces=row).exists():
        raise Refused("Это решение только что изменено. Обновите страницу.")
    decided = Finding(
        exam=row.exam,
        clinic_id=row.clinic_id,
        person_id=row.person_id,
        diagnosis=row.diagnosis,
        item=row.item,
        title=row.title,
        codes=row.codes,
        question=row.question,
        decided_by=row.decided_by,
        reasons=row.reasons,
        decision=decision,
        decision_reason=reason.strip(),
        replaces=row,
    )
    keep(decided)
    journal.record(actor, "exams.finding_decide", decided, decision=decision)
    return decided


def _same(row: Diagnosis, given: NewDiagnosis) -> bool:
    mine = (row.detail, row.first_time, row.chronic, row.nature)
    return mine == (given.detail.strip(), given.first_time, given.chronic, given.nature)


def _ask(exam: Exam, diagnosis: Diagnosis) -> None:
    rows = [
        Finding(
            exam=exam,
            clinic_id=exam.clinic_id,
            person_id=exam.person_id,
            diagnosis=diagnosis,
            item=candidate.item.item,
            title=candidate.item.name,
            codes=codes,
            question=" ".join(candidate.questions),
            decided_by=candidate.decision_by,
            reasons=[reason.as_json() for reason in candidate.reasons],
        )
        for candidate in candidates_for(exam, diagnosis)
        if (codes := sorted({reason.factor for reason in candidate.reasons if reason.factor}, key=code_key))
    ]
    Finding.objects.unscoped("new rows are written").bulk_create(rows)
