"""Words of the screens of signing."""

import datetime as dt
from collections.abc import Iterable

from medtrud.engines.access.public import display_names
from medtrud.engines.signing.drivers.certificates import Certificate as Facts
from medtrud.engines.signing.drivers.oids import KEY_TITLES
from medtrud.engines.signing.models import Certificate, CertificateChange
from medtrud.engines.signing.queries import accounts_by_key
from medtrud.engines.signing.queries.due import SOON
from medtrud.engines.signing.rules import REASONS, STATES
from medtrud.engines.ui.public import Event
from medtrud.kernel.actor import Actor

WORDS = {"active": "Возобновлён", "hold": "Приостановлен", "revoked": "Отозван"}
TONES = {"active": "ok", "hold": "warn", "revoked": "bad"}


def soon_end(at: dt.datetime) -> dt.datetime:
    """Return the moment before which a certificate ends soon."""
    return at + SOON


def state_of(row: Certificate, at: dt.datetime) -> tuple[str, str]:
    """Return words and tone of a state."""
    if row.state != "active":
        return STATES[row.state], TONES[row.state]
    if row.until <= at:
        return "истёк", ""
    return ("скоро закончится", "warn") if row.until < soon_end(at) else ("действует", "ok")


def told_of(row: Certificate, facts: Facts) -> list[tuple[str, str]]:
    """Return what a certificate says, in pairs."""
    issuer = facts.issuer_names.get("common_name") or facts.issuer_names.get("organization", "")
    pairs = (
        ("Номер", facts.number),
        ("Владелец", facts.owner),
        ("Организация", facts.organization),
        ("Должность", facts.names.get("position", "")),
        ("СНИЛС", facts.names.get("snils", "")),
        ("ОГРН", facts.names.get("ogrn", "")),
        ("Кем выдан", issuer),
        ("Действует", f"с {facts.since:%d.%m.%Y} по {facts.until:%d.%m.%Y}"),
        ("Алгоритм", KEY_TITLES.get(facts.key.kind, facts.key.kind)),
        ("Ключ", "на сервере" if row.own and row.carrier_id is None else "на носителе"),
        ("Отпечаток SHA-256", facts.sha256),
    )
    return [pair for pair in pairs if pair[1]]


def changes_told(actor: Actor, lines: Iterable[CertificateChange]) -> list[Event]:
    """Return the history for the feed, the latest first."""
    known = list(lines)
    people = accounts_by_key({line.by for line in known if line.by})
    names = display_names(actor, people)
    return [
        Event(
            line.at,
            WORDS[line.state] if line is not known[0] else "Выпущен",
            ". ".join(filter(None, (REASONS.get(line.reason, ""), line.note, names.get(line.by or 0, "")))),
            TONES[line.state],
        )
        for line in reversed(known)
    ]
