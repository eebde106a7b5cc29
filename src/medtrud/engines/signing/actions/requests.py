"""Requests for certificates of keys that never leave their carrier."""

from uuid import UUID

from medtrud.engines.journal.public import record
from medtrud.engines.signing import drivers
from medtrud.engines.signing.drivers.authority import Request, request_of
from medtrud.engines.signing.drivers.verify import FAULTS
from medtrud.engines.signing.models import Carrier, Certificate, CertificateRequest
from medtrud.engines.store.public import action, find, keep, now
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused

from ._register import fingerprint, issued, sealed
from .certificates import YEAR

UNREAD = "Файл — не запрос сертификата. Создайте запрос PKCS#10 (.p10, .csr) программой вашего носителя."


def _read(content: bytes) -> Request:
    try:
        found = request_of(content)
    except FAULTS as error:
        raise Refused(UNREAD) from error
    if not found.proved:
        raise Refused("Запрос не подписан своим ключом: владение ключом не доказано. Создайте запрос заново.")
    if found.key.kind not in {"gost256", "gost512", "ec", "rsa"}:
        raise Refused("Ключ запроса неизвестного вида. Нужен ГОСТ Р 34.10-2012, ECDSA или RSA.")
    return found


@action
def request_add(actor: Actor, *, content: bytes) -> CertificateRequest:
    """Ask for a certificate of a key of one's own."""
    _read(content)
    sha256 = fingerprint(content)
    if CertificateRequest.objects.unscoped("a request is kept once").filter(sha256=sha256).exists():
        raise Refused("Этот запрос уже подан. Дождитесь решения администратора безопасности.")
    row = CertificateRequest(
        sha256=sha256,
        account_id=actor.account,
        person=actor.person,
        organization=actor.organization,
        created_at=now(),
        **sealed(content, sha256),
    )
    keep(row)
    record(actor, "signing.request_add", row)
    return row


def content_of(row: CertificateRequest) -> Request:
    """Return what a request asks for."""
    return _read(drivers.unseal(bytes(row.box), row.sha256.encode(), row.key))


@action
def request_issue(actor: Actor, *, uid: UUID, days: int = YEAR, carrier: UUID | None = None) -> Certificate:
    """Issue the certificate that was asked for."""
    row = _waiting(actor, uid)
    asked = content_of(row)
    held = find(Carrier, actor, carrier) if carrier else None
    if held and (held.state != "issued" or held.account_id != row.account_id):
        raise Refused(f"Носитель {held.number} не выдан тому, кто подал запрос. Сначала выдайте его.")
    made = issued(
        subject=asked.subject,
        public=asked.key,
        kind="person",
        days=days,
        account_id=row.account_id,
        person=row.person,
        organization=row.organization,
        carrier=held,
    )
    row.state, row.certificate, row.decided_at = "issued", made, now()
    keep(row, "state", "certificate", "decided_at")
    record(actor, "signing.request_issue", row, certificate=made.number)
    return made


@action
def request_refuse(actor: Actor, *, uid: UUID, note: str) -> CertificateRequest:
    """Refuse a request; the asker reads why."""
    row = _waiting(actor, uid)
    row.state, row.note, row.decided_at = "refused", note, now()
    keep(row, "state", "note", "decided_at")
    record(actor, "signing.request_refuse", row)
    return row


def _waiting(actor: Actor, uid: UUID) -> CertificateRequest:
    row = find(CertificateRequest, actor, uid)
    if row.state != "waiting":
        raise Refused("Решение по этому запросу уже принято.")
    return row
