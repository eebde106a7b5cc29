"""What a check of a signature says: verdicts, the checks behind them, signers; and the events of signing."""

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID


class Verdict(StrEnum):
    """The answer about one signature or a whole message; the order is the order in which causes count."""

    MALFORMED = "malformed"
    NO_CONTENT = "no_content"
    SIGNER_CERT_MISSING = "signer_cert_missing"
    ALGORITHM = "algorithm"
    MESSAGE_DIGEST = "message_digest"
    SIGNATURE = "signature"
    ESS_CERT = "ess_cert"
    TIME_STAMP = "time_stamp"
    FUTURE = "future"
    NO_ISSUER = "no_issuer"
    UNTRUSTED = "untrusted"
    NOT_CA = "not_ca"
    PATH_LEN = "path_len"
    CRITICAL_EXTENSION = "critical_extension"
    KEY_USAGE = "key_usage"
    REVOKED = "revoked"
    ON_HOLD = "on_hold"
    VALIDITY = "validity"
    CRL_STALE = "crl_stale"
    STATUS_UNKNOWN = "status_unknown"
    VALID_NOT_CADES = "valid_not_cades"
    VALID = "valid"

    @property
    def good(self) -> bool:
        """Whether the document may be relied upon."""
        return self in {Verdict.VALID, Verdict.VALID_NOT_CADES}


TEXTS = {
    Verdict.VALID: "Подпись верна. Документ не менялся после подписания.",
    Verdict.VALID_NOT_CADES: (
        "Подпись верна, но сертификат подписавшего в неё не вшит: это не CAdES-BES. "
        "Документ не менялся после подписания."
    ),
    Verdict.MESSAGE_DIGEST: (
        "Документ изменён после подписания или подпись от другого документа. Запросите исходный файл."
    ),
    Verdict.SIGNATURE: "Подпись не сделана ключом из сертификата. Запросите документ и подпись ещё раз.",
    Verdict.ESS_CERT: (
        "Сертификат подменён: подпись сделана с другим сертификатом того же ключа или другого лица."
    ),
    Verdict.SIGNER_CERT_MISSING: (
        "Сертификата подписавшего нет ни в подписи, ни в реестре. Загрузите его в реестр и проверьте снова."
    ),
    Verdict.NO_ISSUER: "Нет сертификата удостоверяющего центра. Загрузите его в реестр и проверьте снова.",
    Verdict.UNTRUSTED: "Издателю сертификата не доверяют: цепочка не ведёт к доверенному центру.",
    Verdict.NOT_CA: "Сертификат выдан тем, кто не имеет права выдавать сертификаты.",
    Verdict.PATH_LEN: "Цепочка сертификатов длиннее, чем разрешил удостоверяющий центр.",
    Verdict.CRITICAL_EXTENSION: "В сертификате есть обязательное условие, которое не удалось проверить.",
    Verdict.KEY_USAGE: "Сертификат выдан не для подписи документов.",
    Verdict.VALIDITY: "Сертификат не действовал на момент проверки.",
    Verdict.REVOKED: "Сертификат отозван.",
    Verdict.ON_HOLD: "Действие сертификата приостановлено.",
    Verdict.CRL_STALE: "Список отзыва устарел: отозван ли сертификат, неизвестно. Загрузите новый список.",
    Verdict.STATUS_UNKNOWN: "Нет сведений об отзыве этого сертификата. Загрузите список отзыва его издателя.",
    Verdict.FUTURE: "Время подписания указано позже момента проверки: часы подписавшего неверны.",
    Verdict.TIME_STAMP: "Отметка времени в подписи неверна.",
    Verdict.ALGORITHM: "Подпись сделана алгоритмом, который не принимается.",
    Verdict.NO_CONTENT: "Документа нет внутри подписи. Приложите подписанный файл.",
    Verdict.MALFORMED: "Файл подписи не читается: это не подпись CMS или она повреждена.",
}


@dataclass(frozen=True)
class Check:
    """One thing that was looked at; `ok` is None when it could not be or need not be checked."""

    code: str
    ok: bool | None
    text: str
    facts: dict[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Return the check for a record or an answer."""
        return {
            "code": self.code,
            "ok": self.ok,
            "text": self.text,
            **({"facts": self.facts} if self.facts else {}),
        }


@dataclass(frozen=True)
class Signer:
    """The verdict about one signature of a message, with the certificate and the evidence."""

    verdict: Verdict
    text: str
    name: str = ""
    organization: str = ""
    serial: str = ""
    algorithm: str = ""
    signed_at: dt.datetime | None = None  # said by the signer's clock: shown, never trusted
    stamped_at: dt.datetime | None = None  # proved by a time stamp
    checked_at: dt.datetime | None = None  # the moment for which the certificate was judged
    certificate: dict[str, Any] = field(default_factory=dict)
    checks: tuple[Check, ...] = ()
    chain: tuple[bytes, ...] = field(default=(), repr=False)
    evidence: tuple[bytes, ...] = field(default=(), repr=False)  # lists and answers about revocation in use

    def as_json(self) -> dict[str, Any]:
        """Return the signer for a record or an answer."""
        return {
            "verdict": self.verdict.value,
            "text": self.text,
            "name": self.name,
            "organization": self.organization,
            "serial": self.serial,
            "algorithm": self.algorithm,
            "signed_at": _iso(self.signed_at),
            "stamped_at": _iso(self.stamped_at),
            "checked_at": _iso(self.checked_at),
            "certificate": self.certificate,
            "checks": [check.as_json() for check in self.checks],
        }


@dataclass(frozen=True)
class Report:
    """The verdict about a signature file: valid only when every signature in it is."""

    verdict: Verdict
    text: str
    signers: tuple[Signer, ...] = ()
    backend: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the report for a record or an answer."""
        return {
            "verdict": self.verdict.value,
            "valid": self.verdict.good,
            "text": self.text,
            "signers": [signer.as_json() for signer in self.signers],
            "checks": [
                {"signer": number, **check.as_json()}
                for number, signer in enumerate(self.signers, 1)
                for check in signer.checks
            ],
            "backend": self.backend,
        }


def _iso(moment: dt.datetime | None) -> str | None:
    return moment.isoformat() if moment else None


@dataclass(frozen=True)
class Owner:
    """Whose signature is expected: of an account, or of an organisation (its seal)."""

    account: int | None = None
    organization: int | None = None


@dataclass(frozen=True)
class Evidence:
    """What signatures are judged by: roots, other certificates, lists and answers about revocation."""

    anchors: tuple[bytes, ...] = ()
    certificates: tuple[bytes, ...] = ()
    lists: tuple[bytes, ...] = ()
    answers: tuple[bytes, ...] = ()


@dataclass(frozen=True)
class CertificateRevoked:
    """A certificate was revoked or held: whatever it signs from now on is refused."""

    certificate: UUID
    account: int | None
    person: int | None
    organization: int | None
    state: str
    reason: str
    at: dt.datetime


@dataclass(frozen=True)
class CarrierDue:
    """The holder of a key carrier left: it must be given back."""

    carrier: UUID
    account: int | None
    person: int | None


@dataclass(frozen=True)
class CertificateEnding:
    """A certificate ends soon and nobody renewed it."""

    certificate: UUID
    account: int | None
    person: int | None
    organization: int | None
    until: dt.datetime


@dataclass(frozen=True)
class Stamp:
    """The visible mark on a copy of a signed document; every element stands on its own line."""

    title: str
    certificate: str
    owner: str
    validity: str
    organization: str

    @property
    def lines(self) -> tuple[str, ...]:
        """Return the lines below the title."""
        told = (f"Сертификат {self.certificate}", f"Владелец {self.owner}", self.validity, self.organization)
        return tuple(filter(None, told))
