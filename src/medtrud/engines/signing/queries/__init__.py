"""Reading certificates, carriers, signatures, and what is trusted."""

from .lists import (
    carrier_moves,
    carriers,
    certificate_changes,
    certificate_of,
    certificates,
    certificates_of,
    lists_latest,
    requests,
    signature_bytes,
    signature_checks,
    signatures_of,
    stamp_for,
)
from .trust import authority_key, facts_of, key_pair_of, signature_check, status_told, trust

__all__ = [
    "authority_key",
    "carrier_moves",
    "carriers",
    "certificate_changes",
    "certificate_of",
    "certificates",
    "certificates_of",
    "facts_of",
    "key_pair_of",
    "lists_latest",
    "requests",
    "signature_bytes",
    "signature_check",
    "signature_checks",
    "signatures_of",
    "stamp_for",
    "status_told",
    "trust",
]
