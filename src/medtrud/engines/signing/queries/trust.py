"""What is trusted now, built from the register and remembered until the register changes."""

import datetime as dt
from collections import defaultdict
from functools import lru_cache
from pathlib import Path
from uuid import UUID

from django.db import connection

from medtrud.engines.signing import drivers
from medtrud.engines.signing.drivers.answers import Told
from medtrud.engines.signing.drivers.certificates import Certificate as Facts
from medtrud.engines.signing.drivers.certificates import certificate as read
from medtrud.engines.signing.drivers.chain import Pause, Store
from medtrud.engines.signing.drivers.keys import KeyPair
from medtrud.engines.signing.drivers.pkcs12 import key_pair
from medtrud.engines.signing.drivers.verify import Content, verify
from medtrud.engines.signing.models import (
    Certificate,
    CertificateChange,
    RevocationList,
    Secret,
)
from medtrud.engines.signing.types import Report
from medtrud.engines.store.public import now
from medtrud.kernel.errors import NotFound, Refused

WHOLE = "the chain is looked for among all certificates"


def name_hash(name: bytes) -> int:
    """Return the keyed hash of a Name in DER."""
    return drivers.keyed_hash(name.hex())


def facts_of(row: Certificate) -> Facts:
    """Return what a certificate of the register says."""
    return read(drivers.unseal(bytes(row.box), row.sha256.encode(), row.key))


@lru_cache(maxsize=4)
def _trust(stamp: tuple[object, ...]) -> Store:
    """Build the store; the stamp is what the register looked like."""
    store = Store(finder=_found)
    rows = Certificate.objects.unscoped(WHOLE).filter(kind__in=("anchor", "authority")).order_by("pk")
    known = {row.pk: (row, facts_of(row)) for row in rows}
    for row, facts in known.values():
        store.add(facts)
        if row.trusted:
            store.anchors[facts.der] = facts
    for pk, pauses in _pauses({pk for pk, (row, _) in known.items() if row.own}).items():
        store.own[known[pk][1].der] = pauses
    for found in _latest_lists():
        store.crl_add(bytes(found.content))
    return store


def _latest_lists() -> list[RevocationList]:
    rows = RevocationList.objects.unscoped(WHOLE).filter(own=False).order_by("issuer_hash", "-since")
    return list(rows.distinct("issuer_hash"))


def _pauses(issuers: set[int]) -> dict[int, dict[int, list[Pause]]]:
    """Return for each own issuer the held and revoked times of its certificates."""
    found: dict[int, dict[int, list[Pause]]] = {pk: defaultdict(list) for pk in issuers}
    lines = CertificateChange.objects.unscoped(WHOLE).filter(certificate__issuer__in=issuers)
    begun: dict[int, Pause] = {}
    for line in lines.order_by("at", "pk").select_related("certificate"):
        pauses = found[line.certificate.issuer_id or 0][int(line.certificate.number, 16)]
        if before := begun.pop(line.certificate_id, None):
            pauses[pauses.index(before)] = Pause(before.state, before.since, line.at, before.reason)
        if line.state != "active":
            pause = Pause(line.state, line.at, None, line.reason)
            pauses.append(pause)
            begun[line.certificate_id] = pause
    return found


def _found(issuer: bytes, serial: int) -> bytes | None:
    number = f"{serial:X}"
    number = number if len(number) % 2 == 0 else f"0{number}"
    rows = Certificate.objects.unscoped(WHOLE).filter(issuer_hash=name_hash(issuer), number=number)
    row = rows.first()
    return facts_of(row).der if row else None


def trust() -> Store:
    """Return what is trusted now."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT max(id) FROM signing_certificate),"
            " (SELECT max(id) FROM signing_certificatechange),"
            " (SELECT max(id) FROM signing_revocationlist WHERE NOT own),"
            " (SELECT string_agg(id::text, ',' ORDER BY id) FROM signing_certificate WHERE trusted)"
        )
        return _trust((connection.settings_dict["NAME"], *cursor.fetchone()))


def signature_check(
    signature: bytes, content: bytes | Path | None, *, at: dt.datetime | None = None
) -> Report:
    """Judge a signature file over a document; by anybody, for nothing is kept."""
    return verify(signature, Content(content), trust(), at or now())


def content_digest(content: bytes | Path, name: str) -> str:
    """Return the hash of a document that the browser signs instead of its bytes; files are read in pieces."""
    return Content(content).digest(name).hex()


def account_proved(signature: bytes, challenge: bytes) -> tuple[UUID | None, str]:
    """Return the account whose certificate signed a challenge, or nothing and the reason."""
    report = signature_check(signature, challenge)
    if not report.verdict.good or len(report.signers) != 1:
        return None, report.text
    sha256 = report.signers[0].certificate["sha256"]
    rows = Certificate.objects.unscoped("whoever signs in is found by his certificate")
    row = rows.filter(sha256=sha256, kind="person", state="active").select_related("account").first()
    if row is None or row.account is None:
        return None, "Сертификат верен, но ни одной учётной записи не выдан. Войдите по паролю."
    return row.account.uid, ""


def key_pair_of(row: Certificate) -> KeyPair:
    """Return the server-side key of a certificate with its chain; only actions may use it."""
    secret = Secret.objects.unscoped("an action signs by it").filter(certificate=row).first()
    if secret is None or secret.box is None:
        raise NotFound(
            f"Ключа сертификата {row.number} нет на сервере. Подпишите в браузере своим носителем."
        )
    return _opened(bytes(secret.box), row.sha256, secret.key)


@lru_cache(maxsize=64)
def _opened(box: bytes, sha256: str, key: int) -> KeyPair:
    return key_pair(drivers.unseal(box, f"secret {sha256}".encode(), key), "")


def authority_key(kind: str, algorithm: str = "") -> tuple[Certificate, KeyPair]:
    """Return the working certificate of our own authority and its key: authority, stamps or answers."""
    rows = Certificate.objects.unscoped("our own authority").filter(own=True, kind=kind, state="active")
    if algorithm:
        rows = rows.filter(algorithm=algorithm)
    row = rows.filter(until__gt=now(), issuer__isnull=False).order_by("-until", "-pk").first()
    if row is None:
        raise Refused(
            "Удостоверяющий центр ещё не создан. Создайте его: medtrud ca open или кнопкой на странице."
        )
    return row, key_pair_of(row)


def status_told(issuer: Certificate, serial: int) -> Told:
    """Return what the responder says about a number of our own issuer."""
    number = f"{serial:X}"
    number = number if len(number) % 2 == 0 else f"0{number}"
    row = (
        Certificate.objects.unscoped("the state of a number is public")
        .filter(issuer=issuer, number=number)
        .first()
    )
    if row is None:
        return Told("unknown")
    if row.state == "active":
        return Told("good")
    return Told("revoked", row.state_at, "certificate_hold" if row.state == "hold" else row.reason)
