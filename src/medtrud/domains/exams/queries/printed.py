"""Rows of exams as printed forms: who may read a row may print it, and nothing more."""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from medtrud.engines.store.public import find
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.errors import NotFound
from medtrud.registries.organizations.public import commissions
from medtrud.registries.people.public import names_of

from ..models import Conclusion, ConclusionMedical, Exam, FurtherExamAsked, FurtherExamNote
from ..types.case import CaseLine
from ..types.paper import (
    ConclusionForm,
    ExtractForm,
    ExtractLine,
    FurtherExamForm,
    FurtherExamNotice,
    Signer,
)
from ..types.states import ExamKindCode
from .case import case_of
from .papers import CHAIRMAN, FORMS, ORDER, Heads, factors_of, signer_of, subject_of
from .rows import diagnoses_of

COPIES = {
    Role.EMPLOYER: "Экземпляр работодателя",
    Role.COMMISSION: "Экземпляр работодателя",
    Role.CLINIC: "Экземпляр работодателя",
    Role.WORKER: "Экземпляр работника",
}
UNCLEAR = "Затруднена оценка результатов осмотра и пригодности к работе."
NOT_PASSED = (
    "До завершения обследования работник считается не прошедшим осмотр. "
    "Обследование в объём осмотра не входит."
)


def conclusion_forms(actor: Actor, exams: Sequence[UUID]) -> list[ConclusionForm]:
    """Return the current conclusions of visits as they are printed, in the order asked for."""
    rows = Conclusion.objects.visible_to(actor).filter(exam__uid__in=list(exams), current=True)
    found = {row.exam.uid: row for row in rows.select_related("exam", "chair")}
    return _conclusions(actor, [found[uid] for uid in exams if uid in found])


def conclusion_versions(actor: Actor, uids: Sequence[UUID]) -> list[tuple[Conclusion, ConclusionForm]]:
    """Return versions of conclusions with their printed forms, in the order asked for."""
    rows = Conclusion.objects.visible_to(actor).filter(uid__in=list(uids))
    found = {row.uid: row for row in rows.select_related("exam", "chair", "employer")}
    chosen = [found[uid] for uid in uids]
    return list(zip(chosen, _conclusions(actor, chosen), strict=True))


def conclusion_form(actor: Actor, uid: UUID) -> ConclusionForm:
    """Return one version of a conclusion as it is printed."""
    found = find(Conclusion, actor, uid)
    row = Conclusion.objects.visible_to(actor).select_related("exam", "chair").get(pk=found.pk)
    return _conclusions(actor, [row])[0]


def _conclusions(actor: Actor, rows: Sequence[Conclusion]) -> list[ConclusionForm]:
    heads = Heads()
    names = names_of(FORMS, {row.person_id for row in rows} | {row.chair.person_id for row in rows})
    copy = COPIES.get(actor.role, "")
    return [
        ConclusionForm(
            number=str(row.number),
            issued_on=row.issued_on,
            kind=ExamKindCode(row.exam.kind).title_ru.lower(),
            basis=f"{ORDER}пп. 16, 33",
            clinic=heads.party(row.clinic_id, row.issued_on),
            employer_name=heads.party(row.employer_id, row.issued_on).name,
            person=subject_of(names[row.person_id]),
            division=row.division,
            post=row.post,
            factors=factors_of(row.codes, row.issued_on),
            found=bool(row.contraindicated),
            found_for=factors_of(row.contraindicated, row.issued_on),
            health_group=row.health_group,
            chairman=Signer(CHAIRMAN, names[row.chair.person_id].short),
            copy_for=copy,
            version=row.version,
            replaces=f"версию {row.version - 1}" if row.version > 1 else "",
            next_due=row.valid_until,
        )
        for row in rows
    ]


def extract_form(actor: Actor, exam: Exam) -> ExtractForm:
    """Return the extract for the worker: results, diagnoses, advice; the employer has no way here."""
    rows = Conclusion.objects.visible_to(actor).filter(exam=exam, current=True).select_related("chair")
    row = rows.first()
    if row is None:
        raise NotFound("Выписки ещё нет: её печатают после заключения. Дайте заключение по осмотру.")
    medical = ConclusionMedical.objects.visible_to(actor).get(conclusion=row)
    name = names_of(FORMS, [exam.person_id])[exam.person_id]
    case = case_of(actor, exam, name, on=row.issued_on)
    heads = Heads()
    return ExtractForm(
        number=str(row.number),
        issued_on=row.issued_on,
        kind=ExamKindCode(exam.kind).title_ru.lower(),
        basis=f"{ORDER}п. 36",
        clinic=heads.party(row.clinic_id, row.issued_on),
        employer_name=heads.party(row.employer_id, row.issued_on).name,
        person=subject_of(name),
        post=row.post,
        factors=factors_of(row.codes, row.issued_on),
        doctors=tuple(_extracted(line) for line in case.lines if line.kind == "specialist" and line.version),
        results=tuple(_extracted(line) for line in case.lines if line.kind == "test" and line.version),
        diagnoses=tuple(f"{d.code} {d.title}" for d in diagnoses_of(actor, exam)),
        conclusion=outcome_words(row),
        health_group=row.health_group,
        recommendations=tuple(line for line in medical.advice.splitlines() if line.strip()),
        chairman=signer_of(row.chair),
    )


def outcome_words(row: Conclusion) -> str:
    """Say the result of a conclusion."""
    if not row.contraindicated:
        return "Медицинские противопоказания к работе не выявлены."
    found = "; ".join(f"{f.code} {f.name}" for f in factors_of(row.contraindicated, row.issued_on))
    return f"Выявлены медицинские противопоказания к работе: {found}."


def _extracted(line: CaseLine) -> ExtractLine:
    beyond = "; ".join(f"{value.label}: {value.text} ({value.flag})" for value in line.beyond)
    inside = "; ".join(f"{value.label}: {value.text}" for value in line.values)
    text = "; ".join(part for part in (line.text, beyond, inside) if part) or "без отклонений"
    return ExtractLine(line.on or dt.date.min, line.title, text, line.by, outside=bool(line.beyond))


def note_of(actor: Actor, exam: UUID) -> FurtherExamNote:
    """Return the note of a visit; a stranger gets 404."""
    rows = FurtherExamNote.objects.visible_to(actor).filter(exam__uid=exam)
    row: FurtherExamNote | None = rows.select_related("exam__referral").first()
    if row is None:
        raise NotFound("Справки по этому осмотру нет. Возможно, осмотр уже возобновлён.")
    return row


def chair_of(note: FurtherExamNote) -> Signer:
    """Return who signs a note: the chairman of the day it was issued on."""
    row = commissions(FORMS, clinic=note.clinic_id, on=note.issued_on).first()
    return signer_of(row.chairman) if row else Signer(CHAIRMAN)


def further_exam_form(note: FurtherExamNote, chair: Signer) -> FurtherExamForm:
    """Return the note for the worker; пп. 14, 32."""
    name = names_of(FORMS, [note.person_id])[note.person_id]
    heads = Heads()
    asked = FurtherExamAsked.objects.unscoped("the note the actor has just been shown to see")
    listed = asked.filter(note=note).first()  # notes of the first version have no list
    return FurtherExamForm(
        number=str(note.number),
        issued_on=note.issued_on,
        kind=ExamKindCode(note.exam.kind).title_ru.lower(),
        basis=f"{ORDER}пп. 14, 32",
        clinic=heads.party(note.clinic_id, note.issued_on),
        employer_name=heads.party(note.employer_id, note.issued_on).name,
        person=subject_of(name),
        post=note.exam.referral.post,
        reason=(listed and listed.reason) or UNCLEAR,
        examinations=tuple(listed.examinations) if listed else (),
        consequence=NOT_PASSED,
        chairman=chair,
    )


def further_exam_notice(note: FurtherExamNote, chair: Signer) -> FurtherExamNotice:
    """Return what the employer learns of the note: that it was issued; пп. 14, 32."""
    form = further_exam_form(note, chair)
    return FurtherExamNotice(
        form.number,
        form.issued_on,
        form.kind,
        form.basis,
        form.clinic,
        form.employer_name,
        form.person,
        form.post,
        form.chairman,
    )
