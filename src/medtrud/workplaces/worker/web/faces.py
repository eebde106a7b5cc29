"""How admissions, visits and papers look to their owner."""

import datetime as dt
from typing import Any

from django.urls import reverse

from medtrud.domains.exams.public import Conclusion, Exam
from medtrud.domains.exams.types.states import AdmissionState, ExamState
from medtrud.kernel.actor import Actor

from ..queries import factor_names, kind_of

UNTIL = {
    AdmissionState.ADMITTED: "Осмотр действует по {day} включительно.",
    AdmissionState.DUE: "Осмотр действует по {day} включительно. Пройдите новый до этого дня.",
    AdmissionState.OVERDUE: "Осмотр действовал по {day}. Работать в этих условиях нельзя, пока нет нового.",
    AdmissionState.NEVER: "Осмотра ещё не было. Направление выдаёт работодатель.",
    AdmissionState.BARRED: "Комиссия нашла противопоказания к части работ.",
    AdmissionState.NOT_REQUIRED: "На этом рабочем месте нет вредных факторов, требующих осмотра.",
}
PAPERS = (
    ("exams.conclusion_print", "exams:conclusion_print", "file-certificate", "Заключение"),
    ("exams.extract_print", "exams:extract_print", "file-text", "Выписка из медицинской карты"),
)


def admission_face(row: Any, on: dt.date) -> dict[str, Any]:
    """Return a job with its admission in words."""
    state = AdmissionState(row.state)
    day = f"{row.valid_until:%d.%m.%Y}" if row.valid_until else ""
    return {
        "post": str(row.employment.post),
        "employer": str(row.employer),
        "state": state.title_ru,
        "tone": state.tone,
        "text": UNTIL[state].format(day=day),
        "barred": factor_names(row.barred, on),
    }


def exam_face(exam: Exam) -> dict[str, Any]:
    """Return a line of the list of visits."""
    state = ExamState(exam.state)
    return {
        "url": reverse("worker:exam", args=[exam.uid]),
        "title": kind_of(exam.kind),
        "on": exam.finished_on or exam.arrived_on or exam.planned_on or exam.referral.issued_on,
        "clinic": str(exam.clinic),
        "state": state.title_ru,
        "tone": state.tone,
    }


def papers_of(actor: Actor, exam: Exam, conclusion: Conclusion | None) -> list[dict[str, str]]:
    """Return the papers a person may take away: those whose addresses his seat holds."""
    if conclusion is None:
        return []
    keys = {"exams:conclusion_print": conclusion.uid, "exams:extract_print": exam.uid}
    return [
        {"url": reverse(name, args=[keys[name]]), "icon": icon, "title": title}
        for permission, name, icon, title in PAPERS
        if actor.may(permission)
    ]
