"""Campaigns of the employer: how far each has come, what comes next and until when."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Q

from medtrud.kernel.actor import Actor
from medtrud.registries.reference.types import WorkCalendar

from ..models import Campaign, Exam, Referral, RollEntry
from ..rules import deadline_day, deadlines_of
from ..types import Deadline
from ..types.states import CampaignState, ExamState, ReferralState

DAY = dt.timedelta(days=1)
OVER = (ExamState.CONCLUDED, ExamState.NOT_COMPLETED, ExamState.NOT_PASSED)


@dataclass(frozen=True)
class Numbers:
    """How many people of a campaign stand where."""

    listed: int = 0
    referred: int = 0
    handed: int = 0
    exams: dict[str, int] = field(default_factory=dict)

    @property
    def concluded(self) -> int:
        """Return how many have a conclusion."""
        return self.exams.get(ExamState.CONCLUDED, 0)

    @property
    def over(self) -> int:
        """Return how many visits are over, with a conclusion or without."""
        return sum(self.exams.get(state, 0) for state in OVER)

    @property
    def share(self) -> int:
        """Return the part of the list with a conclusion, in per cent."""
        return round(100 * self.concluded / self.listed) if self.listed else 0


@dataclass(frozen=True)
class Stage:
    """One step of a campaign: done, now or ahead; with the day the law sets."""

    code: str
    title: str
    note: str
    state: str  # done | now | ahead
    until: dt.date | None = None
    basis: str = ""
    late: bool = False
    calendar: str = ""  # by which calendar the working days were counted


def numbers_of(actor: Actor, rows: Sequence[Campaign]) -> dict[int, Numbers]:
    """Return the numbers of these campaigns in three queries."""
    ids = [row.pk for row in rows]
    entries = RollEntry.objects.visible_to(actor).filter(campaign__in=ids, removed_on__isnull=True)
    listed = dict(entries.values_list("campaign").annotate(n=Count("pk")))
    sent = Referral.objects.visible_to(actor).filter(roll_entry__campaign__in=ids)
    sent = sent.exclude(state=ReferralState.CANCELLED)
    referred = {
        pk: (every, handed)
        for pk, every, handed in sent.values_list("roll_entry__campaign").annotate(
            every=Count("pk"), handed=Count("pk", filter=Q(handed_on__isnull=False))
        )
    }
    states: dict[int, dict[str, int]] = {}
    visits = Exam.objects.visible_to(actor).filter(campaign__in=ids).exclude(state=ExamState.CANCELLED)
    for pk, state, count in visits.values_list("campaign", "state").annotate(n=Count("pk")):
        states.setdefault(pk, {})[state] = count
    return {pk: Numbers(listed.get(pk, 0), *referred.get(pk, (0, 0)), states.get(pk, {})) for pk in ids}


def stages_of(row: Campaign, numbers: Numbers, on: dt.date, working: WorkCalendar) -> list[Stage]:
    """Return the steps of a campaign with the days of the order: пп. 21–27, 45."""
    last = row.until - DAY
    before = {item.code: item for item in deadlines_of("exam_start", row.since, working)}
    act = {item.code: item for item in deadlines_of("exams_finished", last, working)}["final_act"]
    roll, plan = before["roll_to_clinic"], before["plan_before_start"]
    if row.approved_by_employer_on:
        received = deadline_day("plan_after_roll", row.approved_by_employer_on, working)
        plan = plan._replace(on=min(plan.on, received))
    facts = (
        ("roll", "Поименный список", f"в списке {numbers.listed}", bool(numbers.listed), roll),
        (
            "approval",
            "Утверждение",
            _when(row.approved_by_employer_on),
            bool(row.approved_by_employer_on),
            roll,
        ),
        (
            "agreement",
            "Согласование клиникой",
            _when(row.approved_by_clinic_on),
            bool(row.approved_by_clinic_on),
            plan,
        ),
        (
            "referrals",
            "Направления",
            f"выдано {numbers.referred}, вручено {numbers.handed}",
            bool(numbers.listed) and numbers.handed >= numbers.listed,
            Deadline("referrals", "", "employer", row.since - DAY, before["plan_to_workers"].reasons),
        ),
        (
            "exams",
            "Осмотры",
            f"заключений {numbers.concluded} из {numbers.listed}",
            bool(numbers.listed) and numbers.over >= numbers.listed,
            Deadline("exams", "", "clinic", last, ()),
        ),
        ("act", "Заключительный акт", "", row.state == CampaignState.CLOSED, act),
    )
    stages: list[Stage] = []
    for code, title, note, done, deadline in facts:
        ahead = any(stage.state == "now" for stage in stages)
        state = "done" if done else "ahead" if ahead else "now"
        basis = str(deadline.reasons[0].ref) if deadline.reasons else ""
        late = not done and deadline.on < on
        said = working.said(deadline.on, row.since) if deadline.working else ""
        stages.append(Stage(code, title, note, state, deadline.on, basis, late, said))
    return stages


def next_stage(stages: Sequence[Stage]) -> Stage | None:
    """Return the step that waits now."""
    return next((stage for stage in stages if stage.state == "now"), None)


def _when(on: dt.date | None) -> str:
    return f"{on:%d.%m.%Y}" if on else ""
