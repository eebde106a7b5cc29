"""Lists of revoked certificates and answers of responders."""

import datetime as dt
import hashlib
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from asn1crypto import ocsp

from . import oids
from .backends import backend
from .certificates import Certificate, certificate, signed_by
from .der import DerError, definite, fields, inner, oid_text, unwrapped
from .message import moment

REASONS = {
    0: "unspecified",
    1: "key_compromise",
    2: "ca_compromise",
    3: "affiliation_changed",
    4: "superseded",
    5: "cessation_of_operation",
    6: "certificate_hold",
    8: "remove_from_crl",
    9: "privilege_withdrawn",
    10: "aa_compromise",
}
REASON_TEXTS = {
    "unspecified": "причина не названа",
    "key_compromise": "ключ мог попасть к другим",
    "ca_compromise": "ключ центра мог попасть к другим",
    "affiliation_changed": "изменились сведения о владельце",
    "superseded": "выдан новый сертификат",
    "cessation_of_operation": "владелец больше не работает",
    "certificate_hold": "приостановлен",
    "remove_from_crl": "возобновлён",
    "privilege_withdrawn": "полномочия отозваны",
    "aa_compromise": "ключ центра полномочий мог попасть к другим",
}
OCSP_SIGNING = "1.3.6.1.5.5.7.3.9"


@dataclass(frozen=True)
class Status:
    """What a source says about one certificate: good, revoked, hold, stale or unknown."""

    state: str
    on: dt.datetime | None = None
    reason: str = ""
    source: str = ""
    produced: dt.datetime | None = None
    evidence: bytes = field(default=b"", repr=False)


@dataclass(frozen=True)
class RevocationList:
    """A CRL taken apart."""

    der: bytes = field(repr=False)
    issuer: bytes = field(repr=False)
    since: dt.datetime
    until: dt.datetime | None
    number: int | None
    usable: bool
    body: bytes = field(repr=False)
    algorithm: str
    parameters: bytes = field(repr=False)
    signature: bytes = field(repr=False)
    entries: dict[int, tuple[dt.datetime, str]] = field(repr=False, hash=False)


@lru_cache(maxsize=256)
def revocation_list(data: bytes) -> RevocationList:
    """Read a CRL in DER or PEM, or raise DerError."""
    try:
        return _list(definite(unwrapped(data)))
    except (ValueError, IndexError, StopIteration, OverflowError) as error:
        raise DerError("a list of revoked certificates does not parse") from error


def _list(der: bytes) -> RevocationList:
    body, algorithm, signature = fields(inner(der))
    parts = list(fields(body[1]))
    if parts[0][0] == 0x02:  # noqa: PLR2004 - the version may be left out
        parts = parts[1:]
    rest = parts[3:]
    until = moment(rest.pop(0)[2]) if rest and rest[0][0] in {0x17, 0x18} else None
    entries = rest.pop(0)[1] if rest and rest[0][0] == 0x30 else b""  # noqa: PLR2004 - SEQUENCE
    extensions = _extensions(inner(rest[0][1])) if rest and rest[0][0] == 0xA0 else {}  # noqa: PLR2004 - [0]
    signed = [whole for _, _, whole in fields(algorithm[1])]
    return RevocationList(
        der=der,
        issuer=parts[1][2],
        since=moment(parts[2][2]),
        until=until,
        number=int.from_bytes(inner(extensions["2.5.29.20"][1], 0x02), "big")
        if "2.5.29.20" in extensions
        else None,
        usable=_usable(extensions),
        body=body[2],
        algorithm=oid_text(inner(signed[0], 0x06)),
        parameters=signed[1] if len(signed) > 1 else b"",
        signature=signature[1][1:],
        entries=dict(_entry(content) for _, content, _ in fields(entries)),
    )


def _extensions(content: bytes) -> dict[str, tuple[bool, bytes]]:
    found = {}
    for _, extension, _ in fields(content):
        parts = list(fields(extension))
        found[oid_text(parts[0][1])] = (parts[1][0] == 0x01 and parts[1][1] != b"\x00", parts[-1][1])
    return found


def _usable(extensions: dict[str, tuple[bool, bytes]]) -> bool:
    """A part of a list, or a list about certificates of others, is not read as a whole one."""
    if any(critical and code != "2.5.29.28" for code, (critical, _) in extensions.items()):
        return False
    points = extensions.get("2.5.29.28")
    return points is None or all(tag in {0xA0, 0x81, 0x82} for tag, _, _ in fields(inner(points[1])))


def _entry(content: bytes) -> tuple[int, tuple[dt.datetime, str]]:
    serial, on, *rest = fields(content)
    reason = "unspecified"
    if rest:
        found = _extensions(rest[0][1])
        if "2.5.29.21" in found:
            code = int.from_bytes(inner(found["2.5.29.21"][1], 0x0A), "big")
            reason = REASONS.get(code, "unspecified")
    return int.from_bytes(serial[1], "big", signed=True), (moment(on[2]), reason)


@lru_cache(maxsize=1024)
def _list_by(data: bytes, issuer: bytes) -> bool:
    found, above = revocation_list(data), certificate(issuer)
    if above.usage is not None and "crl_sign" not in above.usage:
        return False
    return signed_by(above.key, found.body, found.algorithm, found.signature, found.parameters)


def by_list(child: Certificate, issuer: Certificate, found: RevocationList, at: dt.datetime) -> Status | None:
    """Return what the list says about the certificate at the moment; None when it is not about it."""
    if found.issuer != issuer.subject or not found.usable or not _list_by(found.der, issuer.der):
        return None
    told: dict[str, Any] = {"source": "crl", "produced": found.since, "evidence": found.der}
    entry = found.entries.get(child.serial)
    if entry and entry[0] <= at and entry[1] != "remove_from_crl":
        state = "hold" if entry[1] == "certificate_hold" else "revoked"
        return Status(state, entry[0], entry[1], **told)
    if found.until is not None and found.until < at:
        return Status("stale", found.until, **told)
    return Status("good", **told)


def by_answer(child: Certificate, issuer: Certificate, data: bytes, at: dt.datetime) -> Status | None:
    """Return what an OCSP answer says about the certificate at the moment; None when it is not about it."""
    try:
        return _answer(child, issuer, data, at)
    except (ValueError, TypeError, KeyError, IndexError, StopIteration, AttributeError, OverflowError):
        return None


def _answer(child: Certificate, issuer: Certificate, data: bytes, at: dt.datetime) -> Status | None:
    parsed = ocsp.OCSPResponse.load(data, strict=True)
    if parsed["response_status"].native != "successful":
        return None
    basic = parsed["response_bytes"]["response"].parsed
    if not _answer_by(basic, issuer, at):
        return None
    for single in basic["tbs_response_data"]["responses"]:
        if _about(single["cert_id"], child, issuer):
            return _status(single, data, at)
    return None


def _answer_by(basic: Any, issuer: Certificate, at: dt.datetime) -> bool:
    body, algorithm, signature = list(fields(inner(basic.dump())))[:3]
    signed = [whole for _, _, whole in fields(algorithm[1])]
    code, parameters = oid_text(inner(signed[0], 0x06)), signed[1] if len(signed) > 1 else b""
    for der in (issuer.der, *(item.dump() for item in basic["certs"] or ())):
        found = certificate(der)
        if found.der != issuer.der:
            named = found.purposes is not None and OCSP_SIGNING in found.purposes
            mine = found.issuer == issuer.subject and found.since <= at <= found.until
            if not (named and mine and _signed(found, issuer)):
                continue
        if signed_by(found.key, body[2], code, signature[1][1:], parameters):
            return True
    return False


def _signed(child: Certificate, issuer: Certificate) -> bool:
    return signed_by(issuer.key, child.body, child.algorithm, child.signature, child.parameters)


def _about(name: Any, child: Certificate, issuer: Certificate) -> bool:
    digest = oids.DIGESTS.get(name["hash_algorithm"]["algorithm"].dotted, "")
    if not digest or int(name["serial_number"].native) != child.serial:
        return False
    return bool(
        name["issuer_name_hash"].native == hashed(digest, issuer.subject)
        and name["issuer_key_hash"].native == hashed(digest, key_bits(issuer))
    )


def hashed(digest: str, data: bytes) -> bytes:
    """Return a digest of bytes by the back end in use."""
    if digest == "sha256":
        return hashlib.sha256(data).digest()
    started = backend().digest(digest)
    started.update(data)
    return started.digest()


def key_bits(found: Certificate) -> bytes:
    """Return the bits of the public key, as identifiers of keys are computed from them."""
    return list(fields(inner(found.key.spki)))[1][1][1:]


def _status(single: Any, data: bytes, at: dt.datetime) -> Status:
    told: dict[str, Any] = {"source": "ocsp", "produced": single["this_update"].native, "evidence": data}
    status = single["cert_status"]
    if status.name == "revoked":
        on = status.chosen["revocation_time"].native
        reason = str(status.chosen["revocation_reason"].native or "unspecified")
        if on <= at:
            return Status("hold" if reason == "certificate_hold" else "revoked", on, reason, **told)
    elif status.name != "good":
        return Status("unknown", **told)
    until = single["next_update"].native
    if until is not None and until < at:
        return Status("stale", until, **told)
    return Status("good", **told)
