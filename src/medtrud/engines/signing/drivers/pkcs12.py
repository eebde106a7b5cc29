"""PKCS#12 with keys of any kind, GOST included: AES or 3DES inside, SHA or Streebog for the seal."""

import hashlib
import hmac
import os
from collections.abc import Callable, Iterator
from typing import Any

from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from medtrud.kernel.errors import Refused

from . import oids
from .backends import PrivateKey, backend
from .certificates import certificate
from .der import DerError, definite, fields, inner, integer, octets, oid, oid_text, pem, sequence, set_of, tlv
from .keys import KeyPair, private_key, private_pem, public_key

ROUNDS = 20_000
MOST_ROUNDS = 10_000_000
PRF = {
    "1.2.840.113549.2.7": "sha1",
    "1.2.840.113549.2.9": "sha256",
    "1.2.840.113549.2.10": "sha384",
    "1.2.840.113549.2.11": "sha512",
    "1.2.643.7.1.1.4.1": "streebog256",
    "1.2.643.7.1.1.4.2": "streebog512",
}
AES = {"2.16.840.1.101.3.4.1.2": 16, "2.16.840.1.101.3.4.1.22": 24, "2.16.840.1.101.3.4.1.42": 32}
DES3 = "1.2.840.113549.3.7"
PBES2, PBKDF2, SHA_3DES = "1.2.840.113549.1.5.13", "1.2.840.113549.1.5.12", "1.2.840.113549.1.12.1.3"
KEY_BAG, SHROUDED, CERT_BAG = (f"1.2.840.113549.1.12.10.1.{number}" for number in (1, 2, 3))
X509 = "1.2.840.113549.1.9.22.1"
WRONG = "Хранилище ключа не открывается этим паролем. Проверьте пароль и раскладку клавиатуры."
UNKNOWN = "Хранилище ключа зашифровано способом, который не поддерживается. Выгрузите его с AES-256."
BLOCK = {
    "sha1": 64,
    "sha224": 64,
    "sha256": 64,
    "sha384": 128,
    "sha512": 128,
    "streebog256": 64,
    "streebog512": 64,
}


def key_pair(data: bytes, password: str) -> KeyPair:
    """Open a PKCS#12 or a PEM with a key and certificates; refuse in words what cannot be opened."""
    try:
        if blocks := pem(data):
            return _of_pem(blocks, data, password)
        return _of_pfx(definite(data), password)
    except (DerError, ValueError, IndexError, StopIteration, KeyError) as error:
        raise Refused(
            "Файл ключа не читается. Нужен файл PKCS#12 (.p12, .pfx) с ключом и сертификатом."
        ) from error


def _of_pem(blocks: list[tuple[str, bytes]], data: bytes, password: str) -> KeyPair:
    certificates = tuple(body for label, body in blocks if label == "CERTIFICATE")
    for label, body in blocks:
        if label == "PRIVATE KEY":
            return _matched(private_key(body), certificates)
        if label == "ENCRYPTED PRIVATE KEY":
            return _matched(private_key(_decrypted(body, password)), certificates)
        if label.endswith("PRIVATE KEY"):
            return _matched(private_pem(data, password.encode()), certificates)
    raise Refused("В файле нет закрытого ключа. Нужен файл PKCS#12 с ключом и сертификатом.")


def _of_pfx(data: bytes, password: str) -> KeyPair:
    parts = list(fields(inner(data)))
    safe = inner(_explicit(parts[1][1]), 0x04)
    if len(parts) > 2:  # noqa: PLR2004 - the seal is optional
        _sealed(parts[2][1], safe, password)
    bags = [bag for content in fields(inner(safe)) for bag in _bags(content[1], password)]
    certificates = tuple(body for kind, body in bags if kind == CERT_BAG)
    for kind, body in bags:
        if kind in {KEY_BAG, SHROUDED}:
            plain = body if kind == KEY_BAG else _decrypted(body, password)
            return _matched(private_key(plain), certificates)
    raise Refused("В хранилище нет закрытого ключа. Выгрузите сертификат вместе с ключом.")


def _matched(key: PrivateKey, certificates: tuple[bytes, ...]) -> KeyPair:
    own = [der for der in certificates if certificate(der).key.spki == key.public.spki]
    same = own or [der for der in certificates if certificate(der).key.raw == key.public.raw != b""]
    return KeyPair(key, tuple(same[:1] + [der for der in certificates if der not in same[:1]]))


def _explicit(content: bytes) -> bytes:
    """Return what stands in [0] of a ContentInfo of the type data."""
    kind, body = list(fields(content))[:2]
    if oid_text(kind[1]) != oids.DATA:
        raise DerError("data were expected")
    return body[1]


def _bags(content: bytes, password: str) -> Iterator[tuple[str, bytes]]:
    kind, body = list(fields(content))[:2]
    if oid_text(kind[1]) == oids.DATA:
        plain = inner(body[1], 0x04)
    else:  # EncryptedData: version, (type, algorithm, [0] bytes)
        algorithm, secret = list(fields(list(fields(inner(body[1])))[1][1]))[1:3]
        plain = _opened(algorithm[1], secret[1], password)
    for _, bag, _ in fields(inner(plain)):
        name, value = list(fields(bag))[:2]
        code = oid_text(name[1])
        if code == CERT_BAG:
            yield code, inner(list(fields(inner(value[1])))[1][1], 0x04)
        else:
            yield code, value[1]


def _decrypted(encrypted: bytes, password: str) -> bytes:
    algorithm, secret = fields(inner(encrypted))
    return _opened(algorithm[1], secret[1], password)


def _opened(algorithm: bytes, secret: bytes, password: str) -> bytes:
    name, parameters = list(fields(algorithm))[:2]
    code = oid_text(name[1])
    if code == SHA_3DES:
        salt, rounds = fields(parameters[1])
        count = _rounds(rounds[1])
        key = _kdf("sha1", 1, password, salt[1], count, 24)
        cipher = Cipher(TripleDES(key), modes.CBC(_kdf("sha1", 2, password, salt[1], count, 8)))
        return _unpadded(cipher, secret)
    if code != PBES2:
        raise Refused(UNKNOWN)
    derivation, scheme = fields(parameters[1])
    kind, iv = list(fields(scheme[1]))[:2]
    code = oid_text(kind[1])
    if code not in AES and code != DES3:
        raise Refused(UNKNOWN)
    key = _pbkdf2(derivation[1], password.encode(), AES.get(code, 24))
    return _unpadded(Cipher(algorithms.AES(key) if code in AES else TripleDES(key), modes.CBC(iv[1])), secret)


def _unpadded(cipher: Cipher[modes.CBC], secret: bytes) -> bytes:
    try:
        decryptor = cipher.decryptor()
        plain = decryptor.update(secret) + decryptor.finalize()
    except ValueError as error:
        raise Refused(WRONG) from error
    if not plain or not 0 < plain[-1] <= 16 or plain[-plain[-1] :] != plain[-1:] * plain[-1]:  # noqa: PLR2004
        raise Refused(WRONG)
    return plain[: -plain[-1]]


def _rounds(content: bytes) -> int:
    count = int.from_bytes(content, "big")
    if not 0 < count <= MOST_ROUNDS:
        raise Refused(UNKNOWN)
    return count


def _pbkdf2(derivation: bytes, password: bytes, size: int) -> bytes:
    name, parameters = list(fields(derivation))[:2]
    if oid_text(name[1]) != PBKDF2:
        raise Refused(UNKNOWN)
    salt, rounds, *rest = fields(parameters[1])
    named = [oid_text(next(fields(body))[1]) for tag, body, _ in rest if tag == 0x30]  # noqa: PLR2004 - SEQUENCE
    digest = PRF.get(named[0] if named else "1.2.840.113549.2.7", "")
    if not digest:
        raise Refused(UNKNOWN)
    return pbkdf2(digest, password, salt[1], _rounds(rounds[1]), size)


def pbkdf2(digest: str, password: bytes, salt: bytes, rounds: int, size: int) -> bytes:
    """PBKDF2 with any digest of ours."""
    if not digest.startswith("streebog"):
        return hashlib.pbkdf2_hmac(digest, password, salt, rounds, size)
    base = hmac.new(password, digestmod=_maker(digest))
    result = b""
    for number in range(1, -(-size // oids.SIZES[digest]) + 1):
        last = _mac(base, salt + number.to_bytes(4, "big"))
        total = int.from_bytes(last, "big")
        for _ in range(rounds - 1):
            last = _mac(base, last)
            total ^= int.from_bytes(last, "big")
        result += total.to_bytes(oids.SIZES[digest], "big")
    return result[:size]


def _mac(base: hmac.HMAC, data: bytes) -> bytes:
    own = base.copy()
    own.update(data)
    return own.digest()


def _maker(digest: str) -> Callable[..., Any]:
    def make(data: bytes = b"") -> Any:
        started = backend().digest(digest)
        started.update(data)
        return started

    return make


def _sealed(mac: bytes, safe: bytes, password: str) -> None:
    info, salt, *rounds = fields(mac)
    algorithm, value = fields(info[1])
    digest = oids.DIGESTS.get(oid_text(next(fields(algorithm[1]))[1]), "")
    if not digest:
        raise Refused(UNKNOWN)
    count = _rounds(rounds[0][1]) if rounds else 1
    if digest.startswith("streebog"):  # the rule of ТК 26: the last 32 of 96 bytes
        keys = [pbkdf2(digest, password.encode(), salt[1], count, 96)[-32:]]
    else:
        keys = [_kdf(digest, 3, password, salt[1], count, oids.SIZES[digest])]
    if not any(hmac.compare_digest(hmac.new(key, safe, _maker(digest)).digest(), value[1]) for key in keys):
        raise Refused(WRONG)


def _kdf(digest: str, purpose: int, password: str, salt: bytes, rounds: int, size: int) -> bytes:
    """The derivation of RFC 7292, appendix B."""
    block = BLOCK[digest]

    def stretched(data: bytes) -> bytes:
        length = -(-len(data) // block) * block
        return (data * (length // len(data) + 1))[:length] if data else b""

    mixed = stretched(salt) + stretched(password.encode("utf-16-be") + b"\x00\x00")
    result = b""
    while len(result) < size:
        value = bytes([purpose]) * block + mixed
        for _ in range(rounds):
            value = _digest(digest, value)
        result += value
        number = int.from_bytes((value * (block // len(value) + 1))[:block], "big") + 1
        pieces = [
            int.from_bytes(mixed[at : at + block], "big") + number for at in range(0, len(mixed), block)
        ]
        mixed = b"".join((piece % (1 << 8 * block)).to_bytes(block, "big") for piece in pieces)
    return result[:size]


def _digest(name: str, data: bytes) -> bytes:
    started = backend().digest(name)
    started.update(data)
    return started.digest()


def packed(pair: KeyPair, password: str, rounds: int = ROUNDS) -> bytes:
    """Write a PKCS#12: AES-256, PBKDF2 and a seal of SHA-256."""
    local = set_of(
        sequence(oid("1.2.840.113549.1.9.21"), set_of(octets(hashlib.sha256(pair.key.public.spki).digest())))
    )
    keys = sequence(sequence(oid(SHROUDED), tlv(0xA0, _encrypted(pair.key.pkcs8, password, rounds)), local))
    bags = [
        sequence(
            oid(CERT_BAG),
            tlv(0xA0, sequence(oid(X509), tlv(0xA0, octets(der)))),
            local if public_key_of(der) == pair.key.public.spki else b"",
        )
        for der in pair.certificates
    ]
    contents = [sequence(oid(oids.DATA), tlv(0xA0, octets(part))) for part in (sequence(*bags), keys)]
    safe, salt = sequence(*contents), os.urandom(16)
    key = _kdf("sha256", 3, password, salt, rounds, 32)
    info = sequence(
        sequence(oid(oids.DIGEST_OIDS["sha256"]), b"\x05\x00"), octets(hmac.digest(key, safe, "sha256"))
    )
    return sequence(
        integer(3),
        sequence(oid(oids.DATA), tlv(0xA0, octets(safe))),
        sequence(info, octets(salt), integer(rounds)),
    )


def public_key_of(der: bytes) -> bytes:
    """Return the public key of a certificate as it stands there."""
    return public_key(certificate(der).key.spki).spki


def _encrypted(plain: bytes, password: str, rounds: int) -> bytes:
    salt, iv = os.urandom(16), os.urandom(16)
    key = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, rounds, 32)
    pad = 16 - len(plain) % 16
    encryptor = Cipher(algorithms.AES(key), modes.CBC(iv)).encryptor()
    secret = encryptor.update(plain + bytes([pad]) * pad) + encryptor.finalize()
    derivation = sequence(
        oid(PBKDF2), sequence(octets(salt), integer(rounds), sequence(oid("1.2.840.113549.2.9"), b"\x05\x00"))
    )
    scheme = sequence(oid("2.16.840.1.101.3.4.1.42"), octets(iv))
    return sequence(sequence(oid(PBES2), sequence(derivation, scheme)), octets(secret))
