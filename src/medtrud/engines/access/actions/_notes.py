"""What happened, for the log of the process."""

import logging

from medtrud.engines.store.public import GuardedModel, before_commit
from medtrud.kernel.actor import Actor

log = logging.getLogger(__name__)


def record(actor: Actor, action: str, row: GuardedModel, **facts: object) -> None:
    """Log an action when it is done."""
    before_commit(lambda: log.info("%s %s %s %s", actor.name, action, row.uid, facts))
