"""What proves signatures without the register: certificates, lists, answers, gathered to lie beside them."""

from collections.abc import Iterable

from medtrud.engines.signing.drivers.der import DerError
from medtrud.engines.signing.drivers.revocation import revocation_list
from medtrud.engines.signing.models import Certificate, RevocationList
from medtrud.engines.signing.types import Evidence, Report

from .trust import facts_of, trust

OURS = "certificates and lists of authorities are public"


def evidence_for(reports: Iterable[Report]) -> Evidence:
    """Return what these verdicts rest on, and everything our own authority's signatures rest on."""
    rows = Certificate.objects.unscoped(OURS).filter(own=True, kind__in=("anchor", "authority"))
    certificates = {facts_of(row).der for row in rows}
    proofs: set[bytes] = set()
    for signer in (one for report in reports for one in report.signers):
        certificates |= set(signer.chain)
        proofs |= set(signer.evidence)
    own = RevocationList.objects.unscoped(OURS).filter(own=True).order_by("issuer_hash", "-since", "-pk")
    lists = {bytes(row.content) for row in own.distinct("issuer_hash")} | set(filter(_is_list, proofs))
    anchors = certificates & set(trust().anchors)
    return Evidence(
        tuple(sorted(anchors)),
        tuple(sorted(certificates - anchors)),
        tuple(sorted(lists)),
        tuple(sorted(proofs - lists)),
    )


def _is_list(data: bytes) -> bool:
    try:
        revocation_list(data)
    except DerError:
        return False
    return True
