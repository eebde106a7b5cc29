"""Paper copies: asked for, certified, handed out, refused."""

import datetime as dt
from uuid import UUID

from medtrud.engines.journal import public as journal
from medtrud.engines.store.public import action, find, keep, numbers_take, today
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.dates import add_working_days
from medtrud.kernel.errors import Forbidden, Refused
from medtrud.registries.reference.public import calendar_on

from ..models import Document, PaperCopy
from ..queries import versions_of
from ..queries.archive import author
from ..types import DocumentState
from ..types.paper_copies import CopyState, copy_terms


@action
def paper_copy_ask(
    actor: Actor, *, document: UUID, requester: str, name: str, on: dt.date, purpose: str = ""
) -> PaperCopy:
    """Ask for a certified copy on paper; it is handed out within the working days of who asks."""
    row: Document = find(Document, actor, document)
    if row.state in {DocumentState.DRAFT, DocumentState.SIGNING, DocumentState.ANNULLED}:
        raise Refused(f"С документа «{row.title}» копию не снимают: он не действует. Дождитесь подписания.")
    term = copy_terms(on).get(requester)
    if term is None:
        raise Refused("Выберите, кто просит копию: работник, проверяющий или организация.")
    if on > today():
        raise Refused("Дата заявления ещё не наступила. Исправьте дату.")
    asked = PaperCopy(
        document=row,
        organization_id=row.organization_id,
        requester=requester,
        requester_name=name.strip() or author(actor),
        account=actor.account,
        purpose=purpose.strip(),
        asked_on=on,
        due=add_working_days(on, term.working_days, calendar_on(actor, on)),
    )
    keep(asked)
    journal.record(actor, "documents.paper_copy_ask", row, requester=requester, due=asked.due)
    return asked


@action
def paper_copy_issue(
    actor: Actor, *, copy: UUID, on: dt.date, sheets: int, certified_by: str, post: str, taken_by: str
) -> PaperCopy:
    """Certify a copy («Копия верна») and hand it out under its number in the journal."""
    row = _waiting(actor, copy)
    if on < row.asked_on or on > today():
        raise Refused("Копию выдают между днём заявления и сегодняшним. Исправьте дату.")
    row.version = versions_of(actor, row.document)[0]
    (row.number,) = numbers_take(f"documents:copies:{row.organization_id}", on.year)
    row.year, row.issued_on, row.sheets = on.year, on, sheets
    row.certified_by, row.post, row.taken_by = certified_by.strip(), post.strip(), taken_by.strip()
    row.state = CopyState.ISSUED
    names = ("certified_by", "issued_on", "number", "post", "sheets", "state", "taken_by", "version", "year")
    keep(row, *names)
    journal.record(actor, "documents.paper_copy_issue", row.document, number=row.number, sheets=sheets)
    return row


@action
def paper_copy_refuse(actor: Actor, *, copy: UUID, reason: str) -> PaperCopy:
    """Refuse a copy with a reason."""
    row = _waiting(actor, copy)
    if not reason.strip():
        raise Refused("Отказ объясняют. Укажите причину.")
    row.state, row.refusal = CopyState.REFUSED, reason.strip()
    keep(row, "state", "refusal")
    journal.record(actor, "documents.paper_copy_refuse", row.document, reason=row.refusal)
    return row


def _waiting(actor: Actor, uid: UUID) -> PaperCopy:
    row: PaperCopy = find(PaperCopy, actor, uid)
    if actor.role is not Role.SYSTEM and row.organization_id != actor.organization:
        raise Forbidden("Копию выдаёт организация, чей это документ. Дождитесь её.")
    locked = PaperCopy.objects.unscoped("found above").select_for_update(of=("self",))
    row.refresh_from_db(from_queryset=locked)
    if row.state != CopyState.ASKED:
        raise Refused("По этому заявлению копия уже выдана или в ней отказано. Обновите журнал.")
    return row
