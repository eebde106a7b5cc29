"""What is said every morning: who is late, and who answers for whom from today."""

import datetime as dt
from collections import Counter

from medtrud.engines.journal import public as journal
from medtrud.engines.messages.public import message_send
from medtrud.engines.store.public import action
from medtrud.kernel.actor import Actor

from ..models import PassageStep, Substitution
from ..queries.execution import tasks_late
from ..queries.routes import asked_late
from ..types.routes import StepState

WHY = "a job speaks to every house"


@action
def reminders_send(actor: Actor, *, on: dt.date) -> int:
    """Tell everybody once how many of his documents are late; return how many were told."""
    late = Counter(
        [*asked_late(on).values_list("account", flat=True), *tasks_late(on).values_list("account", flat=True)]
    )
    for account, count in sorted(late.items()):
        message_send(
            actor,
            account=account,
            kind="documents.late",
            text=f"Просрочено по документам: {count}. Срок прошёл.",
        )
    journal.record(actor, "documents.reminders_send", None, told=len(late))
    return len(late)


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
