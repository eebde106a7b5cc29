"""A signed message (CMS SignedData) taken apart: nothing is believed here, only found."""

import datetime as dt
from dataclasses import dataclass

from . import oids
from .der import SET, DerError, definite, fields, inner, oid_text, tlv, unwrapped

MOST_SIGNERS = 200


@dataclass(frozen=True)
class SignerInfo:
    """One signature of a message as it stands there."""

    issuer: bytes
    serial: int
    key_id: bytes
    digest: str
    algorithm: str
    parameters: bytes
    signature: bytes
    attributes: bytes  # the signed attributes as SET OF, or nothing
    signed: dict[str, list[bytes]]  # identifier -> values
    unsigned: dict[str, list[bytes]]

    def one(self, code: str) -> bytes:
        """Return the only value of a signed attribute; several are an error, none is nothing."""
        values = self.signed.get(code, [])
        if len(values) > 1:
            raise DerError("an attribute has several values")
        return values[0] if values else b""


@dataclass(frozen=True)
class Message:
    """A SignedData: the type and bytes of the content (None: detached), certificates, lists, signatures."""

    kind: str
    content: bytes | None
    certificates: tuple[bytes, ...]
    crls: tuple[bytes, ...]
    signers: tuple[SignerInfo, ...]


def message(data: bytes) -> Message:
    """Take apart DER, BER, PEM or base64."""
    der = definite(unwrapped(data))
    kind, body = list(fields(inner(der)))[:2]
    if oid_text(kind[1]) != oids.SIGNED_DATA or body[0] != 0xA0:  # noqa: PLR2004 - [0] EXPLICIT
        raise DerError("no SignedData")
    parts = list(fields(inner(body[1])))
    if len(parts) < 4 or parts[-1][0] != SET:  # noqa: PLR2004 - version, digests, content, signatures
        raise DerError("SignedData lacks its parts")
    content_type, *held = fields(parts[2][1])
    extra = {tag: content for tag, content, _ in parts[3:-1]}
    signers = tuple(_signer(content) for _, content, _ in fields(parts[-1][1]))
    if not 0 < len(signers) <= MOST_SIGNERS:
        raise DerError("no signatures, or too many")
    return Message(
        oid_text(content_type[1]),
        inner(held[0][1], 0x04) if held else None,
        tuple(whole for tag, _, whole in fields(extra.get(0xA0, b"")) if tag == 0x30),  # noqa: PLR2004 - X.509
        tuple(whole for tag, _, whole in fields(extra.get(0xA1, b"")) if tag == 0x30),  # noqa: PLR2004 - CRL
        signers,
    )


def _signer(content: bytes) -> SignerInfo:
    parts = list(fields(content))
    issuer, serial, key_id = _identity(*parts[1])
    digest = oid_text(next(fields(parts[2][1]))[1])
    attributes = parts[3][1] if parts[3][0] == 0xA0 else None  # noqa: PLR2004 - [0] signedAttrs
    rest = parts[3 if attributes is None else 4 :]
    algorithm = list(fields(rest[0][1]))
    if rest[1][0] != 0x04:  # noqa: PLR2004 - OCTET STRING
        raise DerError("a signature is no OCTET STRING")
    unsigned = rest[2][1] if len(rest) > 2 and rest[2][0] == 0xA1 else b""  # noqa: PLR2004 - [1] unsignedAttrs
    return SignerInfo(
        issuer,
        serial,
        key_id,
        digest,
        oid_text(algorithm[0][1]),
        algorithm[1][2] if len(algorithm) > 1 else b"",
        rest[1][1],
        tlv(SET, attributes) if attributes is not None else b"",
        _attributes(attributes or b""),
        _attributes(unsigned),
    )


def _identity(tag: int, content: bytes, whole: bytes) -> tuple[bytes, int, bytes]:
    if tag == 0x80:  # noqa: PLR2004 - [0] subjectKeyIdentifier
        return b"", 0, content
    issuer, serial = fields(content)
    return issuer[2], int.from_bytes(serial[1], "big", signed=True), b""


def _attributes(content: bytes) -> dict[str, list[bytes]]:
    found: dict[str, list[bytes]] = {}
    for _, attribute, _ in fields(content):
        code, values = fields(attribute)
        name = oid_text(code[1])
        found.setdefault(name, []).extend(whole for _, _, whole in fields(values[1]))
    return found


def moment(whole: bytes) -> dt.datetime:
    """Read UTCTime or GeneralizedTime."""
    tag, content, _ = next(fields(whole))
    text = content.decode("ascii")
    if tag == 0x17:  # noqa: PLR2004 - UTCTime: two digits of the year turn over at 1950
        text = ("19" if text[:2] >= "50" else "20") + text
    elif tag != 0x18:  # noqa: PLR2004 - GeneralizedTime
        raise DerError("a time was expected")
    if not text.endswith("Z"):
        raise DerError("a time is not in UTC")
    whole_seconds, _, fraction = text[:-1].partition(".")
    shape = "%Y%m%d%H%M%S" if len(whole_seconds) > 12 else "%Y%m%d%H%M"  # noqa: PLR2004 - seconds may be left out
    found = dt.datetime.strptime(whole_seconds, shape).replace(tzinfo=dt.UTC)
    return found.replace(microsecond=int(fraction[:6].ljust(6, "0"))) if fraction else found
