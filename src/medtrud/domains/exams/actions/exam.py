"""The visit: planned, begun, ready for the commission, or not passed; order 29н, пп. 11–14, 28–32."""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from medtrud.domains.record.public import entry_add
from medtrud.domains.record.types import NewEntry
from medtrud.engines.journal import public as journal
from medtrud.engines.store.public import action, find
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused

from ..models import Exam, ExamLine
from ..queries.programme import lines_for, prescribed_on
from ..types.states import SETTLED_LINES, ExamKindCode, ExamState, LineState

WHY = "the rows of the visit the actor has just been shown to see"


@action
def exam_plan(actor: Actor, *, exam: UUID, on: dt.date) -> Exam:
    """Set the day of the visit."""
    row = locked(actor, exam)
    _must_be(row, ExamState.PLANNED)
    row.planned_on = on
    row.save(update_fields=["planned_on"])
    journal.record(actor, "exams.exam_plan", row, on=on.isoformat())
    return row


@action
def exams_plan(actor: Actor, *, exams: Sequence[UUID], on: dt.date) -> int:
    """Set one day for many visits that have not begun: all or none; return how many."""
    seen = Exam.objects.visible_to(actor).filter(uid__in=exams).values("pk")
    rows = Exam.objects.unscoped(WHY).select_for_update(of=("self",)).filter(pk__in=seen).order_by("pk")
    states = list(rows.values_list("state", flat=True))
    if not states:
        raise Refused("Ни один осмотр не отмечен. Отметьте строки в списке и назначьте день.")
    if begun := sum(state != ExamState.PLANNED for state in states):
        raise Refused(
            f"Среди отмеченных уже начатых или завершённых осмотров: {begun}. Снимите с них отметку: "
            "день назначают до прихода."
        )
    planned = Exam.objects.unscoped(WHY).filter(pk__in=seen).update(planned_on=on)
    journal.record(actor, "exams.exams_plan", None, on=on.isoformat(), exams=planned)
    return planned


@action
def exam_start(actor: Actor, *, exam: UUID, on: dt.date) -> Exam:
    """Register the arrival: the programme is computed for this very day, earlier results are credited.

    Порядок, п. 28: объём определяет врачебная комиссия по факторам направления и прежним результатам;
    возраст и редакция берутся на дату осмотра.
    """
    row = locked(actor, exam)
    _must_be(row, ExamState.PLANNED)
    programme = prescribed_on(row, on)
    lines = lines_for(row, programme)
    ExamLine.objects.unscoped("new rows are written").bulk_create(lines)
    row.programme_id = programme.stored
    row.arrived_on, row.planned_on = on, row.planned_on or on
    row.state = ExamState.STARTED
    count_lines(row)
    row.save()
    kind = ExamKindCode(row.kind).title_ru
    entry = NewEntry(
        person=row.person_id,
        kind="exam",
        on=on,
        title=f"{kind} осмотр начат",
        source=row.uid,
        module="exams",
        organization=row.clinic_id,
        data={"codes": row.referral.codes},
    )
    entry_add(actor, entry=entry)
    journal.record(actor, "exams.exam_start", row, lines=len(lines))
    return row


@action
def exam_not_passed(actor: Actor, *, exam: UUID, reason: str, on: dt.date) -> Exam:
    """Close a visit that did not take place: the person did not come or refused."""
    row = locked(actor, exam)
    _must_be(row, ExamState.PLANNED)
    return _end(actor, row, ExamState.NOT_PASSED, reason, on, "exams.exam_not_passed")


@action
def exam_not_completed(actor: Actor, *, exam: UUID, reason: str, on: dt.date) -> Exam:
    """Close a visit that began and lacks lines when the campaign ends."""
    row = locked(actor, exam)
    _must_be(row, ExamState.STARTED, ExamState.READY)
    return _end(actor, row, ExamState.NOT_COMPLETED, reason, on, "exams.exam_not_completed")


@action
def exam_resume(actor: Actor, *, exam: UUID) -> Exam:
    """Open again a visit that was closed as not completed or not passed: the person has come after all."""
    row = locked(actor, exam)
    _must_be(row, ExamState.NOT_COMPLETED, ExamState.NOT_PASSED)
    row.state = ExamState.STARTED if row.arrived_on else ExamState.PLANNED
    row.not_passed_reason, row.finished_on = "", None
    count_lines(row)
    row.save()
    journal.record(actor, "exams.exam_resume", row)
    return row


def locked(actor: Actor, exam: UUID) -> Exam:
    """Return the visit for this seat, locked until the commit: two doctors may finish their lines at once."""
    seen = Exam.objects.visible_to(actor).select_related("referral", "programme")
    row: Exam | None = seen.select_for_update(of=("self",)).filter(uid=exam).first()
    return row or find(Exam, actor, exam)  # which refuses a stranger in its own words


def count_lines(exam: Exam) -> None:
    """Count what is due and what is settled; a visit with nothing open waits for the commission."""
    states = list(ExamLine.objects.unscoped(WHY).filter(exam=exam).values_list("state", flat=True))
    wanted = [s for s in states if s not in (LineState.ON_INDICATION, LineState.NOT_DUE, LineState.CANCELLED)]
    exam.lines_due = len(wanted)
    exam.lines_done = sum(state in SETTLED_LINES for state in wanted)
    if exam.state in (ExamState.STARTED, ExamState.READY):
        exam.state = ExamState.READY if exam.lines_done == exam.lines_due else ExamState.STARTED


def _must_be(exam: Exam, *states: ExamState) -> None:
    if exam.state not in states:
        raise Refused(f"Осмотр уже в состоянии «{ExamState(exam.state).title_ru}». Обновите страницу.")


def _end(actor: Actor, row: Exam, state: ExamState, reason: str, on: dt.date, code: str) -> Exam:
    if not reason.strip():
        raise Refused("Укажите, почему осмотр не состоялся: причина войдёт в заключительный акт.")
    row.state, row.not_passed_reason, row.finished_on = state, reason.strip(), on
    row.save(update_fields=["state", "not_passed_reason", "finished_on"])
    journal.record(actor, code, row)
    return row
