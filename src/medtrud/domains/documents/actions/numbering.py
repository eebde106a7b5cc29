"""The scheme of numbers of a house."""

import datetime as dt

from medtrud.engines.journal import public as journal
from medtrud.engines.store.public import action, keep, today
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused
from medtrud.registries.organizations.public import organization_of

from ..models import Scheme
from ..rules import pattern_check
from ..types import Flow


@action
def scheme_set(actor: Actor, *, flow: Flow, pattern: str, index: str, since: dt.date) -> Scheme:
    """Set how the documents of a flow are numbered from a day on; past numbers stay as they are."""
    if since < today():
        raise Refused("Схема номеров начинает действовать сегодня или позже: прежние номера не меняются.")
    row = Scheme(
        organization=organization_of(actor),
        flow=flow,
        pattern=pattern_check(pattern),
        index=index.strip(),
        since=since,
    )
    keep(row)
    journal.record(actor, "documents.scheme_set", row, flow=flow, pattern=row.pattern)
    return row
