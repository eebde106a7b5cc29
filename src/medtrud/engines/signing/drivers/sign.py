"""Writing signed messages: detached CAdES-BES, several signatures in one, the time stamp of CAdES-T."""

import datetime as dt
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from . import oids
from .backends import PrivateKey, backend
from .certificates import certificate
from .der import NULL, SET, definite, fields, inner, integer, octets, oid, sequence, set_of, tlv, unwrapped
from .verify import Content

UTC_TIME, GENERALIZED = 0x17, 0x18


@dataclass(frozen=True)
class Hash:
    """A document already hashed, as the browser's extension and big files need it."""

    name: str
    value: bytes


def time_of(moment: dt.datetime) -> bytes:
    """Write a time: UTCTime up to 2049, GeneralizedTime after."""
    moment = moment.astimezone(dt.UTC)
    if moment.year < 2050:  # noqa: PLR2004 - RFC 5280
        return tlv(UTC_TIME, f"{moment:%y%m%d%H%M%SZ}".encode())
    return tlv(GENERALIZED, f"{moment:%Y%m%d%H%M%SZ}".encode())


def attribute(code: str, *values: bytes) -> bytes:
    """Return one attribute."""
    return sequence(oid(code), set_of(*values))


@dataclass(frozen=True)
class _Prepared:
    """What does not change between signatures of one key."""

    digest: str
    digest_algorithm: bytes
    identity: bytes
    algorithm: bytes
    ess: bytes
    kind: bytes
    certificates: bytes


@lru_cache(maxsize=256)
def _prepared(kind: str, certificates: tuple[bytes, ...], content_type: str) -> _Prepared:
    leaf = certificate(certificates[0])
    digest = oids.KEY_DIGESTS[kind]
    null = NULL if kind in oids.WITH_NULL else b""
    serial = next(whole for tag, _, whole in fields(inner(leaf.body)) if tag == 0x02)  # noqa: PLR2004 - INTEGER
    name = sequence(tlv(0xA4, leaf.issuer))  # GeneralNames of one directoryName
    named = _ess_digest(digest, leaf.der)
    return _Prepared(
        digest,
        sequence(oid(oids.DIGEST_OIDS[digest])),
        sequence(leaf.issuer, serial),
        sequence(oid(oids.SIGNS_IN_MESSAGE[kind]), null),
        attribute(oids.SIGNING_CERTIFICATE_V2, sequence(sequence(sequence(named, sequence(name, serial))))),
        attribute(oids.CONTENT_TYPE, oid(content_type)),
        tlv(0xA0, b"".join(sorted(certificates))),
    )


def _ess_digest(digest: str, der: bytes) -> bytes:
    """SHA-256 is the default of the structure and is not named there."""
    if digest == "sha256":
        return octets(hashlib.sha256(der).digest())
    started = backend().digest(digest)
    started.update(der)
    return sequence(oid(oids.DIGEST_OIDS[digest])) + octets(started.digest())


def signer_info(
    key: PrivateKey,
    certificates: tuple[bytes, ...],
    content: Content | Hash,
    at: dt.datetime | None,
    content_type: str = oids.DATA,
) -> bytes:
    """Sign: return one SignerInfo."""
    ready = _prepared(key.kind, certificates, content_type)
    value = content.value if isinstance(content, Hash) else content.digest(ready.digest)
    if isinstance(content, Hash) and content.name != ready.digest:
        raise ValueError(f"the key signs {ready.digest}, the document is hashed by {content.name}")
    parts = [ready.kind, attribute(oids.MESSAGE_DIGEST, octets(value)), ready.ess]
    if at is not None:
        parts.append(attribute(oids.SIGNING_TIME, time_of(at)))
    attributes = b"".join(sorted(parts))
    started = backend().digest(ready.digest)
    started.update(tlv(SET, attributes))
    signature = backend().sign(key, ready.digest, started.digest())
    return sequence(
        integer(1),
        ready.identity,
        ready.digest_algorithm,
        tlv(0xA0, attributes),
        ready.algorithm,
        octets(signature),
    )


def sign(
    key: PrivateKey,
    certificates: tuple[bytes, ...],
    content: Content | Hash,
    at: dt.datetime | None,
    stamp: Callable[[bytes], bytes] | None = None,
) -> bytes:
    """Return a detached CAdES-BES; with `stamp`, which makes a token over the signature, CAdES-T."""
    info = signer_info(key, certificates, content, at)
    if stamp is not None:
        info = stamped(info, stamp)
    ready = _prepared(key.kind, certificates, oids.DATA)
    return signed_data([info], [ready.digest_algorithm], ready.certificates, sequence(oid(oids.DATA)))


def signed_data(
    infos: list[bytes], digests: list[bytes], certificates: bytes, content: bytes, version: int = 1
) -> bytes:
    """Put a SignedData together."""
    body = sequence(integer(version), set_of(*dict.fromkeys(digests)), content, certificates, set_of(*infos))
    return sequence(oid(oids.SIGNED_DATA), tlv(0xA0, body))


def stamped(info: bytes, stamp: Callable[[bytes], bytes]) -> bytes:
    """Add a time stamp to one SignerInfo."""
    parts = [(tag, whole) for tag, _, whole in fields(inner(info))]
    signature = next(inner(whole, 0x04) for tag, whole in parts if tag == 0x04)  # noqa: PLR2004 - OCTET STRING
    kept = [inner(whole, 0xA1) for tag, whole in parts if tag == 0xA1]  # noqa: PLR2004 - [1] unsignedAttrs
    known = b"".join(kept) + attribute(oids.TIME_STAMP, stamp(signature))
    return sequence(*(whole for tag, whole in parts if tag != 0xA1), tlv(0xA1, known))  # noqa: PLR2004


def joined(messages: list[bytes]) -> bytes:
    """Return one message with the signatures of several over the same document."""
    digests: list[bytes] = []
    certificates: list[bytes] = []
    infos: list[bytes] = []
    for data in messages:
        der = definite(unwrapped(data))
        body = list(fields(inner(der)))[1][1]
        parts = list(fields(inner(body)))
        digests += [whole for _, _, whole in fields(parts[1][1])]
        held = [content for tag, content, _ in parts[3:-1] if tag == 0xA0]  # noqa: PLR2004 - [0] certificates
        certificates += [whole for content in held for _, _, whole in fields(content)]
        infos += [whole for _, _, whole in fields(parts[-1][1])]
    known = b"".join(sorted(set(certificates)))
    return signed_data(infos, digests, tlv(0xA0, known) if known else b"", sequence(oid(oids.DATA)))


def content_of(content: bytes, kind: str) -> bytes:
    """Return EncapsulatedContentInfo with the content inside."""
    return sequence(oid(kind), tlv(0xA0, octets(content)))
