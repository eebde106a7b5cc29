"""Reading one's own examinations: referral, steps with reasons, results beside earlier ones, conclusion."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from medtrud.kernel.actor import Actor
from medtrud.kernel.law import LegalRef

from ..models import (
    Conclusion,
    ConclusionMedical,
    Diagnosis,
    Exam,
    ExamLine,
    FurtherExamNote,
    LineResult,
    Referral,
)
from ..rules.explain import explain_line
from ..rules.forms import EntryForm, entry_form, performers
from ..rules.law import tables_on
from ..types import Earlier, Line, State, Why
from ..types.own import OwnResult, OwnStep, OwnValue, Progress
from ..types.states import LineState, ReferralState
from .admission import admissions
from .visit import value_text

REASON = ("factor", "column", "marker", "substance", "rule", "note")
PLAIN = {
    LineState.CREDITED: State.CREDITED,
    LineState.WAIVED: State.WAIVED,
    LineState.ON_INDICATION: State.ON_INDICATION,
}
NEEDS = ("further_exam", "center", "outpatient", "inpatient", "sanatorium", "dispensary")


def own_referrals(actor: Actor) -> QuerySet[Referral]:
    """Return the referrals that stand, the newest first."""
    rows: QuerySet[Referral] = Referral.objects.visible_to(actor).exclude(state=ReferralState.CANCELLED)
    return rows.select_related("clinic", "employer", "programme", "exam").order_by("-issued_on", "-pk")


def own_exams(actor: Actor) -> QuerySet[Exam]:
    """Return the visits, the newest first."""
    rows: QuerySet[Exam] = Exam.objects.visible_to(actor)
    return rows.select_related("referral__programme", "clinic", "employer", "programme").order_by("-pk")


def own_conclusions(actor: Actor) -> QuerySet[Conclusion]:
    """Return the conclusions in force, the newest first."""
    rows: QuerySet[Conclusion] = Conclusion.objects.visible_to(actor).filter(current=True)
    return rows.select_related("exam", "clinic", "employer").order_by("-issued_on", "-pk")


def own_medical(actor: Actor, conclusion: Conclusion) -> tuple[tuple[str, ...], str]:
    """Return what the person needs, in words, and the advice."""
    row: ConclusionMedical | None = (
        ConclusionMedical.objects.visible_to(actor).filter(conclusion=conclusion).first()
    )
    if row is None:
        return (), ""
    named = ((name, str(getattr(ConclusionMedical, name).field.verbose_name)) for name in NEEDS)
    return tuple(title for name, title in named if getattr(row, name)), row.advice


def own_notes(actor: Actor, exam: Exam) -> QuerySet[FurtherExamNote]:
    """Return the note on further examination of a visit, if there is one."""
    rows: QuerySet[FurtherExamNote] = FurtherExamNote.objects.visible_to(actor)
    return rows.filter(exam=exam)


def own_notes_of(actor: Actor, uid: UUID) -> UUID | None:
    """Return the visit a note belongs to."""
    rows = FurtherExamNote.objects.visible_to(actor).filter(uid=uid)
    return rows.values_list("exam__uid", flat=True).first()


def own_diagnoses(actor: Actor, exam: Exam) -> QuerySet[Diagnosis]:
    """Return the diagnoses of a visit that stand."""
    rows: QuerySet[Diagnosis] = Diagnosis.objects.visible_to(actor).filter(
        exam=exam, replaced_by__isnull=True
    )
    return rows.filter(withdrawn_reason="").order_by("pk")


def own_admissions(actor: Actor, *, on: dt.date) -> QuerySet[Any]:
    """Return the admission of each job that goes on, with its state on the day."""
    rows = admissions(actor, on=on)
    held: QuerySet[Any] = rows.select_related("employment__post", "employer").order_by("-employment__since")
    return held.exclude(employment__until__lte=on)


def own_steps(actor: Actor, referral: Referral, exam: Exam | None, *, sex: str) -> list[OwnStep]:
    """Return the steps of a visit: of its own programme once it has begun, of the referral before."""
    programme = exam.programme if exam and exam.programme else referral.programme
    on = (exam and exam.arrived_on) or referral.issued_on
    prescribed = {(kind, line.code): line for kind, line in _prescribed(programme.content)}
    lines = list(ExamLine.objects.visible_to(actor).filter(exam=exam).order_by("order")) if exam else []
    if not lines:
        return [_planned(kind, line, sex, on) for (kind, _), line in prescribed.items()]
    results = _results(actor, lines, sex)
    titles = {code: title for code, (title, _) in performers(on).items()}
    return [
        _step(row, prescribed.get((row.kind, row.code)), titles, results.get(row.pk), on) for row in lines
    ]


def progress_of(steps: Iterable[OwnStep]) -> Progress:
    """Count what is done and name who still waits."""
    counted = [step for step in steps if step.counts]
    left = [step for step in counted if step.waits]
    rooms = tuple(dict.fromkeys(step.performer or step.title for step in left))
    return Progress(len(counted) - len(left), len(counted), rooms)


def documents_on(kind: str, on: dt.date) -> tuple[str, ...]:
    """Return what the person brings along (29н, пп. 11, 29)."""
    return tuple(tables_on(on)["papers"][f"referral_{kind}"].values["bring"])


def reuse_on(on: dt.date) -> tuple[int, str]:
    """Return for how many months results count, and the place in the order (29н, п. 7)."""
    row = tables_on(on)["reuse"]["results"]
    return int(row.values["months"]), str(row.ref)


def _prescribed(content: dict[str, Any]) -> list[tuple[str, Line]]:
    groups = (("specialist", "specialists"), ("test", "tests"))
    return [(kind, _line(raw)) for kind, group in groups for raw in content[group]]


def _line(raw: dict[str, Any]) -> Line:
    reasons = tuple(_why(reason) for reason in raw["reasons"])
    return Line(raw["code"], raw["name"], reasons, State(raw["state"]), raw["condition"], "", raw["months"])


def _why(raw: dict[str, Any]) -> Why:
    since = dt.date.fromisoformat(raw["since"])
    ref = LegalRef(raw["act"], raw["point"], raw["table"], raw["row"], since, raw.get("edition", ""))
    return Why(raw["text"], ref, **{name: raw.get(name, "") for name in REASON})


def _planned(kind: str, line: Line, sex: str, on: dt.date) -> OwnStep:
    code = entry_form(line.title, sex, on).performer
    title, _ = performers(on).get(code, ("", ()))
    return OwnStep(
        line.title,
        kind,
        title,
        LineState(line.state),
        explain_line(line, on),
        _basis(line.reasons),
        _common(line),
    )


def _step(
    row: ExamLine, line: Line | None, titles: dict[str, str], result: OwnResult | None, on: dt.date
) -> OwnStep:
    state = LineState(row.state)
    because, basis = row.changed_reason, tuple[str, ...]()
    if line is not None and not because:
        because, basis = explain_line(_as_now(line, row, state), on), _basis(line.reasons)
    return OwnStep(
        row.title,
        row.kind,
        titles.get(row.specialty, ""),
        state,
        because,
        basis,
        line is not None and _common(line),
        row.done_on,
        result,
    )


def _as_now(line: Line, row: ExamLine, state: LineState) -> Line:
    known = row.credited
    earlier = Earlier(row.title, dt.date.fromisoformat(known["on"]), known["source"]) if known else None
    return line._replace(state=PLAIN.get(state, State.DUE), credited=earlier)


def _common(line: Line) -> bool:
    return all(reason.rule == "base_scope" for reason in line.reasons)


def _basis(reasons: Sequence[Why]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(reason.ref) for reason in reasons))


def _results(actor: Actor, lines: Sequence[ExamLine], sex: str) -> dict[int, OwnResult]:
    """Return the newest result of every line beside the last one of an earlier visit, in one query."""
    titles = {line.title for line in lines}
    own = {line.pk for line in lines}
    rows = LineResult.objects.visible_to(actor).filter(line__title__in=titles, person=lines[0].person_id)
    now: dict[int, LineResult] = {}
    before: dict[str, LineResult] = {}
    for row in rows.select_related("line").order_by("performed_on", "version"):
        if row.line_id in own:
            now[row.line_id] = row
        else:
            before[row.line.title] = row
    return {pk: _result(row, before.get(row.line.title), sex) for pk, row in now.items()}


def _result(row: LineResult, before: LineResult | None, sex: str) -> OwnResult:
    form = entry_form(row.line.title, sex, row.performed_on)
    earlier = before if before and before.performed_on <= row.performed_on else None
    values = tuple(_values(form, row, earlier))
    return OwnResult(
        row.performed_on, row.normal, row.text, values, earlier.performed_on if earlier else None
    )


def _values(form: EntryForm, row: LineResult, before: LineResult | None) -> Iterable[OwnValue]:
    known = before.values if before else {}
    for field in form.fields:
        if field.code in row.values:
            yield OwnValue(
                field.label,
                value_text(row.values[field.code]),
                field.unit,
                field.reference or field.norm,
                row.flags.get(field.code, ""),
                value_text(known[field.code]) if field.code in known else "",
            )
