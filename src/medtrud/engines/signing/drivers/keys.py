"""Keys in the structures of the world: public keys, PKCS#8 in three forms of GOST, PKCS#12."""

from dataclasses import dataclass

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_private_key,
    load_der_public_key,
    load_pem_private_key,
)

from medtrud.kernel.errors import Refused

from . import gost, oids
from .backends import PrivateKey, PublicKey
from .curves import CURVES, CurveError
from .der import DerError, fields, inner, integer, octets, oid, oid_text, sequence, tlv

SIZES = {oids.GOST_256: 32, oids.GOST_512: 64}
STREEBOG = {oids.GOST_256: "1.2.643.7.1.1.2.2", oids.GOST_512: "1.2.643.7.1.1.2.3"}
BITS, SEQUENCE = 0x03, 0x30


@dataclass(frozen=True, repr=False)
class KeyPair:
    """A private key and its certificates in DER, the own one first."""

    key: PrivateKey
    certificates: tuple[bytes, ...] = ()


def public_key(spki: bytes) -> PublicKey:
    """Read a SubjectPublicKeyInfo; an unknown algorithm is a key of the kind `other`."""
    algorithm, bits = list(fields(inner(spki)))[:2]
    name, parameters = _algorithm(algorithm[1])
    kind = oids.KEYS.get(name, "other")
    if name not in SIZES:
        return PublicKey(kind, spki)
    raw = inner(bits[1][1:], 0x04)
    curve = oid_text(next(fields(inner(parameters)))[1])
    if curve not in CURVES or len(raw) != 2 * SIZES[name]:
        return PublicKey("other", spki)
    return PublicKey(kind, spki, curve, raw)


def _algorithm(content: bytes) -> tuple[str, bytes]:
    parts = list(fields(content))
    if not parts or parts[0][0] != 0x06:  # noqa: PLR2004 - the tag of an identifier
        raise DerError("an algorithm has no identifier")
    return oid_text(parts[0][1]), parts[1][2] if len(parts) > 1 else b""


def _gost_algorithm(name: str, curve: str) -> bytes:
    names_digest = curve.startswith(oids.OLD_SETS) or curve in {"1.2.643.7.1.2.1.2.1", "1.2.643.7.1.2.1.2.2"}
    digest = oid(STREEBOG[name]) if names_digest else b""
    return sequence(oid(name), sequence(oid(curve), digest))


def gost_key(curve: str, secret: int) -> PrivateKey:
    """Return a GOST key of a parameter set and a number."""
    size = CURVES[curve].size
    name = oids.GOST_256 if size == SIZES[oids.GOST_256] else oids.GOST_512
    found = gost.curve_of(curve, size)
    if not 0 < secret < found.q:
        raise Refused("Закрытый ключ вне допустимых границ. Получите ключ заново.")
    raw = gost.public_of(found, secret)
    algorithm = _gost_algorithm(name, curve)
    spki = sequence(algorithm, tlv(BITS, b"\x00" + octets(raw)))
    pkcs8 = sequence(integer(0), algorithm, octets(secret.to_bytes(size, "little")))
    return PrivateKey(PublicKey(oids.KEYS[name], spki, curve, raw), secret, pkcs8)


def native_key(native: object) -> PrivateKey:
    """Return an RSA or ECDSA key."""
    if not isinstance(native, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise Refused("Ключ этого вида не поддерживается. Нужен ГОСТ Р 34.10-2012, RSA или ECDSA.")
    spki = native.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    pkcs8 = native.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    kind = "rsa" if isinstance(native, rsa.RSAPrivateKey) else "ec"
    return PrivateKey(PublicKey(kind, spki), pkcs8=pkcs8, native=native)


def key_new(kind: str) -> PrivateKey:
    """Make a key: gost256, gost512, ec or rsa."""
    if kind == "gost256":
        return gost_key(oids.XCHA, gost.secret_new(CURVES[oids.XCHA]))
    if kind == "gost512":
        return gost_key(oids.TC26_512_A, gost.secret_new(CURVES[oids.TC26_512_A]))
    if kind == "ec":
        return native_key(ec.generate_private_key(ec.SECP256R1()))
    return native_key(rsa.generate_private_key(65537, 3072))


def private_key(pkcs8: bytes) -> PrivateKey:
    """Read a PrivateKeyInfo: of GOST in its three forms, or RSA and ECDSA."""
    parts = list(fields(inner(pkcs8)))
    name, parameters = _algorithm(parts[1][1])
    if name not in SIZES:
        try:
            return native_key(load_der_private_key(pkcs8, None))
        except (ValueError, UnsupportedAlgorithm) as error:
            raise Refused("Закрытый ключ не читается. Выгрузите его из хранилища ещё раз.") from error
    curve = oid_text(next(fields(inner(parameters)))[1])
    if curve not in CURVES or CURVES[curve].size != SIZES[name]:
        raise CurveError(f"parameter set {curve} is not known")
    return gost_key(curve, _secret(parts[2][1], SIZES[name], gost.curve_of(curve, SIZES[name]).q))


def _secret(content: bytes, size: int, order: int) -> int:
    """Read the number: bare and little-endian, wrapped in OCTET STRING or INTEGER, or under masks.

    A masked key is followed by its masks; the key is the product of them all modulo the order of the curve.
    """
    if len(content) % size == 0:
        return _unmasked(content, size, order)
    tag, value, _ = next(fields(content))
    if tag == SEQUENCE:  # the masked key and, beside it, the public one
        tag, value, _ = next(fields(value))
    if tag == 0x02:  # noqa: PLR2004 - INTEGER, the only big-endian form
        return int.from_bytes(value, "big")
    if not value or len(value) % size:
        raise Refused("Закрытый ключ записан в форме, которая не поддерживается. Выгрузите его ещё раз.")
    return _unmasked(value, size, order)


def _unmasked(content: bytes, size: int, order: int) -> int:
    parts = [content[place : place + size] for place in range(0, len(content), size)]
    number, *masks = (int.from_bytes(part, "little") for part in parts)
    for mask in masks:
        number = number * mask % order
    return number


def private_pem(data: bytes, password: bytes) -> PrivateKey:
    """Read an encrypted or traditional PEM key of RSA or ECDSA."""
    try:
        return native_key(load_pem_private_key(data, password or None))
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise Refused("Закрытый ключ не открывается. Проверьте пароль и файл ключа.") from error


def public_native(spki: bytes) -> int:
    """Return the size of an RSA or ECDSA key in bits."""
    native = load_der_public_key(spki)
    return int(getattr(native, "key_size", 0))
