"""Lines of a visit: drafts, results, corrections, changes of the scope; order 29н, пп. 7, 13, 28."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Count

from medtrud.engines.journal import public as journal
from medtrud.engines.store.public import action, find, keep, keep_many
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused

from ..models import Exam, ExamLine, LineDraft, LineResult
from ..queries.forms import Desk
from ..types.results import NewResult
from ..types.states import ExamState, LineState
from .diagnosis import diagnoses_standing, diagnoses_write
from .exam import count_lines, locked

WHY = "the lines of the visit the actor has just been shown to see"


@action
def draft_save(
    actor: Actor, *, line: UUID, values: dict[str, Any], revision: int, window: UUID | None = None
) -> LineDraft:
    """Keep what the doctor has typed so far; a stale revision is refused, nothing is overwritten unseen.

    The window that saved last may name an old revision: the answer to it was lost on the way.

    Not journaled: a draft is no result; the result that comes of it is journaled.
    """
    row = find(ExamLine, actor, line)
    _open_exam(row.exam)
    draft = LineDraft.objects.unscoped(WHY).select_for_update(of=("self",)).filter(line=row).first()
    if draft is None:
        draft = LineDraft(
            line=row, exam_id=row.exam_id, clinic_id=row.clinic_id, person_id=row.person_id, revision=0
        )
    if draft.revision != revision and (window is None or draft.window != window):
        raise Refused(
            "Эту форму только что изменили в другом окне. Откройте её заново: введённое сохранено отдельно."
        )
    draft.account = actor.account or 0
    draft.values, draft.revision, draft.window = values, draft.revision + 1, window
    draft.save()
    return draft


@action
def result_record(actor: Actor, *, line: UUID, result: NewResult) -> LineResult:
    """Write a result with its diagnoses; the doctor needs a valid accreditation in the specialty (N3)."""
    row = find(ExamLine, actor, line)
    exam = locked(actor, row.exam.uid)
    (written,) = _write(Desk(actor, exam), [(row, result)])
    count_lines(exam)
    exam.save()
    journal.record(actor, "exams.result_record", row, version=written.version)
    return written


@action
def results_record(actor: Actor, *, exam: UUID, results: Sequence[NewResult]) -> int:
    """Write the results of many lines of one visit, as a laboratory or another system does: all or none."""
    row = locked(actor, exam)
    lines = {(line.kind, line.code): line for line in ExamLine.objects.unscoped(WHY).filter(exam=row)}
    pairs: dict[int, tuple[ExamLine, NewResult]] = {}
    for result in results:
        line = lines.get((result.kind, result.code))
        if line is None:
            raise Refused(
                f"В объёме этого осмотра нет строки «{result.code}». Добавьте её или исправьте код."
            )
        if line.pk in pairs:
            raise Refused(f"«{line.title}» передано дважды. Оставьте один результат строки.")
        pairs[line.pk] = line, result
    _write(Desk(actor, row), list(pairs.values()))
    count_lines(row)
    row.save()
    journal.record(actor, "exams.results_record", row, results=len(results))
    return len(results)


@action
def line_cancel(actor: Actor, *, line: UUID, reason: str) -> ExamLine:
    """Take a line out of the scope with the commission's reason (п. 28)."""
    return _change(actor, line, LineState.CANCELLED, reason, "exams.line_cancel")


@action
def line_require(actor: Actor, *, line: UUID, reason: str) -> ExamLine:
    """Make a line due: an indication arose, a credited result must be repeated, a cancelled line returns."""
    return _change(actor, line, LineState.DUE, reason, "exams.line_require")


@action
def line_add(
    actor: Actor, *, exam: UUID, kind: str, code: str, title: str, specialty: str, reason: str
) -> ExamLine:
    """Add a line that the rules did not prescribe, with the commission's reason (п. 28)."""
    row = locked(actor, exam)
    _open_exam(row)
    if not reason.strip():
        raise Refused(
            "Добавление исследования объясняют. Укажите причину.", basis="приказ № 29н, Порядок, п. 28"
        )
    last = (
        ExamLine.objects.unscoped(WHY)
        .filter(exam=row)
        .order_by("-order")
        .values_list("order", flat=True)
        .first()
    )
    line = ExamLine(
        exam=row,
        clinic_id=row.clinic_id,
        person_id=row.person_id,
        order=(last or 0) + 1,
        kind=kind,
        code=code,
        title=title,
        specialty=specialty,
        state=LineState.DUE,
        changed_reason=reason.strip(),
    )
    keep(line)
    count_lines(row)
    row.save()
    journal.record(actor, "exams.line_add", row, code=code)
    return line


def _open_exam(exam: Exam) -> None:
    if exam.state not in (ExamState.STARTED, ExamState.READY):
        state = ExamState(exam.state).title_ru
        raise Refused(f"Осмотр в состоянии «{state}»: результаты вносят между регистрацией и заключением.")


def _write(desk: Desk, pairs: Sequence[tuple[ExamLine, NewResult]]) -> list[LineResult]:
    """Write results of different lines in a number of statements that does not grow with them."""
    _open_exam(desk.exam)
    lines = [line for line, _ in pairs]
    earlier = LineResult.objects.unscoped(WHY).filter(line__in=lines).values_list("line")
    versions = dict(earlier.annotate(count=Count("pk")))
    for on in {given.performed_on for _, given in pairs}:
        desk.expect({given.staff for _, given in pairs if given.staff}, on=on)
    rows = [_result(desk, line, given, versions.get(line.pk, 0) + 1) for line, given in pairs]
    keep_many(rows)
    for line, given in pairs:
        line.state, line.done_on = LineState.DONE, given.performed_on
    ExamLine.objects.unscoped(WHY).bulk_update(lines, ["state", "done_on"])
    LineDraft.objects.unscoped(WHY).filter(line__in=lines).delete()
    standing = diagnoses_standing(lines)
    for row, (line, given) in zip(rows, pairs, strict=True):
        diagnoses_write(desk, line, given.diagnoses, standing.get(line.pk, []), by=row)
    return rows


def _result(desk: Desk, line: ExamLine, given: NewResult, version: int) -> LineResult:
    exam, on = desk.exam, given.performed_on
    if line.state == LineState.CANCELLED:
        raise Refused(
            f"«{line.title}» отменено комиссией. Верните строку в объём с причиной и внесите результат."
        )
    staff = desk.signer(line, given.staff, on=on)
    checked = desk.read(line, given.values, on=on)
    return LineResult(
        exam=exam,
        line=line,
        clinic_id=exam.clinic_id,
        person_id=exam.person_id,
        version=version,
        form=checked.form,
        values=checked.values,
        flags=checked.flags,
        normal=not checked.flags and not given.diagnoses,
        text=given.text.strip(),
        performed_on=on,
        staff=staff,
        source=given.source,
    )


def _change(actor: Actor, line: UUID, state: LineState, reason: str, code: str) -> ExamLine:
    row = find(ExamLine, actor, line)
    exam = locked(actor, row.exam.uid)
    _open_exam(exam)
    if not reason.strip():
        raise Refused(
            "Изменение объёма осмотра объясняют. Укажите причину.", basis="приказ № 29н, Порядок, п. 28"
        )
    if row.state == LineState.DONE:
        raise Refused(f"«{row.title}» уже выполнено. Исправьте результат новой версией.")
    row.state, row.changed_reason = state, reason.strip()
    keep(row, "state", "changed_reason")
    count_lines(exam)
    exam.save()
    journal.record(actor, code, row)
    return row
