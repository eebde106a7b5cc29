"""From an entry of the record to the visit it speaks of, for the clinic that made it."""

from typing import Any
from uuid import UUID

from django.urls import reverse

from medtrud.kernel.actor import Actor, Role

from ..models import Exam

PATHS = {
    "referral": "referral__uid",
    "exam": "uid",
    "conclusion": "uid",
    "further_exam_note": "further_exam_note__uid",
}
PAGES = {
    Role.CLINIC: ("exams.exam", "exams:exam"),
    Role.COMMISSION: ("exams.conclusion_open", "exams:conclusion"),
}


def exam_behind(actor: Actor, kind: str, source: UUID) -> UUID | None:
    """Return the visit an entry points to, if the seat sees it: another clinic's visit stays there."""
    if kind not in PATHS:
        return None
    rows = Exam.objects.visible_to(actor).filter(**{PATHS[kind]: source})
    return rows.values_list("uid", flat=True).first()


def entry_link(actor: Actor, entry: Any) -> str:
    """Return the page of the visit behind an entry; the cabinet of the worker declares its own."""
    permission, page = PAGES.get(actor.role, ("", ""))
    if not page or not actor.may(permission):
        return ""
    visit = exam_behind(actor, entry.kind, entry.source)
    return reverse(page, args=[visit]) if visit else ""
