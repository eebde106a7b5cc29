"""What an authority answers: the responder of certificates (OCSP) and the time-stamp service (RFC 3161)."""

import datetime as dt
import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from asn1crypto import ocsp

from . import oids
from .authority import BITS, ENUM, REASON_NUMBERS, UTF8, algorithm_of, extension, key_bits_of
from .backends import PrivateKey, backend
from .certificates import certificate
from .der import DerError, fields, inner, integer, octets, oid, oid_text, sequence, tlv
from .keys import KeyPair
from .revocation import hashed, key_bits
from .sign import content_of, signed_data, signer_info
from .verify import FAULTS, Content

BASIC, NONCE = "1.3.6.1.5.5.7.48.1.1", "1.3.6.1.5.5.7.48.1.2"
POLICY = "2.25.262087093450389042236904817632417254913"  # of this product: an identifier made from a UUID
MALFORMED = sequence(tlv(ENUM, b"\x01"))
UNAUTHORIZED = sequence(tlv(ENUM, b"\x06"))


@dataclass(frozen=True)
class Told:
    """What the register knows of a certificate: good, revoked (when, why) or unknown."""

    state: str
    on: dt.datetime | None = None
    reason: str = ""


def long_time(moment: dt.datetime) -> bytes:
    """Write GeneralizedTime."""
    return tlv(0x18, f"{moment.astimezone(dt.UTC):%Y%m%d%H%M%SZ}".encode())


def status_answer(
    asked: bytes, pair: KeyPair, issuer: bytes, known: Callable[[int], Told], at: dt.datetime
) -> bytes:
    """Answer an OCSP request about certificates of the issuer; fresh at the moment, never stored."""
    try:
        parsed = ocsp.OCSPRequest.load(asked, strict=True)
        body = parsed["tbs_request"]
        singles = [_single(item["req_cert"], issuer, known, at) for item in body["request_list"]]
        nonces = [item for item in body["request_extensions"] or () if item["extn_id"].dotted == NONCE]
        extra = [extension(NONCE, bytes(item["extn_value"].contents)) for item in nonces[:1]]
    except FAULTS:
        return MALFORMED
    told = sequence(
        tlv(0xA2, octets(hashlib.sha1(key_bits_of(pair.key.public), usedforsecurity=False).digest())),
        long_time(at),
        sequence(*singles),
        tlv(0xA1, sequence(*extra)) if extra else b"",
    )
    return _status_signed(told, pair)


def _status_signed(told: bytes, pair: KeyPair) -> bytes:
    signature = _over(pair.key, told)
    chain = tlv(0xA0, sequence(pair.certificates[0]))
    basic = sequence(told, algorithm_of(pair.key), tlv(BITS, b"\x00" + signature), chain)
    return sequence(tlv(ENUM, b"\x00"), tlv(0xA0, sequence(oid(BASIC), octets(basic))))


def _over(key: PrivateKey, body: bytes) -> bytes:
    digest = oids.KEY_DIGESTS[key.kind]
    return backend().sign(key, digest, hashed(digest, body))


def _single(name: ocsp.CertId, issuer: bytes, known: Callable[[int], Told], at: dt.datetime) -> bytes:
    above = certificate(issuer)
    digest = oids.DIGESTS.get(name["hash_algorithm"]["algorithm"].dotted, "")
    mine = digest and (
        name["issuer_name_hash"].native == hashed(digest, above.subject)
        and name["issuer_key_hash"].native == hashed(digest, key_bits(above))
    )
    told = known(int(name["serial_number"].native)) if mine else Told("unknown")
    return sequence(
        name.dump(), _state(told), long_time(at), tlv(0xA0, long_time(at + dt.timedelta(minutes=5)))
    )


def _state(told: Told) -> bytes:
    if told.state == "revoked" and told.on:
        reason = REASON_NUMBERS.get(told.reason)
        return tlv(0xA1, long_time(told.on) + (tlv(0xA0, tlv(ENUM, bytes([reason]))) if reason else b""))
    return b"\x80\x00" if told.state == "good" else b"\x82\x00"


def stamp_token(pair: KeyPair, imprint: bytes, at: dt.datetime, *, serial: int, nonce: bytes = b"") -> bytes:
    """Stamp a MessageImprint: return the token."""
    info = sequence(integer(1), oid(POLICY), imprint, integer(serial), long_time(at), nonce)
    own = pair.certificates[:1]
    signer = signer_info(pair.key, own, Content(info), at, oids.TST_INFO)
    digest = sequence(oid(oids.DIGEST_OIDS[oids.KEY_DIGESTS[pair.key.kind]]))
    return signed_data([signer], [digest], tlv(0xA0, own[0]), content_of(info, oids.TST_INFO), version=3)


def imprint_of(data: bytes, digest: str) -> bytes:
    """Return the MessageImprint of bytes."""
    return sequence(sequence(oid(oids.DIGEST_OIDS[digest])), octets(hashed(digest, data)))


def stamp_answer(asked: bytes, pair: KeyPair, at: dt.datetime, *, serial: int) -> bytes:
    """Answer a request for a time stamp."""
    try:
        version, imprint, *rest = fields(inner(asked))
        algorithm, value = fields(imprint[1])
        digest = oids.DIGESTS.get(oid_text(next(fields(algorithm[1]))[1]), "")
        nonce = next((whole for tag, _, whole in rest if tag == 0x02), b"")  # noqa: PLR2004 - INTEGER
        if version[1] != b"\x01" or len(value[1]) != oids.SIZES.get(digest, 0):
            raise DerError("a request of another version or digest")
    except FAULTS:
        return _refusal("The request does not parse.", 2)
    if digest not in oids.STRONG:
        return _refusal("The digest is not accepted.", 0)
    token = stamp_token(pair, imprint[2], at, serial=serial, nonce=nonce)
    return sequence(sequence(integer(0)), token)


def _refusal(text: str, bit: int) -> bytes:
    failure = tlv(BITS, bytes([7 - bit, 0x80 >> bit]))
    return sequence(sequence(integer(2), sequence(tlv(UTF8, text.encode())), failure))


def token_of(answer: bytes) -> bytes:
    """Return the token of an answer of a time-stamp service, or raise DerError."""
    parts = list(fields(inner(answer)))
    if next(fields(parts[0][1]))[1] not in {b"\x00", b"\x01"} or len(parts) < 2:  # noqa: PLR2004 - granted
        raise DerError("the time-stamp service refused")
    return parts[1][2]
