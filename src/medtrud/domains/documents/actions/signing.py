"""Asking for signatures, putting them one by one or many at once, refusing with a reason."""

from collections.abc import Sequence
from uuid import UUID

from medtrud.engines.background.public import publish
from medtrud.engines.journal import public as journal
from medtrud.engines.messages.public import message_send
from medtrud.engines.signing.public import (
    certificate_of,
    content_sign,
    sign_with_seal,
    signature_attach,
)
from medtrud.engines.signing.types import Owner
from medtrud.engines.store.public import action, keep, keep_many, now, today
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused

from ..models import Document, Request
from ..queries import versions_of
from ..queries.signing import path_of, request_of
from ..types import DocumentSigned, DocumentState, kind_of
from ..types.signing import SEAL, RequestState, Signed
from .documents import own_document, requests_withdraw

NO_CERTIFICATE = (
    "У вас нет действующего сертификата подписи на сервере. Подпишите в браузере своим носителем "
    "или попросите администратора безопасности выпустить сертификат."
)


@action
def signature_request(actor: Actor, *, document: UUID, signers: Sequence[int]) -> list[Request]:
    """Ask for the signatures of a kind: an account for each of its roles, then the seal where it is due."""
    row = own_document(actor, document)
    kind = kind_of(row.kind, row.on)
    if row.state != DocumentState.DRAFT:
        raise Refused("На подпись отправляют черновик. У этого документа подписи уже запрошены или не нужны.")
    if len(signers) != len(kind.signers):
        raise Refused(
            f"Документ «{kind.title}» подписывают: {len(kind.signers)}. Назовите каждого.",
            basis=str(kind.basis),
        )
    version = versions_of(actor, row)[0]
    asked = [*zip(kind.signers, signers, strict=True)]
    roles: list[tuple[str, int | None]] = [*asked, *([(SEAL, None)] if kind.seal else [])]
    rows = [
        Request(
            version=version,
            order=order,
            role=role,
            account=account,
            organization_id=row.organization_id,
            state=RequestState.LATER if order else RequestState.WAIT,
            asked_at=now(),
        )
        for order, (role, account) in enumerate(roles)
    ]
    keep_many(rows)
    row.state = DocumentState.SIGNING
    keep(row, "state")
    if rows and rows[0].account is not None:
        _tell(actor, rows[0].account, row)
    journal.record(actor, "documents.signature_request", row, version=version.number, signers=len(rows))
    return rows


@action
def request_sign(actor: Actor, *, request: UUID) -> Request:
    """Sign one document by one's own certificate kept on the server."""
    row = _waiting(actor, request)
    if row.account is None or row.account != actor.account:
        raise Refused("Этот документ ждёт подписи другого человека. Обновите список.")
    certificate = certificate_of(actor, row.account)
    if certificate is None:
        raise Refused(NO_CERTIFICATE)
    content = path_of(row.version)
    _signed(actor, row, content_sign(actor, content=content, certificate=certificate.uid))
    journal.record(actor, "documents.request_sign", row.version.document, certificate=certificate.number)
    return row


@action
def seal_put(actor: Actor, *, request: UUID) -> Request:
    """Put the electronic seal of the organisation: the second signature where the kind asks for it."""
    row = _waiting(actor, request)
    if row.account is not None:
        raise Refused("Этот документ ждёт личной подписи, печать ставят после неё.")
    content = path_of(row.version)
    _signed(actor, row, sign_with_seal(actor, organization=row.organization_id, content=content))
    journal.record(actor, "documents.seal_put", row.version.document)
    return row


@action
def requests_sign(actor: Actor, *, requests: Sequence[UUID]) -> Signed:
    """Sign many documents at once, each on its own: one that cannot be signed does not stop the others."""
    done, faults = 0, []
    for uid in requests:
        row = request_of(actor, uid)
        try:
            if row.account is None:
                seal_put(actor, request=uid)
            else:
                request_sign(actor, request=uid)
        except Refused as refusal:
            faults.append(f"«{row.version.document.title}»: {refusal}")
        else:
            done += 1
    journal.record(actor, "documents.requests_sign", None, signed=done, refused=len(faults))
    return Signed(done, tuple(faults))


@action
def request_sign_own(actor: Actor, *, request: UUID, signature: bytes) -> Request:
    """Take a signature made in the browser or by another program; a bad one is refused with its verdict."""
    row = _waiting(actor, request)
    if row.account is None and not actor.may("documents.seal_put"):
        raise Refused("Печать организации ставит тот, кому это поручено. Передайте документ ему.")
    if row.account is not None and row.account != actor.account:
        raise Refused("Этот документ ждёт подписи другого человека. Обновите список.")
    _signed(actor, row, signature)
    journal.record(actor, "documents.request_sign_own", row.version.document)
    return row


@action
def request_refuse(actor: Actor, *, request: UUID, reason: str) -> Request:
    """Refuse to sign, with a reason; the document returns to its author, the others are not asked."""
    row = _waiting(actor, request)
    if row.account is not None and row.account != actor.account:
        raise Refused("Этот документ ждёт подписи другого человека. Обновите список.")
    if not reason.strip():
        raise Refused("Отказ объясняют: напишите, что исправить.")
    row.state, row.reason, row.decided_at = RequestState.REFUSED, reason.strip(), now()
    keep(row, "state", "reason", "decided_at")
    requests_withdraw(row.version)
    document = row.version.document
    document.state = DocumentState.DRAFT
    keep(document, "state")
    if document.author:
        message_send(
            actor,
            account=document.author,
            kind="documents.refused",
            text=f"{document.title}. {row.reason}",
            about=document.uid,
        )
    journal.record(actor, "documents.request_refuse", document, reason=row.reason)
    return row


def _waiting(actor: Actor, uid: UUID) -> Request:
    row = request_of(actor, uid)
    locked = Request.objects.unscoped("found above").select_for_update(of=("self",))
    row.refresh_from_db(from_queryset=locked)
    if row.state != RequestState.WAIT:
        raise Refused(
            "Этот документ уже не ждёт подписи: он подписан, возвращён или исправлен. Обновите список."
        )
    return row


def _signed(actor: Actor, row: Request, signature: bytes) -> None:
    """Keep a good signature beside the version and ask the next one, or finish the document."""
    content = path_of(row.version)
    owner = Owner(row.account, None if row.account else row.organization_id)
    kept = signature_attach(
        actor, target=row.version.uid, content=content, signature=signature, good=True, owner=owner
    )
    row.state, row.signature, row.decided_at = RequestState.SIGNED, kept.uid, now()
    keep(row, "state", "signature", "decided_at")
    rows = Request.objects.unscoped("of the same version").filter(version=row.version)
    following = rows.filter(state=RequestState.LATER).order_by("order").first()
    document = row.version.document
    if following is None:
        _finish(document)
        return
    following.state, following.asked_at = RequestState.WAIT, now()
    keep(following, "state", "asked_at")
    if following.account is not None:
        _tell(actor, following.account, document)


def _finish(document: Document) -> None:
    document.state = DocumentState.SIGNED
    keep(document, "state")
    publish(DocumentSigned(document.uid, document.organization_id, document.about, document.module, today()))


def _tell(actor: Actor, account: int, document: Document) -> None:
    if account != actor.account:
        message_send(actor, account=account, kind="documents.sign", text=document.title, about=document.uid)
