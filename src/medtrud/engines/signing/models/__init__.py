"""Tables of signing."""

from .carriers import Carrier, CarrierMove
from .certificates import Certificate, CertificateChange, CertificateRequest, RevocationList, Secret
from .signatures import ArchivePath, ArchiveStamp, Signature, SignatureCheck

__all__ = [
    "ArchivePath",
    "ArchiveStamp",
    "Carrier",
    "CarrierMove",
    "Certificate",
    "CertificateChange",
    "CertificateRequest",
    "RevocationList",
    "Secret",
    "Signature",
    "SignatureCheck",
]
