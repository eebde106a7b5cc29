"""Papers of accounting from what was really done: the act, the bill, the register of the examined."""

import datetime as dt
import io
from uuid import UUID

from medtrud.domains.documents.public import document_about, document_create, version_add
from medtrud.domains.documents.types import Content, DocumentIn, Flow
from medtrud.engines.journal import public as journal
from medtrud.engines.paper.public import form_render
from medtrud.engines.store.public import action
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused

from ..queries.rows import campaign_of
from ..queries.services import services_form, services_of
from ..types.services import AccountingPaper, amount_of

SHOWN = 5
AGAIN = "услуги пересчитаны по картам осмотров"


@action
def services_file(actor: Actor, *, campaign: UUID, kind: AccountingPaper, on: dt.date) -> UUID:
    """Draw up a paper from the services of a campaign; drawn up again it is the next version."""
    row = campaign_of(actor, campaign)
    found = services_of(actor, row)
    if not found.lines:
        raise Refused("В этой кампании ещё ничего не выполнено: составлять не из чего.")
    if lacking := found.unpriced:
        named = "; ".join(dict.fromkeys(line.title for line in lacking[:SHOWN]))
        more = f" и ещё {len(lacking) - SHOWN}" if len(lacking) > SHOWN else ""
        raise Refused(f"Нет цен на услуги: {named}{more}. Загрузите прейскурант и составьте документ снова.")
    form = services_form(actor, row, found, kind, on)
    midnight = dt.datetime.combine(on, dt.time(), dt.UTC)  # the same data, the same file
    content = form_render("exams/services.typ", form, made_at=midnight)
    file = Content(io.BytesIO(content), f"{kind.title_ru} {row.number}.pdf", amount_of(found.kopecks))
    known = document_about(actor, about=row.uid, kind=kind.value)
    if known is None:
        facts = DocumentIn(
            kind=kind.value,
            title=f"{row.title} № {row.number}: {row.employer}"[:500],
            on=on,
            flow=Flow.OUTGOING,
            party=row.employer_id,
            about=row.uid,
            module="exams",
            words=f"{kind.title_ru} {row.employer}",
        )
        known = document_create(actor, document=facts, content=file)
    else:
        version_add(actor, document=known.uid, content=file, reason=AGAIN)
    journal.record(actor, "exams.services_file", row, document=known.uid, kind=kind.value)
    return known.uid
