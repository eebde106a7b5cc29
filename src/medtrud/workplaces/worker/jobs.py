"""From an entry of his record the worker comes to the pages of his cabinet."""

from typing import Any

from django.urls import reverse

from medtrud.domains.exams.public import own_notes_of
from medtrud.domains.record.public import entry_link_declare
from medtrud.kernel.actor import Actor, Role


def exams_link(actor: Actor, entry: Any) -> str:
    """Return the page of the referral or of the visit behind an entry."""
    if actor.role is not Role.WORKER:
        return ""
    if entry.kind == "referral":
        return reverse("worker:referral", args=[entry.source])
    if entry.kind == "further_exam_note":
        visit = own_notes_of(actor, entry.source)
        return reverse("worker:exam", args=[visit]) if visit else ""
    return reverse("worker:exam", args=[entry.source])


def work_link(actor: Actor, entry: Any) -> str:
    """Return the page of the jobs."""
    del entry
    return reverse("worker:work") if actor.role is Role.WORKER else ""


entry_link_declare("exams", exams_link)
entry_link_declare("organizations", work_link)
