"""The port of cryptography and who stands behind it: the system library, pure Python, an empty slot."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol, runtime_checkable

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa, utils
from cryptography.hazmat.primitives.serialization import load_der_public_key

from . import gcrypt, gost, libcrypto
from .curves import CurveError
from .streebog import Streebog

HASHES: dict[str, hashes.HashAlgorithm] = {
    "sha1": hashes.SHA1(),  # noqa: S303 - read in old certificates only, never accepted in a signature
    "sha224": hashes.SHA224(),
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}


class Digest(Protocol):
    """A running hash."""

    def update(self, data: bytes, /) -> None:
        """Take more bytes."""

    def digest(self) -> bytes:
        """Return the hash of everything taken so far."""


@dataclass(frozen=True)
class PublicKey:
    """A public key: kind (gost256, gost512, rsa, ec or other), its structure, GOST set and bytes."""

    kind: str
    spki: bytes
    curve: str = ""
    raw: bytes = b""


@dataclass(frozen=True, repr=False)
class PrivateKey:
    """A private key: a number for GOST (with the structure the library reads), an object for the others."""

    public: PublicKey
    secret: int = 0
    pkcs8: bytes = b""
    native: Any = None

    @property
    def kind(self) -> str:
        """Return the kind of the key."""
        return self.public.kind


@runtime_checkable
class Signs(Protocol):
    """A key that only its carrier can use."""

    rsa: bool

    def sign(self, name: str, digest: bytes, /) -> bytes:
        """Sign a digest of this name."""


class CryptoBackend(Protocol):
    """What signing needs from cryptography; the digest to sign is always given."""

    name: str

    @property
    def title(self) -> str:
        """Return what computes, for people."""

    def digest(self, name: str) -> Digest:
        """Begin a hash."""

    def verify(
        self, key: PublicKey, name: str, digest: bytes, signature: bytes, *, pss: bool = False
    ) -> bool:
        """Whether the signature over the digest belongs to the key."""

    def sign(self, key: PrivateKey, name: str, digest: bytes) -> bytes:
        """Sign a digest."""


class Pure:
    """GOST in Python, the rest by the library of the wheel: works with nothing installed.

    Streebog in Python hashes a few hundred kilobytes a second, so libgcrypt does it where there is one.
    """

    name = "pure"

    @property
    def title(self) -> str:
        """Return what computes, for people."""
        digest = "хэш libgcrypt" if gcrypt.library() else "медленный: 10 МБ за полминуты"
        return f"ГОСТ на Python (встроенный; {digest})"

    def digest(self, name: str) -> Digest:
        """Begin a hash."""
        if not name.startswith("streebog"):
            return hashlib.new(name)
        found = gcrypt.library()
        return gcrypt.Digest(name, found) if found else Streebog(int(name[-3:]) // 8)

    def verify(
        self, key: PublicKey, name: str, digest: bytes, signature: bytes, *, pss: bool = False
    ) -> bool:
        """Whether the signature over the digest belongs to the key."""
        if not key.curve:
            return _verify_native(key, name, digest, signature, pss=pss)
        try:
            return gost.verify(gost.curve_of(key.curve, len(key.raw) // 2), key.raw, digest, signature)
        except CurveError:
            return False

    def sign(self, key: PrivateKey, name: str, digest: bytes) -> bytes:
        """Sign a digest."""
        if not key.public.curve:
            return _sign_native(key, name, digest)
        return gost.sign(gost.curve_of(key.public.curve, len(key.public.raw) // 2), key.secret, digest)


class Libcrypto(Pure):
    """GOST by the engine of the system library."""

    name = "libcrypto"

    def __init__(self) -> None:
        """Load the library, or say what is missing."""
        self._title = f"{libcrypto.version()} с модулем gost"

    @property
    def title(self) -> str:
        """Return what computes, for people."""
        return self._title

    def digest(self, name: str) -> Digest:
        """Begin a hash."""
        return libcrypto.Digest(name) if name.startswith("streebog") else hashlib.new(name)

    def verify(
        self, key: PublicKey, name: str, digest: bytes, signature: bytes, *, pss: bool = False
    ) -> bool:
        """Whether the signature over the digest belongs to the key."""
        if not key.curve:
            return _verify_native(key, name, digest, signature, pss=pss)
        return libcrypto.verify(key.spki, digest, signature)

    def sign(self, key: PrivateKey, name: str, digest: bytes) -> bytes:
        """Sign a digest."""
        return libcrypto.sign(key.pkcs8, digest) if key.public.curve else _sign_native(key, name, digest)


class CryptoPro:
    """The slot of КриптоПро CSP: the contract is kept by a driver that an installation brings."""

    name = "cryptopro"
    title = "КриптоПро CSP"
    refusal = (
        "КриптоПро CSP не установлен или не подключён: драйвер поставляется вместе с лицензией. "
        "Подписывайте в браузере через расширение КриптоПро ЭЦП или выберите встроенные средства."
    )

    def digest(self, name: str) -> Digest:
        """Refuse."""
        raise libcrypto.Unavailable(self.refusal)

    def verify(
        self, key: PublicKey, name: str, digest: bytes, signature: bytes, *, pss: bool = False
    ) -> bool:
        """Refuse."""
        raise libcrypto.Unavailable(self.refusal)

    def sign(self, key: PrivateKey, name: str, digest: bytes) -> bytes:
        """Refuse."""
        raise libcrypto.Unavailable(self.refusal)


MAKERS: dict[str, Callable[[], CryptoBackend]] = {
    "libcrypto": Libcrypto,
    "pure": Pure,
    "cryptopro": CryptoPro,
}


@dataclass
class _Choice:
    backend: CryptoBackend | None = None
    missing: str = ""


_choice = _Choice()


@cache
def backend_named(name: str) -> CryptoBackend:
    """Return a back end by its name."""
    return MAKERS[name]()


def backend_choose(name: str) -> None:
    """Use this back end from now on; an empty name chooses the best one at the next use."""
    _choice.backend = backend_named(name) if name else None


def backend() -> CryptoBackend:
    """Return the back end in use: the system library when it has the engine, else pure Python."""
    if _choice.backend is None:
        try:
            _choice.backend = backend_named("libcrypto")
        except libcrypto.Unavailable as error:
            _choice.missing = str(error)
            _choice.backend = backend_named("pure")
    return _choice.backend


def hashes_fast() -> bool:
    """Tell whether a document of hundreds of megabytes is hashed in seconds."""
    return backend().name != Pure.name or gcrypt.library() is not None


def backend_missing() -> str:
    """Return why the fast back end is not in use, or nothing."""
    backend()
    return _choice.missing


def _native(spki: bytes) -> Any:
    return _native_cached(spki)


@cache
def _native_cached(spki: bytes) -> Any:
    try:
        return load_der_public_key(spki)
    except (ValueError, UnsupportedAlgorithm):
        return None


def _verify_native(key: PublicKey, name: str, digest: bytes, signature: bytes, *, pss: bool) -> bool:
    native, method = _native(key.spki), utils.Prehashed(HASHES[name])
    try:
        if isinstance(native, rsa.RSAPublicKey):
            native.verify(signature, digest, _padding(name, pss=pss), method)
        elif isinstance(native, ec.EllipticCurvePublicKey):
            native.verify(signature, digest, ec.ECDSA(method))
        else:
            return False
    except (InvalidSignature, ValueError):
        return False
    return True


def _padding(name: str, *, pss: bool) -> padding.AsymmetricPadding:
    return padding.PSS(padding.MGF1(HASHES[name]), padding.PSS.AUTO) if pss else padding.PKCS1v15()


def _sign_native(key: PrivateKey, name: str, digest: bytes) -> bytes:
    if isinstance(key.native, Signs):
        return key.native.sign(name, digest)
    method = utils.Prehashed(HASHES[name])
    if isinstance(key.native, rsa.RSAPrivateKey):
        return key.native.sign(digest, padding.PKCS1v15(), method)
    signature: bytes = key.native.sign(digest, ec.ECDSA(method))
    return signature
