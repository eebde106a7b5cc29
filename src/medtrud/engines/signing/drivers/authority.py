"""What a certification authority writes: requests, certificates, lists of revoked ones.

One path for GOST, ECDSA and RSA. Who may have a certificate, and numbers and dates, are decided above.
"""

import datetime as dt
import hashlib
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from . import oids
from .backends import PrivateKey, PublicKey, backend
from .certificates import NAMES, certificate, signed_by
from .der import (
    NULL,
    DerError,
    definite,
    fields,
    inner,
    integer,
    octets,
    oid,
    oid_text,
    sequence,
    set_of,
    tlv,
    unwrapped,
)
from .keys import public_key
from .sign import time_of

CODES = {name: code for code, name in NAMES.items()}
DIGITS = frozenset({"ogrn", "ogrnip", "snils", "inn", "inn_organization"})
UTF8, NUMERIC, IA5, PRINTABLE, BITS, ENUM, BOOL = 0x0C, 0x12, 0x16, 0x13, 0x03, 0x0A, 0x01
ORDER = (
    "country", "region", "place", "street", "organization", "unit", "position", "common_name", "surname",
    "given_name", "email", "ogrn", "ogrnip", "inn_organization", "inn", "snils",
)  # fmt: skip
SIGNING, ISSUING = (
    b"\x03\x02\x06\xc0",
    b"\x03\x02\x01\x06",
)  # digitalSignature nonRepudiation; keyCertSign cRLSign
PROFILES = {"root", "authority", "person", "seal", "stamps", "answers"}
PURPOSES = {"stamps": "1.3.6.1.5.5.7.3.8", "answers": "1.3.6.1.5.5.7.3.9"}
CLIENT, MAIL = "1.3.6.1.5.5.7.3.2", "1.3.6.1.5.5.7.3.4"
REASON_NUMBERS = {
    "key_compromise": 1,
    "ca_compromise": 2,
    "affiliation_changed": 3,
    "superseded": 4,
    "cessation_of_operation": 5,
    "certificate_hold": 6,
    "privilege_withdrawn": 9,
}


@dataclass(frozen=True)
class Places:
    """Where the world finds the list, the responder and the certificate of the authority."""

    crl: str = ""
    ocsp: str = ""
    issuer: str = ""


@dataclass(frozen=True)
class Request:
    """A PKCS#10 taken apart; `proved` says that the asker holds the key."""

    subject: bytes
    key: PublicKey
    proved: bool


def name_of(parts: Mapping[str, str]) -> bytes:
    """Write a Name; empty parts are left out."""
    unknown = set(parts) - set(ORDER)
    if unknown:
        raise DerError(f"unknown parts of a name: {sorted(unknown)}")
    return sequence(
        *(set_of(sequence(oid(CODES[part]), _text(part, parts[part]))) for part in ORDER if parts.get(part))
    )


def _text(part: str, text: str) -> bytes:
    if part in DIGITS:
        return tlv(NUMERIC, "".join(filter(str.isdigit, text)).encode())
    if part == "email":
        return tlv(IA5, text.encode("ascii", "replace"))
    return tlv(PRINTABLE if part == "country" else UTF8, text.encode())


def signed(key: PrivateKey, body: bytes) -> bytes:
    """Return body, algorithm and signature together, as certificates, requests and lists are made."""
    digest = oids.KEY_DIGESTS[key.kind]
    started = backend().digest(digest)
    started.update(body)
    signature = backend().sign(key, digest, started.digest())
    return sequence(body, algorithm_of(key), tlv(BITS, b"\x00" + signature))


def algorithm_of(key: PrivateKey) -> bytes:
    """Return the algorithm of signatures of a key."""
    return sequence(oid(oids.SIGNS[key.kind]), NULL if key.kind in oids.WITH_NULL else b"")


def request_new(key: PrivateKey, names: Mapping[str, str]) -> bytes:
    """Ask for a certificate: PKCS#10 signed by the key."""
    return signed(key, sequence(integer(0), name_of(names), key.public.spki, tlv(0xA0, b"")))


def request_of(data: bytes) -> Request:
    """Read a PKCS#10 and prove that the asker holds the key."""
    body, algorithm, signature = fields(inner(definite(unwrapped(data))))
    parts = list(fields(body[1]))
    key = public_key(parts[2][2])
    code = [whole for _, _, whole in fields(algorithm[1])]
    proved = signed_by(
        key, body[2], oid_text(inner(code[0], 0x06)), signature[1][1:], code[1] if code[1:] else b""
    )
    return Request(parts[1][2], key, proved)


def serial_new() -> int:
    """Return a number nobody can foretell."""
    return secrets.randbits(127) | 1 << 126


def certificate_new(  # noqa: PLR0913 - a certificate has that many facts
    key: PrivateKey,
    issuer: bytes | None,
    *,
    subject: bytes,
    public: PublicKey,
    serial: int,
    since: dt.datetime,
    until: dt.datetime,
    profile: str,
    places: Places | None = None,
) -> bytes:
    """Issue a certificate; without an issuer the subject signs itself."""
    above = certificate(issuer) if issuer else None
    extensions = [_key_id(public), *_profile(profile), *_places(places or Places())]
    if above is not None:
        extensions.insert(1, extension("2.5.29.35", sequence(tlv(0x80, above.own_key_id))))
    body = sequence(
        tlv(0xA0, integer(2)),
        integer(serial),
        algorithm_of(key),
        above.subject if above else subject,
        sequence(time_of(since), time_of(until)),
        subject,
        public.spki,
        tlv(0xA3, sequence(*extensions)),
    )
    return signed(key, body)


def extension(code: str, value: bytes, *, critical: bool = False) -> bytes:
    """Return one extension."""
    return sequence(oid(code), tlv(BOOL, b"\xff") if critical else b"", octets(value))


def key_bits_of(public: PublicKey) -> bytes:
    """Return the bits of a public key."""
    return list(fields(inner(public.spki)))[1][1][1:]


def _key_id(public: PublicKey) -> bytes:
    return extension("2.5.29.14", octets(hashlib.sha256(key_bits_of(public)).digest()[:20]))


def _profile(profile: str) -> list[bytes]:
    if profile not in PROFILES:
        raise DerError(f"unknown profile of a certificate: {profile}")
    if profile in {"root", "authority"}:
        length = integer(1 if profile == "root" else 0)
        basic = sequence(tlv(BOOL, b"\xff"), length)
        return [extension("2.5.29.19", basic, critical=True), extension("2.5.29.15", ISSUING, critical=True)]
    basics = [
        extension("2.5.29.19", sequence(), critical=True),
        extension("2.5.29.15", SIGNING, critical=True),
    ]
    if purpose := PURPOSES.get(profile):
        basics.append(extension("2.5.29.37", sequence(oid(purpose)), critical=profile == "stamps"))
        if profile == "answers":
            basics.append(extension("1.3.6.1.5.5.7.48.1.5", NULL))
        return basics
    return [*basics, extension("2.5.29.37", sequence(oid(CLIENT), oid(MAIL)))]


def _places(places: Places) -> list[bytes]:
    found = []
    if places.crl:
        found.append(extension("2.5.29.31", sequence(sequence(tlv(0xA0, tlv(0xA0, _url(places.crl)))))))
    named = (("1.3.6.1.5.5.7.48.1", places.ocsp), ("1.3.6.1.5.5.7.48.2", places.issuer))
    if told := [sequence(oid(code), _url(url)) for code, url in named if url]:
        found.append(extension("1.3.6.1.5.5.7.1.1", sequence(*told)))
    return found


def _url(url: str) -> bytes:
    return tlv(0x86, url.encode("ascii"))


@dataclass(frozen=True)
class Entry:
    """A revoked certificate of a list."""

    serial: int
    on: dt.datetime
    reason: str = ""


def list_new(
    key: PrivateKey,
    issuer: bytes,
    *,
    number: int,
    entries: Iterable[Entry],
    since: dt.datetime,
    until: dt.datetime,
) -> bytes:
    """Write a list of revoked certificates."""
    above = certificate(issuer)
    rows = [_entry(each) for each in entries]
    extensions = sequence(
        extension("2.5.29.35", sequence(tlv(0x80, above.own_key_id))), extension("2.5.29.20", integer(number))
    )
    body = sequence(
        integer(1),
        algorithm_of(key),
        above.subject,
        time_of(since),
        time_of(until),
        sequence(*rows) if rows else b"",
        tlv(0xA0, extensions),
    )
    return signed(key, body)


def _entry(entry: Entry) -> bytes:
    reason = REASON_NUMBERS.get(entry.reason)
    told = sequence(extension("2.5.29.21", tlv(ENUM, bytes([reason])))) if reason else b""
    return sequence(integer(entry.serial), time_of(entry.on), told)
