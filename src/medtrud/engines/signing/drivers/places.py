"""Where the world finds the lists, the responder and the certificates of our own authority."""

from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import UUID

from .authority import Places


@dataclass
class _Site:
    address: str = "http://127.0.0.1:8000"


_site = _Site()


def site_set(address: str) -> None:
    """Take the address people open; letters of other alphabets are written as networks do."""
    parts = urlsplit(address.rstrip("/"))
    host = (parts.hostname or "localhost").encode("idna").decode()
    port = f":{parts.port}" if parts.port else ""
    _site.address = f"{parts.scheme or 'http'}://{host}{port}{parts.path}"


def places_of(issuer: UUID) -> Places:
    """Return the addresses that stand in the certificates of an issuer."""
    base = f"{_site.address}/signing"
    return Places(f"{base}/crl/{issuer}.crl", f"{base}/ocsp/{issuer}/", f"{base}/ca/{issuer}.cer")


def stamps_address() -> str:
    """Return the address of the time-stamp service."""
    return f"{_site.address}/signing/tsa/"
