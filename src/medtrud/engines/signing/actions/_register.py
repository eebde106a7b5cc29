"""Writing certificates into the register: shared by the actions beside."""

import datetime as dt
import hashlib
from typing import Any

from medtrud.engines.background.public import publish
from medtrud.engines.signing import drivers
from medtrud.engines.signing.drivers.authority import certificate_new, serial_new
from medtrud.engines.signing.drivers.backends import PublicKey
from medtrud.engines.signing.drivers.certificates import Certificate as Facts
from medtrud.engines.signing.drivers.certificates import certificate as read
from medtrud.engines.signing.drivers.keys import KeyPair
from medtrud.engines.signing.drivers.pkcs12 import packed
from medtrud.engines.signing.drivers.places import places_of
from medtrud.engines.signing.models import Certificate, CertificateChange, Secret
from medtrud.engines.signing.queries.trust import authority_key, facts_of, name_hash
from medtrud.engines.signing.rules import change_check
from medtrud.engines.signing.types import CertificateRevoked
from medtrud.engines.store.public import keep, now
from medtrud.kernel.actor import Actor

BEFORE = dt.timedelta(minutes=5)  # clocks of others may run behind
PROFILES = {"anchor": "root"}


def sealed(data: bytes, owner: str) -> dict[str, Any]:
    """Return box and key number of bytes sealed for their owner."""
    return {"box": drivers.seal(data, owner.encode()), "key": drivers.key_current()}


def certificate_keep(facts: Facts, *, kind: str, **columns: Any) -> Certificate:
    """Write a certificate into the register; one that is known already stays as it is."""
    known = Certificate.objects.unscoped("a certificate is kept once").filter(sha256=facts.sha256).first()
    if known is not None:
        row: Certificate = known
        return row
    row = Certificate(
        kind=kind,
        sha256=facts.sha256,
        number=facts.number,
        issuer_hash=name_hash(facts.issuer),
        subject_hash=name_hash(facts.subject),
        algorithm=facts.key.kind,
        since=facts.since,
        until=facts.until,
        added_at=now(),
        **sealed(facts.der, facts.sha256),
        **columns,
    )
    keep(row)
    return row


def issued(
    *,
    subject: bytes,
    public: PublicKey,
    kind: str,
    days: int,
    above: Certificate | None = None,
    pair: KeyPair | None = None,
    **columns: Any,
) -> Certificate:
    """Issue a certificate by our own authority and write it into the register."""
    if above is None or pair is None:
        above, pair = authority_key("authority", public.kind)
    since = now().replace(microsecond=0) - BEFORE
    der = certificate_new(
        pair.key,
        pair.certificates[0],
        subject=subject,
        public=public,
        serial=serial_new(),
        since=since,
        until=min(since + dt.timedelta(days=days), facts_of(above).until),
        profile=PROFILES.get(kind, kind),
        places=places_of(above.uid),
    )
    row = certificate_keep(read(der), kind=kind, own=True, issuer=above, **columns)
    changed(None, row, "active")
    return row


def secret_keep(row: Certificate, pair: KeyPair) -> None:
    """Keep a server-side key: PKCS#12 without a password, sealed by the key of the installation."""
    Secret(
        certificate=row, created_at=now(), **sealed(packed(pair, "", rounds=1), f"secret {row.sha256}")
    ).save()


def changed(actor: Actor | None, row: Certificate, state: str, reason: str = "", note: str = "") -> None:
    """Write down what happened to a certificate; a key whose certificate is revoked is destroyed."""
    at = now()
    by = actor.account if actor else None
    CertificateChange(certificate=row, state=state, reason=reason, note=note, at=at, by=by).save()
    row.state, row.state_at, row.reason = state, at, reason
    keep(row, "state", "state_at", "reason")
    if state == "revoked":
        mine = Secret.objects.unscoped("a revoked key is destroyed").filter(certificate=row)
        mine.update(box=None, destroyed_at=at)
    if state != "active":
        facts = (row.uid, row.account_id, row.person, row.organization, state, reason, at)
        publish(CertificateRevoked(*facts))


def change(actor: Actor, row: Certificate, state: str, reason: str = "", note: str = "") -> None:
    """Change the state of a certificate of our own authority, or refuse."""
    change_check(row.number, row.state, state)
    changed(actor, row, state, reason, note)


def fingerprint(data: bytes) -> str:
    """Return SHA-256 in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()
