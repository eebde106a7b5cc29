"""Certificates of people and seals of organisations: issue, hold, release, revoke, renew."""

from collections.abc import Mapping
from uuid import UUID

from medtrud.engines.background.public import publish
from medtrud.engines.journal.public import record
from medtrud.engines.signing.drivers.authority import name_of
from medtrud.engines.signing.drivers.keys import KeyPair, key_new
from medtrud.engines.signing.models import Carrier, CarrierMove, Certificate, Secret
from medtrud.engines.signing.queries.owners import houses_of
from medtrud.engines.signing.queries.trust import authority_key, facts_of
from medtrud.engines.signing.rules import reason_of
from medtrud.engines.signing.types import CarrierDue
from medtrud.engines.store.public import action, find, keep, now, today
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused

from ._register import change, issued, secret_keep
from .authority import lists_issue

YEAR = 365
LONGEST = 1095
NEEDED = {"person": ("surname", "given_name"), "seal": ("organization",)}


@action
def certificate_issue(
    actor: Actor,
    *,
    kind: str,
    names: Mapping[str, str],
    account: int | None = None,
    person: int | None = None,
    organization: int | None = None,
    days: int = YEAR,
    algorithm: str = "gost256",
) -> Certificate:
    """Make a key kept by the server and issue its certificate: of a person or a seal of an organisation."""
    parts = _names(kind, names)
    if not 0 < days <= LONGEST:
        raise Refused(f"Срок сертификата — от 1 до {LONGEST} дней.")
    key = key_new(algorithm)
    above, pair = authority_key("authority", algorithm)
    row = issued(
        subject=name_of(parts),
        public=key.public,
        kind=kind,
        days=days,
        above=above,
        pair=pair,
        account_id=account,
        person=person,
        organization=organization,
    )
    secret_keep(row, KeyPair(key, (facts_of(row).der, *pair.certificates)))
    record(actor, "signing.certificate_issue", row, kind=kind, account=account, organization=organization)
    return row


def _names(kind: str, names: Mapping[str, str]) -> dict[str, str]:
    if kind not in NEEDED:
        raise Refused("Сертификат выдают сотруднику или как печать организации.")
    parts = {name: text.strip() for name, text in names.items() if text and text.strip()}
    if any(name not in parts for name in NEEDED[kind]):
        raise Refused("Укажите фамилию, имя и отчество владельца, для печати — название организации.")
    if kind == "person":
        parts["common_name"] = f"{parts['surname']} {parts['given_name']}"
    return {"country": "RU", "common_name": parts.get("organization", ""), **parts}


@action
def certificate_hold(actor: Actor, *, uid: UUID, note: str = "") -> Certificate:
    """Suspend a certificate: it signs nothing until it is released."""
    row = _own(actor, uid)
    change(actor, row, "hold", "certificate_hold", note)
    _listed(actor, row, "signing.certificate_hold")
    return row


@action
def certificate_release(actor: Actor, *, uid: UUID, note: str = "") -> Certificate:
    """Let a suspended certificate sign again."""
    row = _own(actor, uid)
    change(actor, row, "active", "", note)
    _listed(actor, row, "signing.certificate_release")
    return row


@action
def certificate_revoke(actor: Actor, *, uid: UUID, reason: str, note: str = "") -> Certificate:
    """Revoke a certificate for ever; its server-side key is destroyed."""
    row, code = _own(actor, uid), reason_of(reason)
    change(actor, row, "revoked", code, note)
    _listed(actor, row, "signing.certificate_revoke")
    return row


def _own(actor: Actor, uid: UUID) -> Certificate:
    row = find(Certificate, actor, uid)
    if not row.own or row.issuer_id is None:
        raise Refused(
            f"Сертификат {row.number} выдан другим центром: там его и отзывают. "
            "Здесь загрузите новый список отзыва этого центра."
        )
    return row


def _listed(actor: Actor, row: Certificate, code: str) -> None:
    """The next list follows at once; our own register answers even before it."""
    lists_issue(actor, only=row.issuer)
    record(actor, code, row, reason=row.reason, state=row.state)


@action
def certificate_renew(actor: Actor, *, uid: UUID, days: int = YEAR) -> Certificate:
    """Issue the next certificate with a new key to the same owner; the old one works until its end."""
    old = _own(actor, uid)
    if old.state != "active":
        raise Refused(f"Сертификат {old.number} не действует. Выпустите новый вместо продления.")
    if old.kind not in NEEDED:
        raise Refused("Сертификат центра не продлевают: откройте новый центр до конца срока старого.")
    if not Secret.objects.unscoped("is the key ours to renew").filter(certificate=old).exists():
        raise Refused(
            f"Ключ сертификата {old.number} лежит на носителе владельца. Пусть он создаст новый ключ "
            "и подаст запрос на странице «Мои сертификаты»."
        )
    key = key_new(old.algorithm)
    above, pair = authority_key("authority", old.algorithm)
    row = issued(
        subject=facts_of(old).subject,
        public=key.public,
        kind=old.kind,
        days=days,
        above=above,
        pair=pair,
        renews=old,
        account_id=old.account_id,
        person=old.person,
        organization=old.organization,
    )
    secret_keep(row, KeyPair(key, (facts_of(row).der, *pair.certificates)))
    record(actor, "signing.certificate_renew", row, renews=old.number)
    return row


@action
def certificates_end(
    actor: Actor,
    *,
    account: int | None = None,
    person: int | None = None,
    organization: int | None = None,
    hold: bool = False,
) -> int:
    """End what a person held: certificates are revoked (or suspended), carriers wait to be given back."""
    if account is None and person is None:
        raise Refused("Не сказано, чьи сертификаты отозвать.")
    mine: dict[str, int | None] = {"account": account} if account is not None else {"person": person}
    rows = Certificate.objects.unscoped("the owner left").filter(own=True, kind="person", **mine)
    state, reason = ("hold", "certificate_hold") if hold else ("revoked", "cessation_of_operation")
    rows = rows.filter(state__in=("active", "hold")).exclude(state=state).select_related("account", "issuer")
    ended = [row for row in rows if _ends(row, organization)]
    for row in ended:
        change(actor, row, state, reason)
    for issuer in {row.issuer for row in ended}:
        lists_issue(actor, only=issuer)
    due = _carriers_due(actor, mine, organization) if not hold else 0
    if ended or due:
        record(actor, "signing.certificates_end", ended[0] if ended else None, count=len(ended), carriers=due)
    return len(ended)


def _ends(row: Certificate | Carrier, organization: int | None) -> bool:
    """Tell whether a row ends when its owner leaves a house, or everything (no house is named).

    What names no house ends with the last one: whoever works elsewhere keeps it.
    """
    if organization is None or row.organization == organization:
        return True
    if row.organization is not None:
        return False
    return row.account is None or houses_of(row.account, today()) <= {organization}


def _carriers_due(actor: Actor, mine: dict[str, int | None], organization: int | None) -> int:
    rows = Carrier.objects.unscoped("the holder left").filter(state="issued", **mine)
    found = [row for row in rows.select_related("account") if _ends(row, organization)]
    for row in found:
        row.state = "due"
        keep(row, "state")
        holder = {"account_id": row.account_id, "person": row.person}
        CarrierMove(carrier=row, state="due", at=now(), by=actor.account, **holder).save()
        publish(CarrierDue(row.uid, row.account_id, row.person))
    return len(found)
