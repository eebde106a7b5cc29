"""What people do with certificates, carriers and signatures."""

from .authority import anchor_add, anchor_drop, authority_open, lists_issue, revocation_list_add
from .carriers import carrier_add, carrier_destroy, carrier_issue, carrier_lose, carrier_return
from .certificates import (
    certificate_hold,
    certificate_issue,
    certificate_release,
    certificate_renew,
    certificate_revoke,
    certificates_end,
)
from .renewals import hashes_stamp, signatures_restamp
from .requests import request_add, request_issue, request_refuse
from .signatures import content_sign, sign_with_seal, signature_attach, signature_recheck

__all__ = [
    "anchor_add",
    "anchor_drop",
    "authority_open",
    "carrier_add",
    "carrier_destroy",
    "carrier_issue",
    "carrier_lose",
    "carrier_return",
    "certificate_hold",
    "certificate_issue",
    "certificate_release",
    "certificate_renew",
    "certificate_revoke",
    "certificates_end",
    "content_sign",
    "hashes_stamp",
    "lists_issue",
    "request_add",
    "request_issue",
    "request_refuse",
    "revocation_list_add",
    "sign_with_seal",
    "signature_attach",
    "signature_recheck",
    "signatures_restamp",
]
