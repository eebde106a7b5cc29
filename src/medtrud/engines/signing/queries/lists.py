"""Rows for screens and for modules above."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from medtrud.engines.signing import drivers
from medtrud.engines.signing.models import (
    Carrier,
    CarrierMove,
    Certificate,
    CertificateChange,
    CertificateRequest,
    RevocationList,
    Signature,
    SignatureCheck,
)
from medtrud.engines.signing.types import Stamp
from medtrud.engines.store.public import now
from medtrud.kernel.actor import Actor

from .trust import facts_of

OPENED = "whoever opened the document sees its signatures"


def certificates(actor: Actor) -> QuerySet[Certificate]:
    """Return the certificates one may see, the latest first."""
    return Certificate.objects.visible_to(actor).order_by("-added_at", "-pk")


def certificates_of(
    actor: Actor, *, account: int | None = None, person: int | None = None, organization: int | None = None
) -> list[Certificate]:
    """Return the certificates in force of an account, a person or the seals of an organisation."""
    rows = Certificate.objects.visible_to(actor).filter(state="active", since__lte=now(), until__gt=now())
    if organization is not None:
        rows = rows.filter(organization=organization, kind="seal")
    else:
        rows = rows.filter(kind="person")
    if account is not None:
        rows = rows.filter(account=account)
    if person is not None:
        rows = rows.filter(person=person)
    return list(rows.order_by("-until", "-pk"))


def certificate_of(actor: Actor, account: int) -> Certificate | None:
    """Return the certificate an account signs with now, or nothing."""
    return next(iter(certificates_of(actor, account=account)), None)


def certificate_changes(actor: Actor, row: Certificate) -> list[CertificateChange]:
    """Return what happened to a certificate."""
    return list(CertificateChange.objects.visible_to(actor).filter(certificate=row))


def requests(actor: Actor) -> QuerySet[CertificateRequest]:
    """Return the requests for certificates, the latest first."""
    return CertificateRequest.objects.visible_to(actor).order_by("-created_at", "-pk")


def lists_latest(actor: Actor) -> list[RevocationList]:
    """Return the latest list of each issuer."""
    rows = RevocationList.objects.visible_to(actor).order_by("issuer_hash", "-since", "-pk")
    return list(rows.distinct("issuer_hash"))


def carriers(actor: Actor) -> QuerySet[Carrier]:
    """Return the key carriers one may see."""
    return Carrier.objects.visible_to(actor).order_by("number")


def carrier_moves(actor: Actor, row: Carrier) -> list[CarrierMove]:
    """Return the book of one carrier."""
    return list(CarrierMove.objects.visible_to(actor).filter(carrier=row).select_related("account"))


def signatures_of(targets: Iterable[UUID]) -> dict[UUID, list[Signature]]:
    """Return the signatures of documents the caller has opened."""
    rows = Signature.objects.unscoped(OPENED).filter(target__in=list(targets)).select_related("certificate")
    found: dict[UUID, list[Signature]] = {}
    for row in rows.order_by("added_at", "pk"):
        found.setdefault(row.target, []).append(row)
    return found


def signature_checks(row: Signature) -> list[SignatureCheck]:
    """Return every check of a signature the caller has opened."""
    return list(SignatureCheck.objects.unscoped(OPENED).filter(signature=row))


def signature_bytes(row: Signature) -> bytes:
    """Return the signature file, byte for byte."""
    return drivers.unseal(bytes(row.box), row.sha256.encode(), row.key)


def stamp_for(row: Signature) -> Stamp | None:
    """Return the visible mark for a copy of the signed document (D5), or nothing without a certificate.

    Number of the certificate, name of the owner, period: each element on a line of its own.
    """
    if row.certificate is None:
        return None
    facts = facts_of(row.certificate)
    owner = facts.owner
    if row.certificate.kind == "seal":
        ogrn = facts.names.get("ogrn", "")
        owner = ", ".join(
            filter(None, (facts.organization, facts.names.get("place"), ogrn and f"ОГРН {ogrn}"))
        )
    return Stamp(
        "ДОКУМЕНТ ПОДПИСАН ЭЛЕКТРОННОЙ ПОДПИСЬЮ",
        facts.number,
        owner,
        f"Действителен с {facts.since:%d.%m.%Y} по {facts.until:%d.%m.%Y}",
        facts.organization if row.certificate.kind == "person" else "",
    )
