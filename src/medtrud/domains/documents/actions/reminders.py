"""What is said every morning: who is late, whose term comes, and who answers for whom from today."""

import datetime as dt
from collections import Counter

from medtrud.engines.journal import public as journal
from medtrud.engines.messages.public import message_send
from medtrud.engines.store.public import action
from medtrud.kernel.actor import Actor
from medtrud.kernel.dates import add_working_days
from medtrud.registries.reference.public import calendar_on

from ..models import PassageStep, Substitution
from ..queries.execution import tasks_due
from ..queries.routes import asked_due
from ..types.routes import StepState

WHY = "a job speaks to every house"


@action
def reminders_send(actor: Actor, *, on: dt.date) -> int:
    """Tell everybody once how many documents are late and how many are due until the next working day.

    Returns how many people were told.
    """
    soon = add_working_days(on, 1, calendar_on(actor, on))
    late = _tell(actor, "documents.late", dt.date.min, on - dt.timedelta(days=1), "Просрочено документов")
    coming = _tell(actor, "documents.due", on, soon, f"Срок по {soon:%d.%m.%Y}, ждут ответа")
    journal.record(actor, "documents.reminders_send", None, told=len(late), ahead=len(coming))
    return len(late | coming)


def _tell(actor: Actor, kind: str, since: dt.date, until: dt.date, text: str) -> set[int]:
    """Send one message to each account that owes answers or deeds in these days."""
    rows = *asked_due(since, until).values_list("account"), *tasks_due(since, until).values_list("account")
    owed = Counter(account for (account,) in rows)
    for account, count in sorted(owed.items()):
        message_send(actor, account=account, kind=kind, text=f"{text}: {count}.")
    return set(owed)


@action
def substitutions_begin(actor: Actor, *, on: dt.date) -> int:
    """Hand over what waits for those whose absence begins on a day; return how many documents."""
    moved = 0
    for row in Substitution.objects.unscoped(WHY).filter(since=on, ended_on__isnull=True):
        waiting = PassageStep.objects.unscoped(WHY).filter(
            organization=row.organization_id, account=row.account, state=StepState.ASKED
        )
        moved += waiting.update(account=row.substitute, instead_of=row.account)
    journal.record(actor, "documents.substitutions_begin", None, steps=moved)
    return moved
