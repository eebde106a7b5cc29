"""Days of the calendar plan for many people at once; order 29н, п. 26."""

import datetime as dt
from collections.abc import Mapping, Sequence
from uuid import UUID

from medtrud.engines.journal import public as journal
from medtrud.engines.store.public import action
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused

from ..models import Exam
from ..types.states import ExamState
from .exam import WHY


@action
def exams_spread(actor: Actor, *, days: Mapping[dt.date, Sequence[UUID]]) -> int:
    """Give every visit its day: all or none; a visit that got a day meanwhile stops the whole."""
    asked = {uid: on for on, uids in days.items() for uid in uids}
    seen = Exam.objects.visible_to(actor).filter(uid__in=list(asked)).values("pk")
    locked = Exam.objects.unscoped(WHY).select_for_update(of=("self",)).filter(pk__in=seen).order_by("pk")
    rows = list(locked)
    if not rows:
        raise Refused("Раскладывать некого: у всех осмотров кампании день уже есть.")
    free = [row for row in rows if row.state == ExamState.PLANNED and row.planned_on is None]
    if len(free) != len(asked):
        raise Refused(
            f"Пока вы смотрели раскладку, изменились осмотры: {len(asked) - len(free)}. "
            "Покажите раскладку ещё раз и сохраните её."
        )
    for row in rows:
        row.planned_on = asked[row.uid]
    Exam.objects.unscoped(WHY).bulk_update(rows, ["planned_on"], batch_size=1000)
    used = [on for on, uids in days.items() if uids]
    journal.record(
        actor, "exams.exams_spread", None,
        exams=len(rows), days=len(used), since=min(used).isoformat(), last=max(used).isoformat(),
    )  # fmt: skip
    return len(rows)
