"""What the commission does with many visits at once; the work itself is a job with progress."""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from medtrud.engines.background.public import Job, job_start
from medtrud.engines.journal import public as journal
from medtrud.engines.store.public import action
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused
from medtrud.registries.organizations.public import chairman_of

from ..queries.commission import visits_by_uid

LIMIT = 5000
GIVE, PRINT = "exams.conclusions_give", "exams.conclusions_print"


@action
def conclusions_give(actor: Actor, *, exams: Sequence[UUID], on: dt.date) -> Job:
    """Start giving «противопоказаний нет, группа I» to visits that say nothing against it.

    Each conclusion is an action of its own, signed by the chairman who starts the job; a visit with a
    deviation, a diagnosis or an open question is refused by name.
    """
    known = _known(actor, exams)
    chairman_of(actor, clinic=actor.organization or 0, on=on)
    row = job_start(actor, job=GIVE, title=f"Заключения: {len(known)}", exams=known, on=on)
    journal.record(actor, "exams.conclusions_give", row, exams=len(known))
    return row


@action
def conclusions_print(actor: Actor, *, exams: Sequence[UUID]) -> Job:
    """Start printing the employer's copies of many conclusions into one file."""
    known = _known(actor, exams)
    row = job_start(actor, job=PRINT, title=f"Печать заключений: {len(known)}", exams=known)
    journal.record(actor, "exams.conclusions_print", row, exams=len(known))
    return row


def _known(actor: Actor, exams: Sequence[UUID]) -> list[UUID]:
    """Keep what the seat sees, in the order it was marked; strangers' uids fall out."""
    visible = visits_by_uid(actor, exams[:LIMIT])
    known = [uid for uid in dict.fromkeys(exams) if uid in visible]
    if not known:
        raise Refused("Не отмечено ни одного осмотра. Отметьте строки в списке и повторите.")
    return known
