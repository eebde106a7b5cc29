"""Rows for screens and for modules above."""

from collections.abc import Iterable
from uuid import UUID

from asn1crypto.x509 import Name
from django.db.models import Q, QuerySet

from medtrud.engines.access.public import Account, place_by_inn
from medtrud.engines.signing import drivers
from medtrud.engines.signing.drivers.authority import request_of
from medtrud.engines.signing.drivers.certificates import Certificate as Facts
from medtrud.engines.signing.drivers.certificates import names_of
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
from medtrud.kernel.errors import NotFound

from .trust import facts_of

OPENED_AT_MOST = 3000  # sealed certificates that a search opens
OPENED = "whoever opened the document sees its signatures"


def certificates(actor: Actor) -> QuerySet[Certificate]:
    """Return the certificates one may see, the latest first."""
    return Certificate.objects.visible_to(actor).order_by("-added_at", "-pk")


def certificates_found(rows: QuerySet[Certificate], text: str) -> QuerySet[Certificate]:
    """Keep the certificates whose number has these digits, or whose owner or organisation these words.

    Their bytes are sealed, so they are opened one by one, the latest ones first, as many as one list shows.
    """
    said = text.strip().casefold()
    found = [
        row.pk for row in rows.order_by("-added_at", "-pk")[:OPENED_AT_MOST] if _says(facts_of(row), said)
    ]
    return rows.filter(Q(number__icontains=said) | Q(pk__in=found))


def _says(facts: Facts, said: str) -> bool:
    whole = f"{facts.owner} {facts.organization}".casefold()
    return all(word in whole for word in said.split())


def certificates_on(actor: Actor, carrier: Carrier) -> list[Certificate]:
    """Return the certificates of the keys on a carrier, the latest first."""
    return list(certificates(actor).filter(carrier=carrier))


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


def certificates_own(actor: Actor) -> list[Certificate]:
    """Return the certificates of the own account, the longest first."""
    rows = Certificate.objects.visible_to(actor).filter(account=actor.account or 0)
    return list(rows.order_by("-until", "-pk")[:100])


def requests_own(actor: Actor) -> list[CertificateRequest]:
    """Return the own requests that wait or were refused."""
    return list(requests(actor).filter(account=actor.account or 0).exclude(state="issued")[:20])


def carriers_own(actor: Actor) -> list[Carrier]:
    """Return the carriers the own account holds."""
    return list(carriers(actor).filter(account=actor.account or 0))


def authorities(actor: Actor) -> list[Certificate]:
    """Return certificates of authorities, our own first."""
    rows = Certificate.objects.visible_to(actor).filter(kind__in=("anchor", "authority", "stamps", "answers"))
    return list(rows.order_by("-own", "algorithm", "pk")[:300])


def issuer_of(uid: UUID) -> Certificate:
    """Return an issuer of our own by the uid in its public addresses."""
    rows = Certificate.objects.unscoped("certificates of our authority are public")
    row: Certificate | None = rows.filter(uid=uid, own=True, kind__in=("anchor", "authority")).first()
    if row is None:
        raise NotFound("Такого удостоверяющего центра здесь нет.")
    return row


def list_of(issuer: Certificate) -> RevocationList:
    """Return the latest list of an issuer of our own."""
    rows = RevocationList.objects.unscoped("lists are public").filter(issuer=issuer, own=True)
    row: RevocationList | None = rows.order_by("-since", "-pk").first()
    if row is None:
        raise NotFound("Список отзыва этого центра ещё не выпущен.")
    return row


def asked_of(row: CertificateRequest) -> str:
    """Return the names a request asks for."""
    asked = request_of(drivers.unseal(bytes(row.box), row.sha256.encode(), row.key))
    names = names_of(Name.load(asked.subject))
    owner = names.get("common_name") or " ".join(
        filter(None, (names.get("surname"), names.get("given_name")))
    )
    return ", ".join(filter(None, (owner, names.get("organization"))))


def accounts_like(actor: Actor, text: str) -> list[Account]:
    """Return active accounts whose login begins like the text."""
    rows = Account.objects.visible_to(actor).filter(is_active=True, login__startswith=text.strip().casefold())
    return list(rows.order_by("login")[:20])


def accounts_by_key(keys: Iterable[int]) -> list[Account]:
    """Return accounts named in rows one sees."""
    return list(Account.objects.unscoped("named in a row one sees").filter(pk__in=list(keys)))


def place_behind(inn: str) -> int | None:
    """Return the key of an organisation by its ИНН."""
    return place_by_inn(inn) if inn else None
