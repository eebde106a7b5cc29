"""The door of signing."""

from .drivers import SealError, hasher, key_current, keyed_hash, keys_declare, seal, unseal

__all__ = ["SealError", "hasher", "key_current", "keyed_hash", "keys_declare", "seal", "unseal"]
