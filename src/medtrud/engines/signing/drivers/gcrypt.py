"""Streebog by the libgcrypt that most systems carry: a fast hash where the GOST engine is absent.

Found by ctypes, tried against the hash in Python before the first use; a library that differs is not used.
"""

from ctypes import CDLL, byref, c_char_p, c_int, c_size_t, c_uint, c_void_p, string_at
from ctypes.util import find_library
from functools import cache

from .streebog import BLOCK, Streebog

DISABLE_SECURE_MEMORY, INITIALIZATION_FINISHED = 37, 38
SIZES = {"streebog256": 32, "streebog512": 64}
# Sums that carry through the whole block are where implementations went wrong.
TRIALS = (b"", b"\xff" * BLOCK, b"\xff" * (3 * BLOCK) + b"\x01", bytes(range(200)))


@cache
def library() -> CDLL | None:
    """Load the library; None when it is absent, too old, or computes another hash."""
    place = find_library("gcrypt")
    if not place:
        return None
    try:
        found = CDLL(place)
        found.gcry_check_version.restype, found.gcry_check_version.argtypes = c_char_p, (c_char_p,)
        found.gcry_md_map_name.argtypes = (c_char_p,)
        found.gcry_md_open.argtypes = (c_void_p, c_int, c_uint)
        found.gcry_md_write.restype, found.gcry_md_write.argtypes = None, (c_void_p, c_char_p, c_size_t)
        found.gcry_md_copy.argtypes = (c_void_p, c_void_p)
        found.gcry_md_read.restype, found.gcry_md_read.argtypes = c_void_p, (c_void_p, c_int)
        found.gcry_md_close.restype, found.gcry_md_close.argtypes = None, (c_void_p,)
        found.gcry_check_version(None)
        found.gcry_control(DISABLE_SECURE_MEMORY, 0)
        found.gcry_control(INITIALIZATION_FINISHED, 0)
    except (OSError, AttributeError):
        return None
    return found if _right(found) else None


def _right(found: CDLL) -> bool:
    try:
        return all(
            Digest(name, found, trial).digest() == Streebog(size, trial).digest()
            for name, size in SIZES.items()
            for trial in TRIALS
        )
    except OSError:
        return False


class Digest:
    """A running hash of the library."""

    def __init__(self, name: str, found: CDLL, data: bytes = b"") -> None:
        """Begin a hash."""
        self._library, self._size = found, SIZES[name]
        self._code = found.gcry_md_map_name(f"STRIBOG{self._size * 8}".encode())
        self._handle = c_void_p()
        if not self._code or found.gcry_md_open(byref(self._handle), self._code, 0):
            raise OSError("libgcrypt has no Streebog")
        self.update(data)

    def update(self, data: bytes) -> None:
        """Take more bytes."""
        self._library.gcry_md_write(self._handle, bytes(data), len(data))

    def digest(self) -> bytes:
        """Return the hash of everything taken so far; more may follow."""
        beside = c_void_p()
        if self._library.gcry_md_copy(byref(beside), self._handle):
            raise MemoryError
        found = string_at(self._library.gcry_md_read(beside, self._code), self._size)
        self._library.gcry_md_close(beside)
        return found

    def __del__(self) -> None:
        """Free the memory of the library."""
        if getattr(self, "_handle", None):
            self._library.gcry_md_close(self._handle)
