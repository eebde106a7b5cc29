"""From a certificate to an anchor: who issued it, was he allowed to, was it in force, was it revoked."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain as joined
from itertools import pairwise

from ..types import Check, Verdict
from . import oids
from .certificates import Certificate, CertificateError, certificate, issued_by, pss_digest
from .der import DerError, pem
from .revocation import REASON_TEXTS, RevocationList, Status, by_answer, by_list, revocation_list

LONGEST = 10
MOST_STEPS = 60
TIME_STAMPING = "1.3.6.1.5.5.7.3.8"


@dataclass(frozen=True)
class Pause:
    """A time in which a certificate of our own register was held or, without an end, revoked."""

    state: str  # hold or revoked
    since: dt.datetime
    until: dt.datetime | None = None
    reason: str = ""


@dataclass
class Store:
    """What is trusted and what is known: anchors, other certificates, lists and answers about revocation."""

    anchors: dict[bytes, Certificate] = field(default_factory=dict)
    by_subject: dict[bytes, list[Certificate]] = field(default_factory=dict)
    crls: dict[bytes, list[RevocationList]] = field(default_factory=dict)
    answers: list[bytes] = field(default_factory=list)
    own: dict[bytes, dict[int, list[Pause]]] = field(default_factory=dict)  # our issuers: number -> pauses
    finder: Callable[[bytes, int], bytes | None] | None = (
        None  # a certificate of the register by issuer, number
    )
    strict: bool = False  # no news of revocation is a refusal even when no list was given

    @classmethod
    def of(
        cls, anchors: Iterable[bytes] = (), pool: Iterable[bytes] = (), crls: Iterable[bytes] = ()
    ) -> "Store":
        """Build a store from bytes in DER."""
        store = cls()
        for der in anchors:
            found = certificate(der)
            store.anchors[found.der] = found
            store.add(found)
        for der in pool:
            store.add(certificate(der))
        for data in crls:
            store.crl_add(data)
        return store

    def add(self, found: Certificate) -> None:
        """Know a certificate without trusting it."""
        same = self.by_subject.setdefault(found.subject, [])
        if found not in same:
            same.append(found)

    def crl_add(self, data: bytes) -> None:
        """Know a list of revoked certificates."""
        found = revocation_list(data)
        self.crls.setdefault(found.issuer, []).append(found)

    @property
    def looks(self) -> bool:
        """Whether revocation is looked at."""
        return self.strict or bool(self.crls or self.answers or self.own)

    def all(self) -> Iterator[Certificate]:
        """Yield every known certificate."""
        return joined.from_iterable(self.by_subject.values())


def anchors_of(blobs: Iterable[bytes]) -> Store:
    """Sort the certificates of a folder: roots are trusted, an upper CA whose issuer is absent too."""
    found = []
    for data in blobs:
        for der in [body for label, body in pem(data) if "CERTIFICATE" in label] or [data]:
            try:
                found.append(certificate(der))
            except CertificateError:
                continue
    names = {each.subject for each in found}
    store = Store()
    for each in found:
        store.add(each)
        if each.self_issued or (each.is_ca and each.issuer not in names):
            store.anchors[each.der] = each
    return store


@dataclass(frozen=True)
class Path:
    """The way found: certificates from the signer's up, and the first thing that is wrong with it."""

    certificates: tuple[Certificate, ...]
    verdict: Verdict = Verdict.VALID
    text: str = ""


def path_of(leaf: Certificate, store: Store, extra: Iterable[Certificate] = ()) -> Path:
    """Return the best way to an anchor."""
    known: dict[bytes, list[Certificate]] = {}
    for each in extra:
        known.setdefault(each.subject, []).append(each)
    best: Path | None = None
    steps = 0
    waiting: list[tuple[Certificate, ...]] = [(leaf,)]
    while waiting and steps < MOST_STEPS:
        way = waiting.pop()
        steps += 1
        last = way[-1]
        if last.der in store.anchors:
            judged = _judged(way)
            if judged.verdict is Verdict.VALID:
                return judged
            best = _better(best, judged)
        else:
            above = _above(way, [*known.get(last.issuer, ()), *store.by_subject.get(last.issuer, ())], store)
            waiting += [(*way, each) for each in above]
            if not above:
                best = _better(best, Path(way, *_dead_end(last)))
    return best or Path((leaf,), *_dead_end(leaf))


def _above(way: tuple[Certificate, ...], found: Iterable[Certificate], store: Store) -> list[Certificate]:
    last = way[-1]
    if len(way) >= LONGEST or last.self_issued:
        return []
    right = []
    for each in found:
        same_key = not (last.issuer_key_id and each.own_key_id) or last.issuer_key_id == each.own_key_id
        if each not in way and each not in right and same_key and issued_by(last.der, each.der):
            right.append(each)
    return sorted(right, key=lambda each: (each.der in store.anchors, each.until))  # the last is tried first


def _dead_end(last: Certificate) -> tuple[Verdict, str]:
    if last.self_issued:
        return Verdict.UNTRUSTED, f"Сертификат «{last.owner}» подписан сам собой и не входит в доверенные."
    issuer = last.issuer_names.get("common_name") or last.issuer_names.get("organization", "")
    return Verdict.NO_ISSUER, f"Сертификат издателя «{issuer}» не найден: загрузите его в реестр."


def _better(best: Path | None, path: Path | None) -> Path | None:
    if path is None or best is None:
        return path or best
    order = list(Verdict)
    return path if order.index(path.verdict) > order.index(best.verdict) else best


@lru_cache(maxsize=2048)
def _judged(way: tuple[Certificate, ...]) -> Path:
    """Judge what does not depend on the time: rights of issuers, length, algorithms, conditions."""
    below = 0
    for each, issuer in pairwise(way):
        old = not issuer.is_ca and issuer.self_issued and issuer.usage is None and issuer.purposes is None
        if not (issuer.is_ca or old) or (issuer.usage is not None and "key_cert_sign" not in issuer.usage):
            return Path(way, Verdict.NOT_CA, f"«{issuer.owner}» не имеет права выдавать сертификаты.")
        if issuer.path_length is not None and below > issuer.path_length:
            return Path(way, Verdict.PATH_LEN, f"«{issuer.owner}» не разрешил столько посредников.")
        below += not issuer.self_issued
        kind, digest = oids.SIGNATURES.get(each.algorithm, ("", ""))
        if (pss_digest(each.parameters) if kind == "pss" else digest) not in oids.STRONG:
            return Path(way, Verdict.ALGORITHM, f"Сертификат «{each.owner}» подписан слабым алгоритмом.")
    for each in way:
        if each.unknown_critical:
            text = f"Сертификат «{each.owner}»: условие {each.unknown_critical[0]} не проверяется."
            return Path(way, Verdict.CRITICAL_EXTENSION, text)
    return Path(way)


def purpose_check(leaf: Certificate, *, stamp: bool = False) -> Check:
    """Whether the certificate is meant for what it did."""
    if stamp:
        fits = leaf.purposes is not None and TIME_STAMPING in leaf.purposes
        return Check(
            "usage", fits, "Сертификат службы времени." if fits else "Сертификат не для отметок времени."
        )
    fits = leaf.usage is None or bool(leaf.usage & {"digital_signature", "non_repudiation"})
    text = "Ключ предназначен для подписи." if fits else "Ключ предназначен не для подписи документов."
    return Check("usage", fits, text)


def validity_check(way: Iterable[Certificate], at: dt.datetime) -> Check:
    """Whether every certificate of the way was in force at the moment."""
    for each in way:
        if not each.since <= at <= each.until:
            word = "ещё не действовал" if at < each.since else "уже не действовал"
            period = f"с {_day(each.since)} по {_day(each.until)}"
            text = f"Сертификат «{each.owner}» {word} {_day(at)}: срок {period}."
            return Check("validity", False, text, {"serial": each.number})  # noqa: FBT003 - the answer itself
    return Check("validity", True, f"Сертификаты действовали {_day(at)}.")  # noqa: FBT003 - the answer itself


def _day(moment: dt.datetime) -> str:
    return f"{moment:%d.%m.%Y}"


STATE_VERDICTS = {
    "revoked": Verdict.REVOKED,
    "hold": Verdict.ON_HOLD,
    "stale": Verdict.CRL_STALE,
    "unknown": Verdict.STATUS_UNKNOWN,
}


def revocation_check(
    way: tuple[Certificate, ...], store: Store, at: dt.datetime
) -> tuple[Check, Verdict, tuple[bytes, ...]]:
    """Whether anything on the way was revoked at the moment, and by what this is known."""
    if not store.looks:
        return Check("revocation", None, "Отзыв не проверялся: списков отзыва нет."), Verdict.VALID, ()
    evidence = []
    for number, (each, issuer) in enumerate(pairwise(way)):
        status = status_of(each, issuer, store, at)
        if status.evidence:
            evidence.append(status.evidence)
        if status.state == "good" or (number and status.state == "unknown" and not store.strict):
            continue
        facts = {
            "serial": each.number,
            "on": status.on.isoformat() if status.on else None,
            "reason": status.reason,
        }
        check = Check("revocation", False, _revocation_text(each, status), facts)  # noqa: FBT003 - the answer
        return check, STATE_VERDICTS[status.state], tuple(evidence)
    return Check("revocation", True, "Сертификаты не отозваны."), Verdict.VALID, tuple(evidence)  # noqa: FBT003


def _revocation_text(each: Certificate, status: Status) -> str:
    reason = REASON_TEXTS.get(status.reason, status.reason)
    if status.state == "revoked" and status.on:
        return f"Сертификат «{each.owner}» отозван {_day(status.on)}: {reason}."
    if status.state == "hold" and status.on:
        return f"Сертификат «{each.owner}» приостановлен {_day(status.on)}."
    if status.state == "stale" and status.on:
        return f"Список отзыва устарел {_day(status.on)}: загрузите новый."
    return f"Нет сведений об отзыве сертификата «{each.owner}»: загрузите список отзыва его издателя."


def status_of(child: Certificate, issuer: Certificate, store: Store, at: dt.datetime) -> Status:
    """Return the worst fresh news about a certificate; stale news count only when there are no others."""
    if issuer.der in store.own:
        return _registered(store.own[issuer.der].get(child.serial, ()), at)
    found = [by_list(child, issuer, each, at) for each in store.crls.get(issuer.subject, ())]
    found += [by_answer(child, issuer, data, at) for data in store.answers]
    news = [each for each in found if each]
    order = {"revoked": 0, "hold": 1, "good": 2, "stale": 3, "unknown": 4}
    newest = sorted(news, key=lambda each: -(each.produced.timestamp() if each.produced else 0))
    fresh = [each for each in newest if each.state in {"revoked", "hold", "good"}]
    if fresh and fresh[0].state == "good" and not any(each.state == "revoked" for each in fresh):
        return fresh[0]  # released since an older list
    return min(newest, key=lambda each: order[each.state]) if newest else Status("unknown")


def _registered(pauses: Iterable[Pause], at: dt.datetime) -> Status:
    """Our own register answers at once, without waiting for the next list."""
    for pause in pauses:
        if pause.since <= at and (pause.until is None or at < pause.until):
            return Status(pause.state, pause.since, pause.reason, "register", at)
    return Status("good", source="register", produced=at)


def certificates_in(data: bytes) -> list[bytes]:
    """Return certificates of a file in DER or PEM; what is none is left out."""
    found = []
    for der in [body for label, body in pem(data) if "CERTIFICATE" in label] or [data]:
        try:
            found.append(certificate(der).der)
        except (CertificateError, DerError):
            continue
    return found
