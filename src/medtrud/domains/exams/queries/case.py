"""One visit before the commission, gathered in a constant number of queries."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from medtrud.domains.hazards.types import annex_on, code_key
from medtrud.kernel.actor import Actor
from medtrud.registries.people.public import names_of
from medtrud.registries.people.types import PersonName

from ..models import Conclusion, Diagnosis, Exam, ExamLine, Finding, LineResult
from ..rules import programme
from ..rules.decisions import needs_on
from ..rules.forms import EntryForm, entry_form
from ..types.case import (
    Case,
    CaseCenter,
    CaseDiagnosis,
    CaseFinding,
    CaseGiven,
    CaseLine,
    CaseValue,
    CaseVersion,
    as_text,
)
from ..types.states import Decision, LineState
from .programme import facts_on

SIGNERS = Actor.job("who signed a result is named beside it")
MARKS = {"first_time": "впервые", "chronic": "хроническое"}
NATURES = {
    "occupational_suspected": "подозрение на профессиональное",
    "occupational": "профессиональное",
    "infectious_work": "инфекционное, связано с условиями труда",
}


def case_of(actor: Actor, exam: Exam, person: PersonName, *, on: dt.date) -> Case:
    """Gather everything the chairman looks at before he decides."""
    diagnoses = _diagnoses(actor, exam)
    results = _results(actor, exam)
    names = _signers([*results.values(), *diagnoses])
    given = conclusions_of(actor, exam)
    return Case(
        lines=tuple(sorted(_lines(actor, exam, person, results, diagnoses, names), key=_calm)),
        diagnoses=tuple(_with_findings(actor, exam, diagnoses, names)),
        versions=tuple(_versions(given)),
        center=_center(exam, person, on),
        codes=named_codes(exam.referral.codes, exam.referral.issued_on),
        given=next((_given(row) for row in given if row.current), None),
    )


def named_codes(codes: Iterable[str], on: dt.date) -> tuple[tuple[str, str], ...]:
    """Return factors and works with their names, in the order of the annex."""
    annex = annex_on(on)
    return tuple((code, annex[code].short if code in annex else "") for code in sorted(codes, key=code_key))


def _results(actor: Actor, exam: Exam) -> dict[int, LineResult]:
    """Return the latest version of every result by line."""
    rows = LineResult.objects.visible_to(actor).filter(exam=exam).select_related("staff")
    return {row.line_id: row for row in rows.order_by("line", "version")}


def _diagnoses(actor: Actor, exam: Exam) -> list[Diagnosis]:
    rows = Diagnosis.objects.visible_to(actor).filter(
        exam=exam, replaced_by__isnull=True, withdrawn_reason=""
    )
    return list(rows.select_related("staff").order_by("pk"))


def _signers(rows: Iterable[Any]) -> dict[int, str]:
    persons = {row.staff.person_id for row in rows if row.staff}
    return {pk: name.short for pk, name in names_of(SIGNERS, persons).items()}


def _by(row: Any, names: dict[int, str]) -> str:
    return names.get(row.staff.person_id, "") if row is not None and row.staff else ""


def _lines(
    actor: Actor,
    exam: Exam,
    person: PersonName,
    results: dict[int, LineResult],
    diagnoses: list[Diagnosis],
    names: dict[int, str],
) -> Iterable[CaseLine]:
    found = defaultdict(list)
    for diagnosis in diagnoses:
        found[diagnosis.line_id].append(diagnosis.code)
    for line in ExamLine.objects.visible_to(actor).filter(exam=exam).order_by("order"):
        result = results.get(line.pk)
        beyond, values = (
            values_of(result, entry_form(line.title, person.sex, result.performed_on)) if result else ((), ())
        )
        yield CaseLine(
            uid=line.uid,
            kind=line.kind,
            title=line.title,
            state=LineState(line.state),
            on=line.done_on,
            by=_by(result, names),
            text=result.text if result else "",
            normal=result.normal if result else True,
            version=result.version if result else 0,
            beyond=beyond,
            values=values,
            note=_note(line),
            diagnoses=tuple(found.get(line.pk, ())),
        )


def _calm(line: CaseLine) -> bool:
    """Put what must be looked at first; within, the order of the programme stays."""
    return not line.deviates


def _note(line: ExamLine) -> str:
    if line.state == LineState.CREDITED and line.credited:
        day = dt.date.fromisoformat(line.credited["on"])
        return f"зачтено: {line.credited['source']}, {day:%d.%m.%Y}"
    return str(line.changed_reason or line.condition)


def values_of(result: LineResult, form: EntryForm) -> tuple[tuple[CaseValue, ...], tuple[CaseValue, ...]]:
    """Return the values that leave the norm, and the others, in the words of the form."""
    shown = [
        CaseValue(
            field.label,
            f"{as_text(result.values[field.code])} {field.unit}".strip(),
            str(result.flags.get(field.code, "")),
        )
        for field in form.fields
        if result.values.get(field.code) not in (None, "")
    ]
    return tuple(v for v in shown if v.flag), tuple(v for v in shown if not v.flag)


def _with_findings(
    actor: Actor, exam: Exam, diagnoses: list[Diagnosis], names: dict[int, str]
) -> Iterable[CaseDiagnosis]:
    rows = Finding.objects.visible_to(actor).filter(exam=exam, replaced_by__isnull=True)
    by_diagnosis = defaultdict(list)
    for row in rows.order_by("item", "pk"):
        by_diagnosis[row.diagnosis_id].append(_finding(row, exam.referral.issued_on))
    for diagnosis in diagnoses:
        marks = [words for name, words in MARKS.items() if getattr(diagnosis, name)]
        yield CaseDiagnosis(
            code=diagnosis.code,
            title=diagnosis.title,
            detail=diagnosis.detail,
            marks=(*marks, *([NATURES[diagnosis.nature]] if diagnosis.nature in NATURES else [])),
            suspected=diagnosis.nature == "occupational_suspected",
            on=diagnosis.found_on,
            by=_by(diagnosis, names),
            findings=tuple(by_diagnosis.get(diagnosis.pk, ())),
        )


def _finding(row: Finding, on: dt.date) -> CaseFinding:
    basis = {f"{reason['act']}, {reason['point']}": None for reason in row.reasons}
    return CaseFinding(
        uid=row.uid,
        item=row.item,
        title=row.title,
        codes=named_codes(row.codes, on),
        question=row.question,
        decided_by=row.decided_by,
        basis=tuple(basis),
        decision=Decision(row.decision),
        reason=row.decision_reason,
    )


def conclusions_of(actor: Actor, exam: Exam) -> list[Conclusion]:
    """Return all versions of the conclusion of a visit with their medical parts."""
    rows = Conclusion.objects.visible_to(actor).filter(exam=exam).select_related("chair", "medical")
    return list(rows.order_by("version"))


def _given(row: Conclusion) -> CaseGiven:
    needs = tuple(need.code for need in needs_on(row.issued_on) if getattr(row.medical, need.code))
    return CaseGiven(tuple(row.contraindicated), row.health_group, needs, row.medical.advice)


def _versions(found: list[Conclusion]) -> Iterable[CaseVersion]:
    """Return each version as the same facts in the same order."""
    names = names_of(SIGNERS, {row.chair.person_id for row in found})
    for row in found:
        medical = row.medical
        needs = [need.title for need in needs_on(row.issued_on) if getattr(medical, need.code)]
        yield CaseVersion(
            number=str(row),
            version=row.version,
            current=row.current,
            uid=row.uid,
            facts=(
                ("Дата", f"{row.issued_on:%d.%m.%Y}"),
                ("Противопоказано", ", ".join(row.contraindicated) or "не выявлено"),
                ("Группа здоровья", row.health_group),
                ("Нуждается", "; ".join(needs) or "—"),
                ("Рекомендации", medical.advice or "—"),
                ("Обоснование", medical.override_reason or "—"),
                ("Почему новая версия", medical.change_reason or "—"),
                ("Следующий осмотр до", f"{row.valid_until:%d.%m.%Y}" if row.valid_until else "—"),
                ("Подписал", names[row.chair.person_id].short if row.chair.person_id in names else "—"),
            ),
        )


def _center(exam: Exam, person: PersonName, on: dt.date) -> CaseCenter:
    center = programme(facts_on(exam, person, on), on).outcome.center
    return CaseCenter(center.required, center.due, tuple(reason.text for reason in center.reasons))
