"""Approving and returning the changes of the contingent."""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from medtrud.engines.journal.public import record
from medtrud.engines.store.public import action, copy_rows, now
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused

from ..models import ContingentLine, ContingentReturn
from ..queries.contingent_changes import ContingentChange, contingent_changes

LINE = (
    "employer_id", "employment_id", "codes", "sout_class", "months", "since", "approved_at", "account",
)  # fmt: skip


@action
def contingent_approve(actor: Actor, *, on: dt.date, employments: Sequence[UUID] | None = None) -> int:
    """Approve changes of the contingent, all of them or the named ones; return how many."""
    chosen = _chosen(actor, on, employments)
    employer, at = actor.organization, now()
    ids = [each.employment for each in chosen if each.was]
    lines = ContingentLine.objects.visible_to(actor).filter(employment__in=ids, until__isnull=True)
    lines.update(until=on)
    copy_rows(
        ContingentLine,
        LINE,
        [
            (employer, each.employment, list(each.now.codes), each.now.sout_class, each.now.months, on, at,
             actor.account)
            for each in chosen if each.now
        ],
    )  # fmt: skip
    record(actor, "exams.contingent_approve", employer=employer, on=on, count=len(chosen))
    return len(chosen)


@action
def contingent_return(actor: Actor, *, on: dt.date, employments: Sequence[UUID], reason: str) -> int:
    """Return changes with a reason: they stay in the list until the conditions of work are corrected."""
    text = " ".join(reason.split())
    if not text:
        raise Refused("Не сказано, почему изменение возвращается. Впишите причину.")
    chosen = _chosen(actor, on, employments)
    ContingentReturn.objects.visible_to(actor).bulk_create(
        ContingentReturn(
            employer_id=actor.organization or 0,
            employment_id=each.employment,
            state=str(each.now or "выбывает"),
            reason=text[:300],
            returned_at=now(),
        )
        for each in chosen
    )
    record(actor, "exams.contingent_return", employer=actor.organization, on=on, count=len(chosen))
    return len(chosen)


def _chosen(actor: Actor, on: dt.date, employments: Sequence[UUID] | None) -> list[ContingentChange]:
    if actor.organization is None:
        raise Refused("Контингент утверждает работодатель. Выберите его рабочее место.")
    found = contingent_changes(actor, employer=actor.organization, on=on)
    if employments is None:
        return found
    wanted = set(employments)
    chosen = [each for each in found if each.uid in wanted]
    if not chosen:
        raise Refused("Эти изменения уже утверждены или отменились. Обновите страницу.")
    return chosen
