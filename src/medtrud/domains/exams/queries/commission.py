"""What waits for the commission: visits to conclude, open questions, suspicions, the center, acts."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from medtrud.engines.store.public import find
from medtrud.kernel.actor import Actor
from medtrud.registries.people.public import persons_search

from ..models import Campaign, ConclusionMedical, Diagnosis, Exam, Finding, LineResult, RollEntry
from ..types.states import CampaignState, Decision, ExamState
from .rows import campaigns

SUSPECTED = "occupational_suspected"
OF_CAMPAIGN = "counts of the campaigns the seat sees"
OF_VISIT = "a condition on visits the seat sees"
FOUND = 500  # people a search shows at most
TABS = {
    "ready": ("К заключению", Q(state=ExamState.READY)),
    "started": ("На осмотре", Q(state=ExamState.STARTED)),
    "concluded": ("Заключение дано", Q(state=ExamState.CONCLUDED)),
    "closed": ("Не пройдены", Q(state__in=[ExamState.NOT_PASSED, ExamState.NOT_COMPLETED])),
}


def visits(actor: Actor) -> QuerySet[Any]:
    """Return the begun visits of the clinic; they are narrowed by marks, and shown with them by `marked`.

    The marks: diagnosed, asked, suspected, deviating, sent.
    """
    rows: QuerySet[Any] = Exam.objects.visible_to(actor).exclude(
        state__in=[ExamState.PLANNED, ExamState.CANCELLED]
    )
    narrowed: QuerySet[Any] = rows.select_related("referral", "employer", "campaign").alias(
        diagnosed=Exists(standing_diagnoses()),
        asked=Exists(open_questions()),
        suspected=Exists(standing_diagnoses().filter(nature=SUSPECTED)),
        deviating=Exists(deviations()),
        sent=Exists(sent_to_center()),
    )
    return narrowed


def marked(rows: Iterable[Any]) -> list[Any]:
    """Return the visits of one page with their marks: a few small queries, whatever lies in the tables."""
    page = list(rows)
    here = Q(exam__in=[row.pk for row in page])
    natures: dict[int, set[str]] = {}
    for exam, nature in valid_diagnoses().filter(here).values_list("exam", "nature"):
        natures.setdefault(exam, set()).add(nature)
    asked, deviating, sent = (
        set(found.filter(here).values_list("exam", flat=True))
        for found in (undecided(), deviating_results(), referred_on())
    )
    for row in page:
        row.diagnosed = row.pk in natures
        row.suspected = SUSPECTED in natures.get(row.pk, ())
        row.asked, row.deviating, row.sent = row.pk in asked, row.pk in deviating, row.pk in sent
    return page


def standing_diagnoses() -> QuerySet[Diagnosis]:
    """Return the valid diagnoses of the outer visit."""
    return valid_diagnoses().filter(exam=OuterRef("pk"))


def open_questions() -> QuerySet[Finding]:
    """Return the undecided possible contraindications of the outer visit."""
    return undecided().filter(exam=OuterRef("pk"))


def deviations() -> QuerySet[LineResult]:
    """Return the latest results of the outer visit that leave the norm."""
    return deviating_results().filter(exam=OuterRef("pk"))


def sent_to_center() -> QuerySet[ConclusionMedical]:
    """Return the conclusions in force of the outer visit that send to the center."""
    return referred_on().filter(exam=OuterRef("pk"))


def valid_diagnoses() -> QuerySet[Diagnosis]:
    """Return the diagnoses neither replaced nor withdrawn."""
    # Not replaced_by__isnull: the planner takes its outer join for one row, and joins long lists row by row.
    rows: QuerySet[Diagnosis] = Diagnosis.objects.unscoped(OF_VISIT).filter(
        ~Exists(_later(Diagnosis)), withdrawn_reason=""
    )
    return rows


def undecided() -> QuerySet[Finding]:
    """Return the possible contraindications of valid diagnoses that nobody has decided on."""
    rows: QuerySet[Finding] = Finding.objects.unscoped(OF_VISIT).filter(
        ~Exists(_later(Finding)),
        ~Exists(_later(Diagnosis, "diagnosis")),
        decision=Decision.OPEN,
        diagnosis__withdrawn_reason="",
    )
    return rows


def deviating_results() -> QuerySet[LineResult]:
    """Return the latest results that leave the norm."""
    later = LineResult.objects.unscoped(OF_VISIT).filter(
        line=OuterRef("line"), version__gt=OuterRef("version")
    )
    rows: QuerySet[LineResult] = LineResult.objects.unscoped(OF_VISIT).filter(~Exists(later), normal=False)
    return rows


def referred_on() -> QuerySet[ConclusionMedical]:
    """Return the conclusions in force that send to the center."""
    rows: QuerySet[ConclusionMedical] = ConclusionMedical.objects.unscoped(OF_VISIT)
    return rows.filter(center=True, conclusion__current=True)


def _later(model: type[Diagnosis] | type[Finding], key: str = "pk") -> QuerySet[Any]:
    return model.objects.unscoped(OF_VISIT).filter(replaces=OuterRef(key))


def clear_visits(actor: Actor) -> QuerySet[Any]:
    """Return the visits that wait for a conclusion and say nothing against «годен, группа I»."""
    return visits(actor).filter(
        state=ExamState.READY, diagnosed=False, asked=False, suspected=False, deviating=False
    )


def why_not_clear(visit: Any) -> str:
    """Say why a visit is not concluded in bulk, "" when nothing speaks against it."""
    if visit.state != ExamState.READY:
        return f"осмотр в состоянии «{ExamState(visit.state).title_ru}»"
    reasons = {
        "вопросы о противопоказаниях": visit.asked,
        "диагнозы": visit.diagnosed,
        "отклонения в результатах": visit.deviating,
    }
    found = [words for words, there in reasons.items() if there]
    return f"есть {', '.join(found)}" if found else ""


def visits_by_uid(actor: Actor, uids: Sequence[UUID]) -> dict[UUID, Any]:
    """Return the visits of these uids the seat sees, with their marks."""
    return {row.uid: row for row in marked(visits(actor).filter(uid__in=list(uids)))}


def visits_found(actor: Actor, rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Narrow the list to a name, СНИЛС or the number of a referral."""
    if text.isdecimal() and len(text) <= 7:  # noqa: PLR2004 - longer is СНИЛС
        return rows.filter(referral__number=int(text))
    return rows.filter(person__in=persons_search(actor, text, limit=FOUND))


def next_visit(actor: Actor, after: Exam) -> Exam | None:
    """Return who waits behind this visit, in the order of the list; from the end it begins again."""
    rows: QuerySet[Exam] = Exam.objects.visible_to(actor).filter(state=ExamState.READY).exclude(pk=after.pk)
    behind = rows.filter(pk__gt=after.pk).order_by("pk").first()
    return behind or rows.order_by("pk").first()


def campaigns_counted(actor: Actor) -> QuerySet[Any]:
    """Return the campaigns with how far each has come: S, C, N and those who wait.

    Each number is counted apart: joined together, visits and lines would multiply each other.
    """
    own = Exam.objects.unscoped(OF_CAMPAIGN).filter(
        campaign=OuterRef("pk"), roll_entry__removed_on__isnull=True
    )
    begun = (ExamState.STARTED, ExamState.READY, ExamState.NOT_COMPLETED)
    entries = RollEntry.objects.unscoped(OF_CAMPAIGN).filter(campaign=OuterRef("pk"), removed_on__isnull=True)
    rows: QuerySet[Any] = campaigns(actor).annotate(
        concluded=_amount(own.filter(state=ExamState.CONCLUDED)),
        unfinished=_amount(own.filter(state__in=begun)),
        waiting=_amount(own.filter(state=ExamState.READY)),
        subject=_amount(entries),
    )
    return rows


def _amount(rows: QuerySet[Any]) -> Coalesce:
    counted = rows.order_by().values("campaign").annotate(amount=Count("pk")).values("amount")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def campaign_counted(actor: Actor, uid: UUID) -> Any:
    """Return one campaign with its counts; a stranger gets 404."""
    found = find(Campaign, actor, uid)
    return campaigns_counted(actor).get(pk=found.pk)


def acts_due(actor: Actor, *, on: dt.date) -> QuerySet[Any]:
    """Return the campaigns that are over and have no act; п. 45 gives 30 days."""
    return campaigns_counted(actor).filter(state=CampaignState.AGREED, until__lte=on).order_by("until")


def employers_of(actor: Actor) -> list[tuple[int, str]]:
    """Return the employers of the campaigns, for a filter."""
    rows = {row.employer_id: str(row.employer) for row in campaigns(actor)}
    return sorted(rows.items(), key=lambda pair: pair[1])
