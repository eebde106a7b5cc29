"""Certificates as facts: who, by whom, until when, for what; read once, kept by their bytes."""

import datetime as dt
import hashlib
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from asn1crypto import x509

from . import oids
from .backends import PublicKey, backend
from .der import DerError, fields, inner, oid_text
from .keys import public_key

NAMES = {
    "2.5.4.3": "common_name",
    "2.5.4.4": "surname",
    "2.5.4.42": "given_name",
    "2.5.4.10": "organization",
    "2.5.4.11": "unit",
    "2.5.4.12": "position",
    "2.5.4.6": "country",
    "2.5.4.8": "region",
    "2.5.4.7": "place",
    "2.5.4.9": "street",
    "1.2.840.113549.1.9.1": "email",
    "1.2.643.100.1": "ogrn",
    "1.2.643.100.5": "ogrnip",
    "1.2.643.100.3": "snils",
    "1.2.643.3.131.1.1": "inn",
    "1.2.643.100.4": "inn_organization",
}
KNOWN = frozenset(
    {
        "2.5.29.14", "2.5.29.15", "2.5.29.17", "2.5.29.18", "2.5.29.19", "2.5.29.31", "2.5.29.32",
        "2.5.29.35", "2.5.29.37", "2.5.29.16", "1.3.6.1.5.5.7.1.1", "1.2.643.100.111", "1.2.643.100.112",
        "1.2.643.100.114",
    }
)  # fmt: skip


class CertificateError(ValueError):
    """Bytes that are no certificate."""


@dataclass(frozen=True)
class Certificate:
    """What a certificate says."""

    der: bytes = field(repr=False)
    sha256: str
    serial: int
    subject: bytes = field(repr=False)
    issuer: bytes = field(repr=False)
    names: dict[str, str] = field(hash=False)
    issuer_names: dict[str, str] = field(hash=False)
    since: dt.datetime
    until: dt.datetime
    key: PublicKey = field(repr=False)
    body: bytes = field(repr=False)
    algorithm: str
    parameters: bytes = field(repr=False)
    signature: bytes = field(repr=False)
    usage: frozenset[str] | None
    purposes: frozenset[str] | None
    is_ca: bool
    path_length: int | None
    own_key_id: bytes
    issuer_key_id: bytes
    unknown_critical: tuple[str, ...]
    crl_urls: tuple[str, ...]
    ocsp_urls: tuple[str, ...]

    @property
    def number(self) -> str:
        """Return the serial number as people read it."""
        text = f"{self.serial:X}" if self.serial >= 0 else f"-{-self.serial:X}"
        return text if len(text) % 2 == 0 else f"0{text}"

    @property
    def owner(self) -> str:
        """Return the name of the owner: the person, else the common name or the organisation."""
        person = " ".join(filter(None, (self.names.get("surname"), self.names.get("given_name"))))
        return person or self.names.get("common_name") or self.names.get("organization", "")

    @property
    def organization(self) -> str:
        """Return the organisation named in the certificate."""
        return self.names.get("organization", "")

    @property
    def self_issued(self) -> bool:
        """Whether owner and issuer are the same."""
        return self.subject == self.issuer


@lru_cache(maxsize=4096)
def certificate(der: bytes) -> Certificate:
    """Read a certificate, or say that it is none."""
    try:
        return _read(der)
    except (
        ValueError,
        TypeError,
        KeyError,
        IndexError,
        StopIteration,
        OverflowError,
        AttributeError,
    ) as error:
        raise CertificateError("a certificate does not parse") from error


def _read(der: bytes) -> Certificate:
    parsed = x509.Certificate.load(der, strict=True)
    body, algorithm, signature = fields(inner(der))
    tbs = parsed["tbs_certificate"]
    found = _extensions(tbs)
    constraints, usage, purposes = (found.get(f"2.5.29.{number}") for number in (19, 15, 37))
    signed = [whole for _, _, whole in fields(algorithm[1])]
    path = constraints["path_len_constraint"].native if constraints is not None else None
    return Certificate(
        der=der,
        sha256=hashlib.sha256(der).hexdigest(),
        serial=int(tbs["serial_number"].native),
        subject=tbs["subject"].dump(),
        issuer=tbs["issuer"].dump(),
        names=names_of(tbs["subject"]),
        issuer_names=names_of(tbs["issuer"]),
        since=_moment(tbs["validity"]["not_before"]),
        until=_moment(tbs["validity"]["not_after"]),
        key=public_key(tbs["subject_public_key_info"].dump()),
        body=body[2],
        algorithm=oid_text(inner(signed[0], 0x06)),
        parameters=signed[1] if len(signed) > 1 else b"",
        signature=signature[1][1:],
        usage=frozenset(usage.native) if usage is not None else None,
        purposes=frozenset(item.dotted for item in purposes) if purposes is not None else None,
        is_ca=bool(constraints is not None and constraints["ca"].native),
        path_length=int(path) if path is not None else None,
        own_key_id=_bytes(found.get("2.5.29.14")),
        issuer_key_id=_authority(found.get("2.5.29.35")),
        unknown_critical=tuple(code for code, critical in _codes(tbs) if critical and code not in KNOWN),
        crl_urls=tuple(_crl_urls(found.get("2.5.29.31"))),
        ocsp_urls=tuple(_ocsp_urls(found.get("1.3.6.1.5.5.7.1.1"))),
    )


def _moment(value: Any) -> dt.datetime:
    moment: dt.datetime = value.native
    return moment


def _codes(tbs: Any) -> list[tuple[str, bool]]:
    return [(item["extn_id"].dotted, bool(item["critical"].native)) for item in tbs["extensions"] or ()]


def _extensions(tbs: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for item in tbs["extensions"] or ():
        code = item["extn_id"].dotted
        if code in found:
            raise DerError("an extension stands twice")
        if code in {
            "2.5.29.14",
            "2.5.29.15",
            "2.5.29.19",
            "2.5.29.31",
            "2.5.29.35",
            "2.5.29.37",
            "1.3.6.1.5.5.7.1.1",
        }:
            found[code] = item["extn_value"].parsed
    return found


def _bytes(value: Any) -> bytes:
    return bytes(value.native) if value is not None else b""


def _authority(value: Any) -> bytes:
    return bytes(value["key_identifier"].native or b"") if value is not None else b""


def _crl_urls(points: Any) -> list[str]:
    urls = []
    for point in points or ():
        name = point["distribution_point"]
        if name.name == "full_name":
            urls += [str(item.native) for item in name.chosen if item.name == "uniform_resource_identifier"]
    return urls


def _ocsp_urls(items: Any) -> list[str]:
    return [
        str(item["access_location"].native)
        for item in items or ()
        if item["access_method"].dotted == "1.3.6.1.5.5.7.48.1"
    ]


def names_of(name: Any) -> dict[str, str]:
    """Return the parts of a name; the first of several equal parts counts."""
    found: dict[str, str] = {}
    for part in name.chosen:
        for pair in part:
            code = pair["type"].dotted
            found.setdefault(NAMES.get(code, code), _text(pair["value"]))
    return found


def _text(value: Any) -> str:
    native = value.native
    return native if isinstance(native, str) else value.dump().hex()


def signed_by(key: PublicKey, body: bytes, algorithm: str, signature: bytes, parameters: bytes = b"") -> bool:
    """Whether the key signed these bytes of a certificate, a list or an answer."""
    kind, digest = oids.SIGNATURES.get(algorithm, ("", ""))
    if kind == "pss":
        digest = pss_digest(parameters)
    digest = digest or oids.KEY_DIGESTS.get(key.kind, "")
    if digest not in oids.SIZES or {"pss": "rsa"}.get(kind, kind) != key.kind:
        return False
    started = backend().digest(digest)
    started.update(body)
    return backend().verify(key, digest, started.digest(), signature, pss=kind == "pss")


def pss_digest(parameters: bytes) -> str:
    """Return the digest of RSA-PSS parameters; SHA-1 is the default of the standard."""
    if not parameters:
        return "sha1"
    for tag, content, _ in fields(inner(parameters)):
        if tag == 0xA0:  # noqa: PLR2004 - [0] hashAlgorithm
            return oids.DIGESTS.get(oid_text(next(fields(inner(content)))[1]), "")
    return "sha1"


@lru_cache(maxsize=8192)
def issued_by(child: bytes, parent: bytes) -> bool:
    """Whether the key of the second certificate signed the first; remembered, for both are constant."""
    mine, above = certificate(child), certificate(parent)
    return signed_by(above.key, mine.body, mine.algorithm, mine.signature, mine.parameters)
