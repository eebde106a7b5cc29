"""Reading visits: the lists of the reception, one visit with its lines, results and reasons."""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from medtrud.engines.store.public import find
from medtrud.kernel.actor import Actor
from medtrud.registries.people.public import names_of, persons_search
from medtrud.registries.people.types import PersonName

from ..models import Campaign, Conclusion, Exam, ExamLine, LineResult, Referral, RollEntry
from ..rules.forms import EntryForm, entry_form, performers
from ..types.norms import LABORATORY
from ..types.states import CampaignState, ExamState, LineState
from ..types.visit import ShownLine, ShownResult, ShownValue
from .programme import reasons_of
from .rows import campaigns, exams

NUMBER = re.compile(r"\d{1,7}")
SIGNER = "who signed a result is named beside it"
ABSENT = "Осмотр не найден. Возможно, направление выдано в другую медицинскую организацию."


def exams_found(actor: Actor, rows: QuerySet[Exam], text: str) -> QuerySet[Exam]:
    """Narrow a list to a name, СНИЛС or the number of a referral."""
    if NUMBER.fullmatch(text):
        return rows.filter(referral__number=int(text))
    return rows.filter(person__in=persons_search(actor, text))


def line_of(actor: Actor, uid: UUID) -> ExamLine:
    """Return one line of a visit; a stranger gets 404."""
    find(ExamLine, actor, uid)
    row: ExamLine = ExamLine.objects.visible_to(actor).select_related("exam__referral").get(uid=uid)
    return row


def lines_of(actor: Actor, exam: Exam) -> QuerySet[ExamLine]:
    """Return the lines of a visit in their order."""
    rows: QuerySet[ExamLine] = ExamLine.objects.visible_to(actor).filter(exam=exam)
    return rows.select_related("exam__programme").order_by("order")


def shown_lines(actor: Actor, exam: Exam, person: PersonName) -> list[ShownLine]:
    """Return the lines of a visit with reasons and all versions of their results, in four queries."""
    rows = list(lines_of(actor, exam))
    results = results_shown(actor, rows, person)
    on = exam.arrived_on or exam.referral.issued_on
    titles = {code: title for code, (title, _) in performers(on).items()}
    return [
        ShownLine(
            uid=row.uid,
            kind=row.kind,
            title=row.title,
            condition=row.condition,
            performer=titles.get(row.specialty, ""),
            state=LineState(row.state),
            done_on=row.done_on,
            credited=row.credited,
            changed_reason=row.changed_reason,
            reasons=tuple(reasons_of(row)),
            results=tuple(results.get(row.pk, ())),
        )
        for row in rows
    ]


def results_shown(
    actor: Actor, lines: Iterable[ExamLine], person: PersonName
) -> dict[int, list[ShownResult]]:
    """Return every version of the results of lines in words, the newest first."""
    titles = {line.pk: line.title for line in lines}
    rows = list(
        LineResult.objects.visible_to(actor)
        .filter(line__in=titles)
        .select_related("staff")
        .order_by("line", "-version")
    )
    names = names_of(Actor.job(SIGNER), {row.staff.person_id for row in rows if row.staff})
    found: dict[int, list[ShownResult]] = defaultdict(list)
    for row in rows:
        form = entry_form(titles[row.line_id], person.sex, row.performed_on)
        by = names[row.staff.person_id].short if row.staff and row.staff.person_id in names else ""
        found[row.line_id].append(_shown(row, form, by))
    return found


def results_before(actor: Actor, exam: Exam, titles: Iterable[str]) -> dict[str, LineResult]:
    """Return the last result of the person before this visit by the title of the line, in one query."""
    rows = (
        LineResult.objects.visible_to(actor)
        .filter(person=exam.person_id, line__title__in=list(titles))
        .exclude(exam=exam)
        .select_related("line")
        .order_by("performed_on", "version")
    )
    return {row.line.title: row for row in rows}


def exams_before(actor: Actor, exam: Exam) -> QuerySet[Exam]:
    """Return the other visits of the person, newest first."""
    return exams(actor).filter(person=exam.person_id).exclude(pk=exam.pk).order_by("-pk")


def exam_tabs(on: dt.date) -> dict[str, tuple[str, Q]]:
    """Return the states of the reception's list with their conditions."""
    planned = Q(state=ExamState.PLANNED)
    closed = (ExamState.NOT_COMPLETED, ExamState.NOT_PASSED)
    return {
        "today": ("Сегодня", planned & Q(planned_on=on)),
        "started": ("На осмотре", Q(state=ExamState.STARTED)),
        "ready": ("Ждут заключения", Q(state=ExamState.READY)),
        "late": ("Не явились", planned & Q(planned_on__lt=on)),
        "planned": ("Назначены", planned & Q(planned_on__gt=on)),
        "undated": ("Без даты", planned & Q(planned_on__isnull=True)),
        "concluded": ("Завершены", Q(state=ExamState.CONCLUDED)),
        "closed": ("Не пройдены", Q(state__in=closed)),
    }


def roll_of(actor: Actor, campaign: Campaign) -> QuerySet[RollEntry]:
    """Return the named list of a campaign."""
    rows: QuerySet[RollEntry] = RollEntry.objects.visible_to(actor)
    return rows.filter(campaign=campaign, removed_on__isnull=True).select_related("person")


def campaigns_waiting(actor: Actor) -> QuerySet[Campaign]:
    """Return the lists that wait for the clinic's agreement."""
    return campaigns(actor).filter(state=CampaignState.APPROVED)


def referrals_since(actor: Actor, since: dt.date) -> QuerySet[Referral]:
    """Return the referrals that arrived lately."""
    rows: QuerySet[Referral] = Referral.objects.visible_to(actor)
    return rows.filter(issued_on__gte=since).exclude(state="cancelled").order_by("-issued_on", "-pk")


def value_text(value: Any) -> str:
    """Write a stored value as it was typed: a comma in numbers."""
    if isinstance(value, float):
        return f"{value:g}".replace(".", ",")
    return str(value).replace(".", ",") if isinstance(value, int) else str(value)


def values_shown(row: LineResult, form: EntryForm) -> tuple[ShownValue, ...]:
    """Return the values of a result in words, in the order of the form."""
    place = row.values.get(LABORATORY)
    place_shown = (ShownValue("Лаборатория", str(place), ""),) if place else ()
    return place_shown + tuple(
        ShownValue(
            field.label,
            f"{value_text(row.values[field.code])} {field.unit}".strip(),
            row.flags.get(field.code, ""),
        )
        for field in form.fields
        if field.code in row.values
    )


def _shown(row: LineResult, form: EntryForm, by: str) -> ShownResult:
    return ShownResult(
        version=row.version,
        on=row.performed_on,
        written_at=row.written_at,
        by=by,
        normal=row.normal,
        text=row.text,
        values=values_shown(row, form),
    )


def roll_divisions(actor: Actor, campaign: Campaign) -> list[str]:
    """Return the divisions of a named list."""
    return list(roll_of(actor, campaign).order_by("division").values_list("division", flat=True).distinct())


def divisions_unplanned(actor: Actor, campaign: Campaign) -> list[tuple[str, int]]:
    """Return the divisions of a campaign with how many visits have no day yet."""
    rows = _unplanned(actor, campaign).order_by().values("referral__division")
    counted = rows.annotate(people=Count("pk")).order_by("referral__division")
    return list(counted.values_list("referral__division", "people"))


def exams_unplanned(actor: Actor, campaign: Campaign, division: str | None, limit: int | None) -> list[UUID]:
    """Return the visits of a campaign without a day, in alphabetical order."""
    return [uid for uid, _ in visits_unplanned(actor, campaign, division)[:limit]]


def visits_unplanned(actor: Actor, campaign: Campaign, division: str | None) -> list[tuple[UUID, str]]:
    """Return the visits without a day with their divisions, in alphabetical order."""
    rows = _unplanned(actor, campaign)
    if division is not None:
        rows = rows.filter(referral__division=division)
    return list(rows.order_by("person__name_rank", "pk").values_list("uid", "referral__division"))


def _unplanned(actor: Actor, campaign: Campaign) -> QuerySet[Exam]:
    rows: QuerySet[Exam] = Exam.objects.visible_to(actor)
    return rows.filter(campaign=campaign, state=ExamState.PLANNED, planned_on__isnull=True)


def campaign_progress(actor: Actor, campaigns: Iterable[int]) -> dict[int, tuple[int, int]]:
    """Return how many visits a campaign has and how many of them are finished, in one query."""
    rows = Exam.objects.visible_to(actor).filter(campaign__in=list(campaigns)).order_by().values("campaign")
    finished = Count("pk", filter=Q(state=ExamState.CONCLUDED))
    counted = rows.annotate(visits=Count("pk", filter=~Q(state=ExamState.CANCELLED)), finished=finished)
    return {row["campaign"]: (row["visits"], row["finished"]) for row in counted}


def conclusion_standing(actor: Actor, exam: Exam) -> Conclusion | None:
    """Return the conclusion of a visit in force, if it was given."""
    row: Conclusion | None = Conclusion.objects.visible_to(actor).filter(exam=exam, current=True).first()
    return row
