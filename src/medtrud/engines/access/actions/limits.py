"""What the operator decides."""

import datetime as dt

from django.db.models import Q

from medtrud.engines.access.models import Limit
from medtrud.engines.access.types import Rule
from medtrud.engines.journal.public import record
from medtrud.engines.store.public import action
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.errors import Refused


@action
def limit_set(actor: Actor, *, code: Rule, value: int, since: dt.date, role: Role | None = None) -> Limit:
    """Set a limit from a day on; the value before stays in the table with its last day."""
    rows = Limit.objects.visible_to(actor).filter(code=code, role=role or "")
    if rows.filter(since__gt=since).exists():
        raise Refused("На более поздний день уже задано другое значение. Выберите день после него.")
    rows.filter(since=since).delete()
    rows.filter(Q(until__isnull=True) | Q(until__gt=since)).update(until=since)
    row = Limit(code=code, role=role or "", value=value, since=since)
    row.full_clean()
    row.save()
    record(
        actor, "access.limit_set", row, code=str(code), value=value, role=row.role, since=since.isoformat()
    )
    return row


@action
def limit_reset(actor: Actor, *, code: Rule, since: dt.date) -> int:
    """Let the shipped value serve again, for all roles, from a day on; return how many rows ended."""
    rows = Limit.objects.visible_to(actor).filter(code=code)
    ended = rows.filter(Q(until__isnull=True) | Q(until__gt=since))
    count: int = ended.count()
    if not count:
        raise Refused("На этот день и так действует значение поставки. Возвращать нечего.")
    rows.filter(since__gte=since).delete()
    ended.update(until=since)
    record(actor, "access.limit_reset", None, code=str(code), since=since.isoformat())
    return count
