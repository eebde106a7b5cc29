"""Our own authority, foreign ones that are trusted, lists of revoked certificates."""

import datetime as dt
from uuid import UUID

from medtrud.engines.journal.public import record
from medtrud.engines.signing.drivers.authority import Entry, certificate_new, list_new, name_of, serial_new
from medtrud.engines.signing.drivers.certificates import certificate as read
from medtrud.engines.signing.drivers.chain import certificates_in
from medtrud.engines.signing.drivers.der import DerError
from medtrud.engines.signing.drivers.keys import KeyPair, key_new
from medtrud.engines.signing.drivers.revocation import revocation_list
from medtrud.engines.signing.models import Certificate, RevocationList
from medtrud.engines.signing.queries.trust import facts_of, key_pair_of, name_hash
from medtrud.engines.store.public import action, find, keep, now, numbers_take
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused

from ._register import BEFORE, certificate_keep, changed, fingerprint, issued, secret_keep

ROOT_DAYS, ISSUER_DAYS, SERVICE_DAYS = 3650, 1825, 1095
LIST_DAYS = 7
FAMILIES = ("gost256", "gost512", "ec")
OURS = "our own authority"


@action
def authority_open(actor: Actor, *, algorithm: str, name: str, organization: str) -> Certificate:
    """Open our own authority: a root, the issuer below it, the services of time and of answers."""
    if algorithm not in FAMILIES:
        raise Refused(f"Алгоритм «{algorithm}» центру не подходит. Выберите gost256, gost512 или ec.")
    own = Certificate.objects.unscoped(OURS).filter(own=True, kind="authority", algorithm=algorithm)
    if own.filter(state="active", until__gt=now()).exists():
        raise Refused("Удостоверяющий центр с этим алгоритмом уже есть. Пользуйтесь им.")
    names = {"organization": organization, "country": "RU"}
    root = _root(algorithm, name_of({**names, "common_name": f"{name}: корень"}))
    root_pair = key_pair_of(root)
    issuer = _below(root, root_pair, name_of({**names, "common_name": name}), "authority", ISSUER_DAYS)
    pair = key_pair_of(issuer)
    for kind, title in (("stamps", "служба времени"), ("answers", "справки о сертификатах")):
        _below(issuer, pair, name_of({**names, "common_name": f"{name}: {title}"}), kind, SERVICE_DAYS)
    for each in (root, issuer):
        _list_issue(each)
    record(actor, "signing.authority_open", issuer, algorithm=algorithm)
    return issuer


def _root(algorithm: str, subject: bytes) -> Certificate:
    key, since = key_new(algorithm), now().replace(microsecond=0) - BEFORE
    der = certificate_new(
        key,
        None,
        subject=subject,
        public=key.public,
        serial=serial_new(),
        since=since,
        until=since + dt.timedelta(days=ROOT_DAYS),
        profile="root",
    )
    row = certificate_keep(read(der), kind="anchor", own=True, trusted=True)
    secret_keep(row, KeyPair(key, (der,)))
    changed(None, row, "active")
    return row


def _below(above: Certificate, pair: KeyPair, subject: bytes, kind: str, days: int) -> Certificate:
    key = key_new(above.algorithm)
    row = issued(subject=subject, public=key.public, kind=kind, days=days, above=above, pair=pair)
    chain = (facts_of(row).der, *pair.certificates)
    secret_keep(row, KeyPair(key, chain))
    return row


@action
def lists_issue(actor: Actor, *, only: Certificate | None = None) -> list[RevocationList]:
    """Issue the next list of revoked certificates of each of our issuers."""
    rows = Certificate.objects.unscoped(OURS).filter(
        own=True, kind__in=("anchor", "authority"), until__gt=now()
    )
    made = [_list_issue(row) for row in rows.order_by("pk") if only is None or row.pk == only.pk]
    record(actor, "signing.lists_issue", only or (made[0] if made else None), count=len(made))
    return made


def _list_issue(issuer: Certificate) -> RevocationList:
    rows = Certificate.objects.unscoped(OURS).filter(issuer=issuer, until__gt=now()).exclude(state="active")
    entries = [
        Entry(
            int(row.number, 16),
            row.state_at or now(),
            "certificate_hold" if row.state == "hold" else row.reason,
        )
        for row in rows.order_by("state_at", "pk")
    ]
    pair, facts = key_pair_of(issuer), facts_of(issuer)
    number = numbers_take(f"signing list {issuer.pk}", 0)[0]
    since = now().replace(microsecond=0)
    der = list_new(
        pair.key,
        facts.der,
        number=number,
        entries=entries,
        since=since,
        until=since + dt.timedelta(days=LIST_DAYS),
    )
    return _list_keep(der, issuer=issuer, own=True)


def _list_keep(der: bytes, *, issuer: Certificate | None, own: bool) -> RevocationList:
    found, sha256 = revocation_list(der), fingerprint(der)
    known = RevocationList.objects.unscoped("a list is kept once").filter(sha256=sha256).first()
    row: RevocationList = known or RevocationList(
        issuer_hash=name_hash(found.issuer),
        issuer_title=facts_of(issuer).owner[:200] if issuer else "",
        issuer=issuer,
        own=own,
        number="" if found.number is None else str(found.number),
        count=len(found.entries),
        content=der,
        sha256=sha256,
        since=found.since,
        until=found.until,
        added_at=now(),
    )
    if known is None:
        keep(row)
    return row


@action
def revocation_list_add(actor: Actor, *, content: bytes) -> RevocationList:
    """Load a list of revoked certificates of a foreign authority."""
    try:
        found = revocation_list(content)
    except DerError as error:
        raise Refused(
            "Файл — не список отзыва. Возьмите файл .crl на сайте удостоверяющего центра."
        ) from error
    rows = Certificate.objects.unscoped("the issuer of a list").filter(
        subject_hash=name_hash(found.issuer), kind__in=("anchor", "authority")
    )
    issuer = rows.first()
    if issuer is None:
        raise Refused("Издателя этого списка нет в реестре. Сначала загрузите сертификат центра.")
    row = _list_keep(found.der, issuer=issuer, own=False)
    record(actor, "signing.revocation_list_add", row, count=row.count, number=row.number)
    return row


@action
def anchor_add(actor: Actor, *, content: bytes, trusted: bool = True) -> list[Certificate]:
    """Load certificates of a foreign authority; roots become trusted."""
    made = []
    for der in certificates_in(content):
        facts = read(der)
        kind = ("anchor" if facts.self_issued else "authority") if facts.is_ca else "person"
        row = certificate_keep(facts, kind=kind, own=False, trusted=trusted and kind == "anchor")
        if trusted and kind == "anchor" and not row.trusted:
            row.trusted = True
            keep(row, "trusted")
        made.append(row)
        record(actor, "signing.anchor_add", row, trusted=row.trusted, sha256=row.sha256)
    if not made:
        raise Refused("В файле нет сертификатов. Нужен файл .cer, .crt или .pem удостоверяющего центра.")
    return made


@action
def anchor_drop(actor: Actor, *, uid: UUID) -> Certificate:
    """Trust a root no more; what it signed before is judged anew."""
    row = find(Certificate, actor, uid)
    if not row.trusted:
        raise Refused(f"Сертификат {row.number} и так не доверенный.")
    row.trusted = False
    keep(row, "trusted")
    record(actor, "signing.anchor_drop", row)
    return row
