"""Signatures of ГОСТ Р 34.10-2012 in pure Python; proves itself on the known example when imported.

Bytes as in certificates and messages: a public key is x and y little-endian, a signature is s and r
big-endian, the digest is read little-endian.
"""

import secrets

from .curves import CURVES, TEST, Curve, CurveError, Point, affine, times, times_base
from .streebog import Streebog

KEY_256, KEY_512 = "1.2.643.7.1.1.1.1", "1.2.643.7.1.1.1.2"


def curve_of(oid: str, size: int) -> Curve:
    """Return the curve of a parameter set for keys of the size in bytes."""
    curve = CURVES.get(oid)
    if curve is None or curve.size != size:
        raise CurveError(f"parameter set {oid} is not known for keys of {size} bytes")
    return curve


def public_of(curve: Curve, secret: int) -> bytes:
    """Return the public key of a secret number."""
    x, y = affine(curve, [times_base(curve, secret)])[0]
    return x.to_bytes(curve.size, "little") + y.to_bytes(curve.size, "little")


def point_of(curve: Curve, public: bytes) -> Point:
    """Return the point of a public key, or say that it is not on the curve."""
    if len(public) != 2 * curve.size:
        raise CurveError("the public key has a wrong length")
    point = (
        int.from_bytes(public[: curve.size], "little"),
        int.from_bytes(public[curve.size :], "little"),
    )
    if not curve.holds(point):
        raise CurveError("the public key is not on its curve")
    return point


def secret_new(curve: Curve) -> int:
    """Return a new secret number."""
    return 1 + secrets.randbelow(curve.q - 1)


def sign(curve: Curve, secret: int, digest: bytes, nonce: int = 0) -> bytes:
    """Sign a digest; a nonce is given by tests only."""
    e = int.from_bytes(digest, "little") % curve.q or 1
    while True:
        k = nonce or secret_new(curve)
        r = affine(curve, [times_base(curve, k)])[0][0] % curve.q
        s = (r * secret + k * e) % curve.q
        if r and s:
            return s.to_bytes(curve.size, "big") + r.to_bytes(curve.size, "big")


def verify(curve: Curve, public: bytes, digest: bytes, signature: bytes) -> bool:
    """Whether the signature belongs to the digest and the key."""
    if len(signature) != 2 * curve.size:
        return False
    s = int.from_bytes(signature[: curve.size], "big")
    r = int.from_bytes(signature[curve.size :], "big")
    if not (0 < r < curve.q and 0 < s < curve.q):
        return False
    e = int.from_bytes(digest, "little") % curve.q or 1
    v = pow(e, -1, curve.q)
    point = times(curve, -r * v % curve.q, point_of(curve, public), times_base(curve, s * v % curve.q))
    return bool(point[2]) and affine(curve, [point])[0][0] % curve.q == r


def self_test() -> None:
    """Compare with the examples of the standards; a machine that computes wrongly must not sign."""
    text = b"012345678901234567890123456789012345678901234567890123456789012"
    if not Streebog(32, text).hexdigest().startswith("9d151eefd8590b89daa6ba6cb74af927"):
        raise CurveError("Streebog gives a wrong digest")
    if not all(curve.holds(curve.base) for curve in CURVES.values()):
        raise CurveError("a base point is not on its curve")
    secret = 0x7A929ADE789BB9BE10ED359DD39A72C11B60961F49397EEE1D19CE9891EC3B28
    digest = 0x2DFBC1B372D89A1188C09C52E0EEC61FCE52032AB1022E8E67ECE6672B043EE5.to_bytes(32, "little")
    nonce = 0x77105C9B20BCD3122823C8CF6FCC7B956DE33814E95B7FE64FED924594DCEAB3
    known = bytes.fromhex(
        "01456c64ba4642a1653c235a98a60249bcd6d3f746b631df928014f6c5bf9c40"
        "41aa28d2f1ab148280cd9ed56feda41974053554a42767b83ad043fd39dc0493"
    )
    if sign(TEST, secret, digest, nonce) != known or not verify(TEST, public_of(TEST, secret), digest, known):
        raise CurveError("the known signature does not come out")


self_test()
