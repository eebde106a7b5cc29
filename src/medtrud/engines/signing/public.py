"""The door of signing."""

from .drivers import (
    SealError,
    digester,
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
    "digester",
    "hasher",
    "key_current",
    "keyed_hash",
    "keys_declare",
    "seal",
    "sealer",
    "unseal",
]
