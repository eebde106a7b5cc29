"""The system libcrypto with the GOST engine, loaded into this process by ctypes.

Never by OPENSSL_CONF: a second libcrypto inside a wheel would then map the engine against the wrong
library. The provider gives digests, the engine signatures; "default" must be named because the first
explicit provider switches the implicit one off. Nothing above this module knows that engines exist.
"""

import ctypes
from ctypes import POINTER, byref, c_char_p, c_int, c_size_t, c_ubyte, c_uint, c_void_p, create_string_buffer
from functools import cache, lru_cache

DIGESTS = {"streebog256": b"md_gost12_256", "streebog512": b"md_gost12_512"}
EVERYTHING = 0xFFFF
SONAME = "libcrypto.so.3"
SHAPES: dict[str, tuple[object, tuple[object, ...]]] = {
    "OSSL_PROVIDER_load": (c_void_p, (c_void_p, c_char_p)),
    "ENGINE_load_builtin_engines": (None, ()),
    "ENGINE_by_id": (c_void_p, (c_char_p,)),
    "ENGINE_init": (c_int, (c_void_p,)),
    "ENGINE_set_default": (c_int, (c_void_p, c_uint)),
    "EVP_get_digestbyname": (c_void_p, (c_char_p,)),
    "EVP_MD_CTX_new": (c_void_p, ()),
    "EVP_MD_CTX_free": (None, (c_void_p,)),
    "EVP_MD_CTX_copy_ex": (c_int, (c_void_p, c_void_p)),
    "EVP_DigestInit_ex": (c_int, (c_void_p, c_void_p, c_void_p)),
    "EVP_DigestUpdate": (c_int, (c_void_p, c_char_p, c_size_t)),
    "EVP_DigestFinal_ex": (c_int, (c_void_p, c_char_p, c_void_p)),
    "d2i_PUBKEY": (c_void_p, (c_void_p, POINTER(POINTER(c_ubyte)), ctypes.c_long)),
    "d2i_AutoPrivateKey": (c_void_p, (c_void_p, POINTER(POINTER(c_ubyte)), ctypes.c_long)),
    "EVP_PKEY_free": (None, (c_void_p,)),
    "EVP_PKEY_CTX_new": (c_void_p, (c_void_p, c_void_p)),
    "EVP_PKEY_CTX_free": (None, (c_void_p,)),
    "EVP_PKEY_sign_init": (c_int, (c_void_p,)),
    "EVP_PKEY_sign": (c_int, (c_void_p, c_char_p, POINTER(c_size_t), c_char_p, c_size_t)),
    "EVP_PKEY_verify_init": (c_int, (c_void_p,)),
    "EVP_PKEY_verify": (c_int, (c_void_p, c_char_p, c_size_t, c_char_p, c_size_t)),
    "ERR_clear_error": (None, ()),
    "OpenSSL_version": (c_char_p, (c_int,)),
}


class Unavailable(RuntimeError):  # noqa: N818 - it is an answer, caught and told
    """The library or its GOST engine is not here."""


class _Key:
    """A key inside the library; freed with its last reference."""

    def __init__(self, library: ctypes.CDLL, handle: int) -> None:
        self.library, self.handle = library, handle

    def __del__(self) -> None:
        self.library.EVP_PKEY_free(self.handle)


@cache
def library() -> ctypes.CDLL:
    """Load the library once with the engine, or say what is missing."""
    try:
        loaded = ctypes.CDLL(SONAME)
        for name, (result, arguments) in SHAPES.items():
            function = getattr(loaded, name)
            function.restype, function.argtypes = result, arguments
    except (OSError, AttributeError) as error:
        raise Unavailable(f"нет библиотеки {SONAME}") from error
    if not all(loaded.OSSL_PROVIDER_load(None, name) for name in (b"gostprov", b"default")):
        loaded.OSSL_PROVIDER_load(None, b"default")
        raise Unavailable("нет поставщика gostprov (пакет libengine-gost-openssl)")
    loaded.ENGINE_load_builtin_engines()
    engine = loaded.ENGINE_by_id(b"gost")
    if not (engine and loaded.ENGINE_init(engine) and loaded.ENGINE_set_default(engine, EVERYTHING)):
        raise Unavailable("нет модуля gost (пакет libengine-gost-openssl)")
    return loaded


def version() -> str:
    """Return the version of the library."""
    return str(library().OpenSSL_version(0).decode())


class Digest:
    """One running Streebog with the interface of hashlib."""

    block_size = 64

    def __init__(self, name: str, data: bytes = b"") -> None:
        """Begin; the first bytes may be given at once."""
        self.name, self.digest_size = name, int(name[-3:]) // 8
        self._library = library()
        self._context = self._library.EVP_MD_CTX_new()
        if not self._library.EVP_DigestInit_ex(self._context, _method(name), None):
            raise Unavailable(f"нет {name}")
        if data:
            self.update(data)

    def __del__(self) -> None:
        self._library.EVP_MD_CTX_free(self._context)

    def update(self, data: bytes | bytearray | memoryview) -> None:
        """Take more bytes."""
        data = bytes(data)
        self._library.EVP_DigestUpdate(self._context, data, len(data))

    def digest(self) -> bytes:
        """Return the hash of everything taken so far; more may follow."""
        copy, result = self._library.EVP_MD_CTX_new(), create_string_buffer(64)
        self._library.EVP_MD_CTX_copy_ex(copy, self._context)
        self._library.EVP_DigestFinal_ex(copy, result, None)
        self._library.EVP_MD_CTX_free(copy)
        return result.raw[: self.digest_size]

    def hexdigest(self) -> str:
        """Return the hash in hexadecimal digits."""
        return self.digest().hex()

    def copy(self) -> "Digest":
        """Return an independent hash in the same state."""
        other = Digest(self.name)
        self._library.EVP_MD_CTX_copy_ex(other._context, self._context)
        return other


@cache
def _method(name: str) -> int:
    return int(library().EVP_get_digestbyname(DIGESTS[name]) or 0)


def _read(function: str, der: bytes) -> _Key | None:
    loaded = library()
    buffer = (c_ubyte * len(der)).from_buffer_copy(der)
    handle = getattr(loaded, function)(None, byref(ctypes.cast(buffer, POINTER(c_ubyte))), len(der))
    if handle:
        return _Key(loaded, handle)
    loaded.ERR_clear_error()
    return None


@lru_cache(maxsize=512)
def _public(spki: bytes) -> _Key | None:
    return _read("d2i_PUBKEY", spki)


@lru_cache(maxsize=64)
def _private(pkcs8: bytes) -> _Key | None:
    return _read("d2i_AutoPrivateKey", pkcs8)


def verify(spki: bytes, digest: bytes, signature: bytes) -> bool:
    """Whether the signature belongs to the digest and the key."""
    key = _public(spki)
    if key is None:
        return False
    loaded = library()
    context = loaded.EVP_PKEY_CTX_new(key.handle, None)
    try:
        good = loaded.EVP_PKEY_verify_init(context) == 1 and (
            loaded.EVP_PKEY_verify(context, signature, len(signature), digest, len(digest)) == 1
        )
    finally:
        loaded.EVP_PKEY_CTX_free(context)
    if not good:
        loaded.ERR_clear_error()
    return bool(good)


def sign(pkcs8: bytes, digest: bytes) -> bytes:
    """Sign a digest by a key in the engine's own form of PKCS#8."""
    key = _private(pkcs8)
    if key is None:
        raise Unavailable("ключ не принят библиотекой")
    loaded = library()
    context, size = loaded.EVP_PKEY_CTX_new(key.handle, None), c_size_t(256)
    result = create_string_buffer(size.value)
    try:
        done = loaded.EVP_PKEY_sign_init(context) == 1 and (
            loaded.EVP_PKEY_sign(context, result, byref(size), digest, len(digest)) == 1
        )
    finally:
        loaded.EVP_PKEY_CTX_free(context)
    if not done:
        loaded.ERR_clear_error()
        raise Unavailable("библиотека не подписала")
    return result.raw[: size.value]
