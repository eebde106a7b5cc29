"""Own visits: the list, the referral with reasons, the visit with results and the conclusion."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import path, reverse
from django.utils.safestring import SafeString

from medtrud.domains.exams.public import (
    Exam,
    documents_on,
    own_conclusions,
    own_diagnoses,
    own_exams,
    own_medical,
    own_notes,
    own_referrals,
    own_steps,
    progress_of,
    reuse_on,
)
from medtrud.domains.exams.types.own import OwnStep
from medtrud.domains.exams.types.states import ExamState
from medtrud.engines.paper.public import qr_drawing
from medtrud.engines.ui.public import Request, needs, page
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import NotFound

from ..queries import factor_names, kind_of, long_day, own_name
from .faces import exam_face, papers_of

ABSENT = "Такого осмотра среди ваших нет. Откройте список осмотров."
GROUPS = {"specialist": "Врачи", "test": "Исследования"}


@needs("worker.exam_list")
def exam_list(request: Request) -> HttpResponse:
    """Show all visits, the newest first."""
    own_name(request.actor)
    exams = [exam_face(exam) for exam in own_exams(request.actor)[:100]]
    return page(request, "worker/exam_list.html", title="Мои осмотры", exams=exams)


@needs("worker.referral")
def referral(request: Request, uid: UUID) -> HttpResponse:
    """Show where, when, what for and why, with the code for the reception."""
    actor = request.actor
    row = own_referrals(actor).filter(uid=uid).first()
    if row is None:
        raise NotFound("Такого направления среди ваших нет: возможно, его отозвали. Спросите работодателя.")
    exam = own_exams(actor).filter(referral=row).first()
    steps = own_steps(actor, row, exam, sex=own_name(actor).sex)
    months, reuse_ref = reuse_on(row.issued_on)
    return page(
        request,
        "worker/referral.html",
        title=f"Направление № {row.number}",
        lead=f"от {row.issued_on:%d.%m.%Y}",
        referral=row,
        exam=exam,
        kind=kind_of(row.kind),
        day=long_day(exam.planned_on) if exam and exam.planned_on else "",
        factors=factor_names(row.codes, row.issued_on),
        bring=documents_on(row.kind, row.issued_on),
        months=months,
        reuse_ref=reuse_ref,
        groups=[_group(steps, kind) for kind in GROUPS],
        qr=_code(request, row.uid),
        prints=actor.may("exams.referral_print"),
    )


@needs("worker.exam")
def exam(request: Request, uid: UUID) -> HttpResponse:
    """Show one visit: what is done, what was found, what the commission decided."""
    actor = request.actor
    row = own_exams(actor).filter(uid=uid).first()
    if row is None:
        raise NotFound(ABSENT)
    steps = own_steps(actor, row.referral, row, sex=own_name(actor).sex)
    return page(
        request,
        "worker/exam.html",
        title=kind_of(row.kind),
        lead=f"{row.clinic}",
        exam=row,
        state=ExamState(row.state),
        done=progress_of(steps),
        waiting=[step for step in steps if step.waits],
        found=[step for step in steps if step.result and not step.result.normal],
        normal=[step for step in steps if step.result and step.result.normal],
        credited=[step for step in steps if step.counts and not step.waits and not step.result],
        **_outcome(actor, row),
    )


def _outcome(actor: Actor, row: Exam) -> dict[str, Any]:
    conclusion = own_conclusions(actor).filter(exam=row).first()
    needs_, advice = own_medical(actor, conclusion) if conclusion else ((), "")
    return {
        "conclusion": conclusion,
        "barred": factor_names(conclusion.contraindicated, conclusion.issued_on) if conclusion else (),
        "needs": needs_,
        "advice": advice,
        "diagnoses": list(own_diagnoses(actor, row)),
        "note": own_notes(actor, row).select_related("asked").first(),
        "prints_note": actor.may("exams.further_exam_print"),
        "papers": papers_of(actor, row, conclusion),
    }


def _group(steps: list[OwnStep], kind: str) -> tuple[str, list[OwnStep], list[OwnStep]]:
    """Return the heading, what the work brings, and what everybody passes."""
    shown = [step for step in steps if step.kind == kind and (step.counts or step.because)]
    return GROUPS[kind], [s for s in shown if not s.common], [s for s in shown if s.common]


def _code(request: Request, referral: UUID) -> SafeString:
    """Draw the code the reception reads; without its own size it fills its place."""
    address = request.build_absolute_uri(reverse("exams:referral_arrival", args=[referral]))
    return qr_drawing(address)


urlpatterns = [
    path("exams/", exam_list, name="exam_list"),
    path("exams/<uuid:uid>/", exam, name="exam"),
    path("referrals/<uuid:uid>/", referral, name="referral"),
]
