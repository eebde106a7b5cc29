"""The queue of a doctor, a room or the laboratory: open lines of begun visits by who may do them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from medtrud.kernel.actor import Actor
from medtrud.registries.organizations.public import specialties_of, staff_member_of

from ..models import Exam, ExamLine, LineDraft
from ..rules.forms import performers
from ..types.states import ExamState, LineState
from ..types.visit import Place
from .rows import exams

OPEN = (LineState.DUE, LineState.UNKNOWN_EXPOSURE)


def my_performers(actor: Actor, on: dt.date) -> dict[str, str]:
    """Return title by code of the performers the actor may sign for on a day, by his accreditations."""
    own = staff_member_of(actor, on=on)
    if own is None or actor.organization is None:
        return {}
    held = specialties_of(actor, person=own.person_id, clinic=actor.organization, on=on)
    return {code: title for code, (title, wanted) in performers(on).items() if held & set(wanted)}


def open_lines(actor: Actor, codes: Collection[str]) -> QuerySet[ExamLine]:
    """Return the lines that wait for these performers."""
    rows: QuerySet[ExamLine] = ExamLine.objects.visible_to(actor)
    return rows.filter(state__in=OPEN, specialty__in=codes, exam__state=ExamState.STARTED)


def queue(actor: Actor, codes: Collection[str]) -> QuerySet[Exam]:
    """Return the visits that wait for these performers: who came first stands first."""
    waiting = open_lines(actor, codes).filter(exam=OuterRef("pk"))
    return exams(actor).filter(Exists(waiting), state=ExamState.STARTED)


def titles_waiting(actor: Actor, codes: Collection[str], exams: Collection[int]) -> dict[int, list[str]]:
    """Return the titles of what these performers have to do at each visit, in one query."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = open_lines(actor, codes).filter(exam__in=exams).order_by("kind", "order")
    for exam, title in rows.values_list("exam", "title"):
        found[exam].append(title)
    return found


def queue_next(actor: Actor, codes: Collection[str], exam: Exam) -> UUID | None:
    """Return the visit that stands behind this one in the queue, or the first one."""
    waiting = open_lines(actor, codes).exclude(exam=exam)
    rows = waiting.order_by("exam__arrived_on", "exam_id")
    behind = Q(exam__arrived_on__gt=exam.arrived_on) | Q(exam__arrived_on=exam.arrived_on, exam__gt=exam.pk)
    first = rows.filter(behind).values_list("exam__uid", flat=True).first() if exam.arrived_on else None
    return first or rows.values_list("exam__uid", flat=True).first()


def places(actor: Actor, on: dt.date) -> list[Place]:
    """Return my performers with how many visits wait at each, in two queries beside the accreditations."""
    mine = my_performers(actor, on)
    rows = open_lines(actor, mine).order_by().values("specialty")
    waiting = dict(rows.annotate(people=Count("exam", distinct=True)).values_list("specialty", "people"))
    return [Place(code, title, waiting.get(code, 0)) for code, title in mine.items()]


def lines_to_enter(actor: Actor, exam: Exam, codes: Collection[str]) -> list[ExamLine]:
    """Return what these performers may still enter at a visit: the doctor's own line first, then tests."""
    rows = open_lines(actor, codes).filter(exam=exam).select_related("exam__referral")
    return list(rows.order_by("kind", "order"))


def draft_of(actor: Actor, lines: list[ExamLine]) -> LineDraft | None:
    """Return what was typed and not finished for these lines."""
    rows: QuerySet[LineDraft] = LineDraft.objects.visible_to(actor)
    return (
        rows.filter(line__in=[line.pk for line in lines]).select_related("line").order_by("-saved_at").first()
    )


def lines_waiting(actor: Actor, codes: Collection[str]) -> list[tuple[str, int]]:
    """Return the tests of these performers with how many people wait for each."""
    rows = open_lines(actor, codes).order_by().values("title").annotate(people=Count("exam"))
    return list(rows.order_by("title").values_list("title", "people"))


def lines_titled(actor: Actor, codes: Collection[str], title: str, on: dt.date | None) -> QuerySet[ExamLine]:
    """Return the open lines of one test, by who came first; with a day, of those who came on it."""
    rows = open_lines(actor, codes).filter(title=title).select_related("exam__referral")
    if on is not None:
        rows = rows.filter(exam__arrived_on=on)
    return rows.order_by("exam__arrived_on", "exam_id")
