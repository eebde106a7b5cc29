"""What exams print becomes a document: kept byte for byte, signed, handed over."""

import io
from collections.abc import Iterator
from uuid import UUID

from medtrud.domains.documents.public import (
    Document,
    document_about,
    document_create,
    document_release,
    signature_request,
    version_add,
)
from medtrud.domains.documents.types import Content, DocumentIn
from medtrud.engines.journal import public as journal
from medtrud.engines.store.public import action, find, today
from medtrud.kernel.actor import Actor
from medtrud.registries.organizations.public import StaffMember

from ..models import Conclusion, FinalAct
from ..queries.papers import factors_of


@action
def conclusion_file(actor: Actor, *, conclusion: UUID, content: bytes) -> UUID:
    """Enter a printed conclusion among the documents of the clinic and ask its chairman to sign it.

    A new version of the conclusion is a new version of the same document.
    """
    row: Conclusion = find(Conclusion, actor, conclusion)
    document = DocumentIn(
        kind="conclusion",
        title=f"Заключение № {row.number} от {row.issued_on:%d.%m.%Y}",
        on=row.issued_on,
        person=row.person_id,
        party=row.employer_id,
        about=row.exam.uid,
        module="exams",
        organization=row.clinic_id,
        words=f"{row.employer} {row.post} {row.division} {factor_words(row)}",
    )
    known = document_about(actor, about=row.exam.uid, kind=document.kind)
    filed = _filed(actor, known, document, content, row.chair, f"Заключение изменено, версия {row.version}")
    journal.record(actor, "exams.conclusion_file", row, document=filed)
    return filed


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
    known = document_about(actor, about=row.campaign.uid, kind=document.kind)
    filed = _filed(actor, known, document, content, row.chair, f"Акт закрыт заново, версия {row.version}")
    journal.record(actor, "exams.final_act_file", row, document=filed)
    return filed


@action
def paper_release(actor: Actor, *, document: UUID) -> None:
    """Hand a signed paper of an exam over: the employer and the worker see it from now on."""
    document_release(actor, document=document, on=today())
    journal.record(actor, "exams.paper_release", document)


def _filed(
    actor: Actor,
    known: Document | None,
    document: DocumentIn,
    content: bytes,
    chair: StaffMember,
    reason: str,
) -> UUID:
    file = Content(io.BytesIO(content), f"{document.title}.pdf")
    if known is None:
        known = document_create(actor, document=document, content=file)
    else:
        version_add(actor, document=known.uid, content=file, reason=reason)
    if chair.account_id is not None:
        signature_request(actor, document=known.uid, signers=[chair.account_id])
    return known.uid


def factor_words(row: Conclusion) -> str:
    """Return the factors of a conclusion in words, to find it by."""
    return " ".join(f"{factor.code} {factor.name}" for factor in factors_of(row.codes, row.issued_on))


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
