"""What exams print becomes a document: kept byte for byte, signed, handed over."""

import io
from collections.abc import Iterator, Sequence
from uuid import UUID

from medtrud.domains.documents.public import (
    document_about,
    document_create,
    document_of,
    document_release,
    papers_file,
    signature_request,
    version_add,
)
from medtrud.domains.documents.types import Content, DocumentIn, Paper
from medtrud.engines.journal import public as journal
from medtrud.engines.store.public import action, find, today
from medtrud.kernel.actor import Actor

from ..models import FinalAct


@action
def conclusions_file(actor: Actor, *, printed: Sequence[tuple[UUID, Paper]]) -> None:
    """Enter printed conclusions among the documents of their clinics; their chairmen are asked to sign them.

    A new version of a conclusion is a new version of the same document.
    """
    houses: dict[int | None, list[Paper]] = {}
    for _, paper in printed:
        houses.setdefault(paper.document.organization, []).append(paper)
    for papers in houses.values():
        papers_file(actor, papers=papers)
    for conclusion, paper in printed:
        journal.record(actor, "exams.conclusions_file", conclusion, exam=paper.document.about)


@action
def final_act_file(actor: Actor, *, act: UUID, content: bytes) -> UUID:
    """Enter a printed final act among the documents of the clinic and ask its chairman to sign it."""
    row: FinalAct = find(FinalAct, actor, act)
    document = DocumentIn(
        kind="final_act",
        title=f"Заключительный акт № {row.number} от {row.signed_on:%d.%m.%Y}",
        on=row.signed_on,
        party=row.employer_id,
        about=row.campaign.uid,
        module="exams",
        organization=row.clinic_id,
        words=f"{row.employer} {row.campaign.title} {act_words(row)}",
    )
    file = Content(io.BytesIO(content), f"{document.title}.pdf")
    known = document_about(actor, about=row.campaign.uid, kind=document.kind)
    if known is None:
        known = document_create(actor, document=document, content=file)
    else:
        reason = f"Акт закрыт заново, версия {row.version}"
        version_add(actor, document=known.uid, content=file, reason=reason)
    if row.chair.account_id is not None:
        signature_request(actor, document=known.uid, signers=[row.chair.account_id])
    journal.record(actor, "exams.final_act_file", row, document=known.uid)
    return known.uid


@action
def paper_release(actor: Actor, *, document: UUID) -> None:
    """Hand a signed paper of an exam over: the employer and the worker see it from now on.

    A paper that people have handed over already, or whose next version is signed, stays handed over.
    """
    if document_of(actor, document).released_on:
        return
    document_release(actor, document=document, on=today())
    journal.record(actor, "exams.paper_release", document)


def act_words(row: FinalAct) -> str:
    """Return the texts of an act, to find it by; people stand in rows of their own, not among its items."""
    return " ".join(_texts(row.items))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
