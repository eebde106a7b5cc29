"""Authenticated encryption of fields and keyed hashes for search.

The ring holds keys by number; the last one seals, all of them open, so a key is replaced by adding one
and sealing the rows again. The hash key is derived from the first key and stays: hashes are an index.
"""

import hashlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE = 12
KEY = 32


class SealError(RuntimeError):
    """A box that does not open: another key, another row, or changed bytes."""


@dataclass
class _Ring:
    keys: dict[int, bytes] = field(default_factory=dict)
    boxes: dict[int, AESGCM] = field(default_factory=dict)
    current: int = 0
    hash_key: bytes = b""


_ring = _Ring()


def keys_declare(keys: dict[int, bytes]) -> dict[int, bytes]:
    """Take the keys at start; the largest number seals from now on. Return the keys before."""
    if not keys or any(len(key) != KEY for key in keys.values()):
        raise ValueError("identity keys: at least one key of 32 bytes is expected")
    before, _ring.keys = _ring.keys, dict(keys)
    _ring.boxes = {number: AESGCM(key) for number, key in keys.items()}
    _ring.current = max(keys)
    _ring.hash_key = hashlib.blake2b(keys[min(keys)], person=b"identity hash").digest()
    return before


def key_current() -> int:
    """Return the number of the key that seals; it is stored beside every box."""
    return _ring.current


def seal(plain: bytes, owner: bytes) -> bytes:
    """Seal bytes for one row: the box opens only together with the same owner."""
    nonce = os.urandom(NONCE)
    return nonce + _box(_ring.current).encrypt(nonce, plain, owner)


def unseal(box: bytes, owner: bytes, key: int) -> bytes:
    """Open a box, or say that it was not sealed for this row by this key."""
    try:
        return _box(key).decrypt(box[:NONCE], box[NONCE:], owner)
    except InvalidTag as error:
        raise SealError(f"the box does not open with the key {key}") from error


def keyed_hash(text: str) -> int:
    """Return a signed 64-bit hash that cannot be computed without the key."""
    return hasher()(text)


def hasher() -> Callable[[str], int]:
    """Return keyed_hash with the key bound: for many thousands in a row."""
    if not _ring.hash_key:
        raise SealError("no keys were declared")
    fresh = hashlib.blake2b(digest_size=8, key=_ring.hash_key).copy  # the key is taken in once for all
    number = int.from_bytes

    def compute(text: str) -> int:
        state = fresh()
        state.update(text.encode())
        return number(state.digest(), "big", signed=True)

    return compute


def sealer() -> Callable[[bytes, bytes], bytes]:
    """Return seal with the key bound: for many thousands in a row, whose nonces are made in portions."""
    encrypt = _box(_ring.current).encrypt
    nonces = _nonces()

    def compute(plain: bytes, owner: bytes) -> bytes:
        nonce = next(nonces)
        return nonce + encrypt(nonce, plain, owner)

    return compute


def _nonces(portion: int = 256) -> Iterator[bytes]:
    while True:
        noise = os.urandom(NONCE * portion)
        for start in range(0, NONCE * portion, NONCE):
            yield noise[start : start + NONCE]


def _box(key: int) -> AESGCM:
    try:
        return _ring.boxes[key]
    except KeyError as error:
        raise SealError(f"the key {key} is not in the file of keys") from error
