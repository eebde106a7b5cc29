"""Who answers for a colleague while he is away."""

import datetime as dt
from uuid import UUID

from medtrud.engines.access.public import colleagues
from medtrud.engines.journal import public as journal
from medtrud.engines.messages.public import message_send
from medtrud.engines.store.public import action, find, keep, today
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused
from medtrud.registries.organizations.public import organization_of

from ..models import PassageStep, Substitution
from ..types.routes import StepState


@action
def substitution_set(
    actor: Actor, *, account: int, substitute: int, since: dt.date, until: dt.date, reason: str = ""
) -> Substitution:
    """Let a colleague answer for another from a day to a day; what waits for him now goes over at once."""
    on = today()
    known = colleagues(actor, on)
    if not {account, substitute} <= known.keys():
        raise Refused("Один из сотрудников не работает в вашей организации. Выберите обоих из списка.")
    row = Substitution(
        organization=organization_of(actor),
        account=account,
        substitute=substitute,
        since=since,
        until=until,
        reason=reason.strip(),
    )
    keep(row)
    if since <= on < until:
        _hand_over(actor, row)
    journal.record(actor, "documents.substitution_set", row, since=since, until=until)
    return row


@action
def substitution_end(actor: Actor, *, substitution: UUID, on: dt.date) -> Substitution:
    """End a substitution before its day; what was handed over stays with whom it was handed to."""
    row: Substitution = find(Substitution, actor, substitution)
    if row.ended_on:
        raise Refused(f"Замещение уже прекращено {row.ended_on:%d.%m.%Y}.")
    row.ended_on = on
    keep(row, "ended_on")
    journal.record(actor, "documents.substitution_end", row, on=on)
    return row


def _hand_over(actor: Actor, row: Substitution) -> None:
    waiting = PassageStep.objects.visible_to(actor).filter(account=row.account, state=StepState.ASKED)
    moved = waiting.update(account=row.substitute, instead_of=row.account)
    if moved:
        message_send(
            actor,
            account=row.substitute,
            kind="documents.step",
            text=f"Вам переданы документы отсутствующего сотрудника: {moved}.",
        )
