"""Signing by server-side keys, keeping signatures with the evidence of their checks, renewing the proof."""

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from medtrud.engines.files.public import File, content_of
from medtrud.engines.journal.public import record
from medtrud.engines.signing.drivers.answers import imprint_of, stamp_token
from medtrud.engines.signing.drivers.authority import serial_new
from medtrud.engines.signing.drivers.certificates import certificate as read
from medtrud.engines.signing.drivers.keys import KeyPair
from medtrud.engines.signing.drivers.oids import KEY_DIGESTS
from medtrud.engines.signing.drivers.revocation import hashed
from medtrud.engines.signing.drivers.sign import sign
from medtrud.engines.signing.drivers.verify import Content
from medtrud.engines.signing.models import Certificate, Signature, SignatureCheck
from medtrud.engines.signing.queries.lists import signature_bytes
from medtrud.engines.signing.queries.owners import owner_fault
from medtrud.engines.signing.queries.trust import authority_key, key_pair_of, signature_check
from medtrud.engines.signing.rules import RULES, STATES
from medtrud.engines.signing.types import Owner, Report
from medtrud.engines.store.public import action, find, keep, now
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.errors import NotFound, Refused

from ._register import certificate_keep, fingerprint, sealed

STREEBOG = "streebog256"


@action
def content_sign(actor: Actor, *, content: bytes | Path, certificate: UUID, stamp: bool = False) -> bytes:
    """Sign a document by one's own server-side key: a detached CAdES-BES, with a time stamp CAdES-T."""
    row = find(Certificate, actor, certificate)
    if row.kind != "person" or (actor.role is not Role.SYSTEM and row.account_id != actor.account):
        raise Refused("Подписывают только своим сертификатом. Выберите его в списке «Мои сертификаты».")
    message = _signed(row, content, stamp=stamp)
    record(actor, "signing.content_sign", row, sha256=fingerprint(message))
    return message


@action
def sign_with_seal(actor: Actor, *, organization: int, content: bytes | Path, stamp: bool = False) -> bytes:
    """Put the electronic seal of an organisation; only from a seat of that organisation."""
    if actor.role is not Role.SYSTEM and actor.organization != organization:
        raise NotFound("Печати этой организации на вашем рабочем месте нет.")
    rows = Certificate.objects.unscoped("the seat is of this organisation").filter(
        kind="seal", organization=organization, state="active", own=True, until__gt=now()
    )
    row = rows.order_by("-until", "-pk").first()
    if row is None:
        raise Refused(
            "У организации нет действующей электронной печати. "
            "Попросите администратора безопасности выпустить сертификат печати."
        )
    message = _signed(row, content, stamp=stamp)
    record(actor, "signing.sign_with_seal", row, sha256=fingerprint(message), organization=organization)
    return message


def _signed(row: Certificate, content: bytes | Path, *, stamp: bool) -> bytes:
    at = now()
    if row.state != "active":
        raise Refused(f"Сертификат {row.number} {STATES[row.state]}: подписать нельзя.")
    if not row.since <= at <= row.until:
        raise Refused(f"Срок сертификата {row.number} закончился {row.until:%d.%m.%Y}. Получите новый.")
    pair = key_pair_of(row)
    return sign(pair.key, pair.certificates, Content(content), at, _stamper(at) if stamp else None)


def _stamper(at: dt.datetime) -> Callable[[bytes], bytes]:
    _, pair = authority_key("stamps")
    return lambda signature: token_over(pair, signature, at)


def token_over(pair: KeyPair, data: bytes, at: dt.datetime) -> bytes:
    """Stamp bytes by our own service."""
    imprint = imprint_of(data, KEY_DIGESTS[pair.key.kind])
    return stamp_token(pair, imprint, at.replace(microsecond=0), serial=serial_new())


@action
def signature_attach(
    actor: Actor,
    *,
    target: UUID,
    content: bytes | Path,
    signature: bytes,
    person: int | None = None,
    good: bool = False,
    owner: Owner | None = None,
) -> Signature:
    """Keep a signature beside its document with the verdict and the evidence.

    `good` refuses a bad one; with an `owner`, one made by anybody else is refused too.
    """
    at = now()
    report = signature_check(signature, content, at=at)
    if good and not report.verdict.good:
        raise Refused(f"Подпись не принята. {report.text}")
    if owner is not None and (fault := owner_fault(report, owner)):
        raise Refused(fault)
    sha256 = fingerprint(signature)
    row = Signature(
        target=target,
        content_sha256=Content(content).digest("sha256").hex(),
        sha256=sha256,
        streebog=hashed(STREEBOG, signature).hex(),
        certificate=_certificate(report),
        account_id=actor.account,
        person=person if person is not None else actor.person,
        organization=actor.organization,
        verdict=report.verdict.value,
        checked_at=at,
        added_at=at,
        **sealed(signature, sha256),
    )
    keep(row)
    _checked(row, report, at)
    record(actor, "signing.signature_attach", target, signature=row.uid, verdict=row.verdict)
    return row


def _certificate(report: Report) -> Certificate | None:
    """Keep the certificate of the first signer and those above it: the next check finds them here."""
    found = None
    for signer in report.signers:
        for number, der in enumerate(signer.chain):
            facts = read(der)
            kind = ("anchor" if facts.self_issued else "authority") if facts.is_ca else "person"
            row = certificate_keep(facts, kind=kind)
            found = found or (row if number == 0 else None)
    return found


def _checked(row: Signature, report: Report, at: dt.datetime) -> SignatureCheck:
    text = json.dumps(report.as_json(), ensure_ascii=False).encode()
    first = report.signers[0] if report.signers else None
    check = SignatureCheck(
        signature=row,
        verdict=report.verdict.value,
        judged_at=(first.checked_at if first else None) or at,
        checked_at=at,
        backend=report.backend,
        rules=RULES,
        chain=[fingerprint(der) for signer in report.signers for der in signer.chain],
        evidence=[fingerprint(der) for signer in report.signers for der in signer.evidence],
        **sealed(text, f"check {row.sha256}"),
    )
    check.save()
    return check


@action
def signature_recheck(
    actor: Actor, *, signature: Signature, content: bytes | Path | None = None
) -> SignatureCheck:
    """Check a signature again; the checks before stay."""
    at = now()
    held = content if content is not None else _content(signature)
    report = signature_check(signature_bytes(signature), held, at=at)
    check = _checked(signature, report, at)
    signature.verdict, signature.checked_at = report.verdict.value, at
    keep(signature, "verdict", "checked_at")
    record(
        actor,
        "signing.signature_recheck",
        signature.target,
        signature=signature.uid,
        verdict=report.verdict.value,
    )
    return check


def _content(row: Signature) -> Path | None:
    """Find the document among the files by its hash."""
    job = Actor.job("повторная проверка подписи")
    file = File.objects.visible_to(job).filter(sha256=row.content_sha256).first()
    return content_of(job, file.uid) if file else None


def streebog(data: bytes) -> bytes:
    """Return the digest of the archive."""
    return hashed(STREEBOG, data)
