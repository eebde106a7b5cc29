"""Cryptography without tables: sealed boxes, hashes and signatures, certificates, signed messages."""

from .boxes import (
    SealError,
    hasher,
    key_current,
    keyed_hash,
    keys_declare,
    seal,
    sealer,
    unseal,
)

__all__ = [
    "SealError",
    "hasher",
    "key_current",
    "keyed_hash",
    "keys_declare",
    "seal",
    "sealer",
    "unseal",
]
