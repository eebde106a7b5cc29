"""The verdict about a signed message: every signature, the chain at its time, revocation, the time stamp.

Whatever the bytes are, the answer is a report: what does not parse is `malformed`.
"""

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path as FilePath

from ..types import TEXTS, Check, Report, Signer, Verdict
from . import oids
from .backends import backend
from .certificates import Certificate, certificate, pss_digest
from .chain import Path, Store, path_of, purpose_check, revocation_check, validity_check
from .der import SET, fields, inner, oid_text, tlv
from .message import Message, SignerInfo, message, moment

CLOCK = dt.timedelta(minutes=5)  # how far the signer's clock may run ahead
PIECE = 1 << 20
FAULTS = (
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    StopIteration,
    AttributeError,
    OverflowError,
    RecursionError,
)


class Content:
    """A document of which only digests are taken: bytes, or a file read in pieces, once."""

    def __init__(self, source: bytes | FilePath | None) -> None:
        """Remember the source; None means that there is none."""
        self.source = source
        self._known: dict[str, bytes] = {}

    def prepare(self, names: Iterable[str]) -> None:
        """Take these digests in one reading."""
        wanted = sorted(set(names) - set(self._known))
        if not wanted or self.source is None:
            return
        started = [backend().digest(name) for name in wanted]
        for piece in self._pieces():
            for each in started:
                each.update(piece)
        self._known |= {name: each.digest() for name, each in zip(wanted, started, strict=True)}

    def _pieces(self) -> Iterable[bytes]:
        if isinstance(self.source, bytes):
            yield self.source
        elif self.source is not None:
            with self.source.open("rb") as stream:
                yield from iter(lambda: stream.read(PIECE), b"")

    def digest(self, name: str) -> bytes:
        """Return a digest of the document."""
        if name not in self._known:
            self.prepare([name])
        return self._known[name]


@dataclass
class _Trial:
    """What is gathered about one signature on the way to its verdict."""

    checks: list[Check] = field(default_factory=list)
    faults: list[tuple[Verdict, str]] = field(default_factory=list)
    leaf: Certificate | None = None
    path: Path | None = None
    signed_at: dt.datetime | None = None
    stamped_at: dt.datetime | None = None
    checked_at: dt.datetime | None = None
    cades: bool = False
    evidence: tuple[bytes, ...] = ()

    def note(self, check: Check, verdict: Verdict) -> None:
        """Keep a check; a failed one is a fault with its verdict."""
        self.checks.append(check)
        if check.ok is False:
            self.faults.append((verdict, check.text))


def verify(signature: bytes, content: Content, store: Store, at: dt.datetime) -> Report:
    """Judge a signature file over a document at a moment."""
    try:
        parsed = message(signature)
        own = Content(parsed.content) if content.source is None else content
        own.prepare(
            oids.DIGESTS[info.digest]
            for info in parsed.signers
            if oids.DIGESTS.get(info.digest) in oids.STRONG
        )
    except FAULTS:
        return Report(Verdict.MALFORMED, TEXTS[Verdict.MALFORMED], backend=backend().name)
    signers = tuple(_guarded(info, parsed, own, store, at) for info in parsed.signers)
    return _together(signers)


def _together(signers: tuple[Signer, ...]) -> Report:
    order = list(Verdict)
    worst = min(signers, key=lambda each: order.index(each.verdict))
    text = worst.text
    if len(signers) > 1 and not worst.verdict.good:
        bad = [number for number, each in enumerate(signers, 1) if not each.verdict.good]
        text = f"Из {len(signers)} подписей неверны: {', '.join(map(str, bad))}. {text}"
    return Report(worst.verdict, text, signers, backend().name)


def _guarded(info: SignerInfo, parsed: Message, content: Content, store: Store, at: dt.datetime) -> Signer:
    try:
        return _signer(info, parsed, content, store, at)
    except FAULTS:
        return Signer(Verdict.MALFORMED, TEXTS[Verdict.MALFORMED])


def _signer(info: SignerInfo, parsed: Message, content: Content, store: Store, at: dt.datetime) -> Signer:
    trial = _Trial(checked_at=at)
    extra = [found for found in map(_readable, parsed.certificates) if found]
    trial.leaf = _certificate_of(info, extra, store)
    digest = oids.DIGESTS.get(info.digest, "")
    if trial.leaf is None:
        missing = TEXTS[Verdict.SIGNER_CERT_MISSING]
        trial.note(Check("certificate", ok=False, text=missing), Verdict.SIGNER_CERT_MISSING)
    if digest not in oids.STRONG:
        trial.note(Check("algorithm", ok=False, text=TEXTS[Verdict.ALGORITHM]), Verdict.ALGORITHM)
        return _told(trial, info)
    _content(trial, info, parsed, content, digest)
    if trial.leaf is not None:
        _signature(trial, info, content, digest, trial.leaf)
        _ess(trial, info, trial.leaf)
        _times(trial, info, store, at, extra)
        _chain(trial, trial.leaf, store, extra)
    return _told(trial, info)


def _readable(der: bytes) -> Certificate | None:
    try:
        return certificate(der)
    except FAULTS:
        return None


def _certificate_of(info: SignerInfo, extra: Iterable[Certificate], store: Store) -> Certificate | None:
    """Look into the message first, then into the register; with two of one name the signed one is meant."""
    for place in (extra, store.all()):
        found = [
            each
            for each in place
            if (info.key_id and each.own_key_id == info.key_id)
            or (not info.key_id and each.serial == info.serial and each.issuer == info.issuer)
        ]
        if found:
            return found[0]
    der = store.finder(info.issuer, info.serial) if store.finder and not info.key_id else None
    return certificate(der) if der else None


def _content(trial: _Trial, info: SignerInfo, parsed: Message, content: Content, digest: str) -> None:
    if content.source is None:
        trial.note(Check("content", ok=False, text=TEXTS[Verdict.NO_CONTENT]), Verdict.NO_CONTENT)
        return
    computed = content.digest(digest)
    if not info.attributes:
        return  # the signature itself covers the document
    told = inner(info.one(oids.MESSAGE_DIGEST), 0x04)
    kind = oid_text(inner(info.one(oids.CONTENT_TYPE), 0x06))
    same = told == computed and kind == parsed.kind
    text = "Документ совпадает с подписанным." if same else TEXTS[Verdict.MESSAGE_DIGEST]
    trial.note(
        Check("content", same, text, {"digest": digest, "value": computed.hex()}), Verdict.MESSAGE_DIGEST
    )


def _signature(trial: _Trial, info: SignerInfo, content: Content, digest: str, leaf: Certificate) -> None:
    kind, named = oids.SIGNATURES.get(info.algorithm, ("", ""))
    if kind == "pss":
        named = pss_digest(info.parameters)
    if not kind or {"pss": "rsa"}.get(kind, kind) != leaf.key.kind or (named or digest) != digest:
        trial.note(Check("signature", ok=False, text=TEXTS[Verdict.ALGORITHM]), Verdict.ALGORITHM)
        return
    good = any(
        backend().verify(leaf.key, digest, value, info.signature, pss=kind == "pss")
        for value in _covered(info, content, digest)
    )
    text = "Подпись сделана ключом из сертификата." if good else TEXTS[Verdict.SIGNATURE]
    if not good and not info.attributes:
        trial.note(Check("content", ok=False, text=TEXTS[Verdict.MESSAGE_DIGEST]), Verdict.MESSAGE_DIGEST)
    trial.note(
        Check("signature", good, text, {"algorithm": oids.KEY_TITLES[leaf.key.kind]}), Verdict.SIGNATURE
    )


def _covered(info: SignerInfo, content: Content, digest: str) -> Iterable[bytes]:
    """Yield digests the signature may be over: attributes as they stand, then in the order of DER."""
    if not info.attributes:
        if content.source is not None:
            yield content.digest(digest)
        return
    yield _hashed(digest, info.attributes)
    parts = [whole for _, _, whole in fields(inner(info.attributes, SET))]
    if parts != sorted(parts):
        yield _hashed(digest, tlv(SET, b"".join(sorted(parts))))


def _hashed(digest: str, data: bytes) -> bytes:
    started = backend().digest(digest)
    started.update(data)
    return started.digest()


def _ess(trial: _Trial, info: SignerInfo, leaf: Certificate) -> None:
    """The certificate named inside the signature must be the one it is judged by."""
    second, first = info.one(oids.SIGNING_CERTIFICATE_V2), info.one(oids.SIGNING_CERTIFICATE)
    if not (second or first):
        trial.checks.append(Check("ess", None, "Сертификат не вшит в подпись: это не CAdES-BES."))
        return
    named = next(fields(inner(next(fields(inner(second or first)))[2])))[1]
    parts = list(fields(named))
    digest = "sha256" if second else "sha1"
    if second and parts[0][0] == 0x30:  # noqa: PLR2004 - the algorithm is named
        digest = oids.DIGESTS.get(oid_text(next(fields(parts.pop(0)[1]))[1]), "")
    if digest not in oids.SIZES:
        trial.note(Check("ess", ok=False, text=TEXTS[Verdict.ALGORITHM]), Verdict.ALGORITHM)
        return
    own = hashlib.sha256(leaf.der).digest() if digest == "sha256" else _hashed(digest, leaf.der)
    same = parts[0][1] == own
    trial.cades = same
    text = "Сертификат вшит в подпись." if same else TEXTS[Verdict.ESS_CERT]
    trial.note(Check("ess", same, text), Verdict.ESS_CERT)


def _times(trial: _Trial, info: SignerInfo, store: Store, at: dt.datetime, extra: list[Certificate]) -> None:
    if told := info.one(oids.SIGNING_TIME):
        trial.signed_at = moment(told)
        late = trial.signed_at > at + CLOCK
        text = (
            TEXTS[Verdict.FUTURE]
            if late
            else "Время по часам подписавшего; доказывает его только отметка времени."
        )
        trial.note(Check("signing_time", not late, text), Verdict.FUTURE)
    for token in info.unsigned.get(oids.TIME_STAMP, ()):
        stamped, text = stamp_time(token, info.signature, store, at, extra)
        good = stamped is not None
        trial.note(Check("time_stamp", good, text), Verdict.TIME_STAMP)
        if stamped and (trial.stamped_at is None or stamped < trial.stamped_at):
            trial.stamped_at = trial.checked_at = stamped


def stamp_time(
    token: bytes, stamped: bytes, store: Store, at: dt.datetime, extra: Iterable[Certificate] = ()
) -> tuple[dt.datetime | None, str]:
    """Return the time a token proves for these bytes, or None and the reason."""
    try:
        parsed = message(token)
        info = list(fields(inner(parsed.content or b"")))
        if parsed.kind != oids.TST_INFO:
            return None, "Отметка времени не читается."
        algorithm, value = fields(info[2][1])
        digest = oids.DIGESTS.get(oid_text(next(fields(algorithm[1]))[1]), "")
        if digest not in oids.STRONG or value[1] != _hashed(digest, stamped):
            return None, "Отметка времени от других данных."
        proved = moment(info[4][2])
        text = _stamp_fault(parsed, proved, store, [*extra], at)
    except FAULTS:
        return None, "Отметка времени не читается."
    return (None, text) if text else (proved, f"Подпись существовала {proved:%d.%m.%Y %H:%M:%S} UTC.")


def _stamp_fault(
    parsed: Message, proved: dt.datetime, store: Store, extra: list[Certificate], at: dt.datetime
) -> str:
    content, first = Content(parsed.content), parsed.signers[0]
    digest = oids.DIGESTS.get(first.digest, "")
    known = [found for found in map(_readable, parsed.certificates) if found] + extra
    leaf = _certificate_of(first, known, store)
    if leaf is None or digest not in oids.STRONG:
        return "Сертификат службы времени не найден."
    trial = _Trial(checked_at=proved)
    _content(trial, first, parsed, content, digest)
    _signature(trial, first, content, digest, leaf)
    _ess(trial, first, leaf)
    trial.note(purpose_check(leaf, stamp=True), Verdict.KEY_USAGE)
    _chain(trial, leaf, store, known, stamp=True)
    if proved > at + CLOCK:
        return "Отметка времени из будущего."
    return f"Отметка времени неверна: {trial.faults[0][1]}" if trial.faults else ""


def _chain(
    trial: _Trial, leaf: Certificate, store: Store, extra: list[Certificate], *, stamp: bool = False
) -> None:
    at = trial.checked_at or leaf.since
    trial.path = path = path_of(leaf, store, extra)
    good = path.verdict is Verdict.VALID
    top = path.certificates[-1].owner
    text = path.text or f"Цепочка ведёт к доверенному центру «{top}»."
    chain = [each.number for each in path.certificates]
    trial.note(Check("chain", good, text, {"serials": chain}), path.verdict)
    if not stamp:
        trial.note(purpose_check(leaf), Verdict.KEY_USAGE)
    trial.note(validity_check(path.certificates, at), Verdict.VALIDITY)
    if good:
        check, verdict, trial.evidence = revocation_check(path.certificates, store, at)
        trial.note(check, verdict)


def _told(trial: _Trial, info: SignerInfo) -> Signer:
    order = list(Verdict)
    if trial.faults:
        verdict, text = min(trial.faults, key=lambda fault: order.index(fault[0]))
    else:
        verdict = Verdict.VALID if trial.cades else Verdict.VALID_NOT_CADES
        text = TEXTS[verdict]
    leaf = trial.leaf
    told = Signer(
        verdict,
        text,
        signed_at=trial.signed_at,
        stamped_at=trial.stamped_at,
        checked_at=trial.checked_at,
        checks=tuple(trial.checks),
        chain=tuple(each.der for each in trial.path.certificates) if trial.path else (),
        evidence=trial.evidence,
    )
    if leaf is None:
        number = f"{info.serial:X}" if not info.key_id else ""
        return replace(told, serial=number if len(number) % 2 == 0 else f"0{number}")
    return replace(
        told,
        name=leaf.owner,
        organization=leaf.organization,
        serial=leaf.number,
        algorithm=oids.KEY_TITLES.get(leaf.key.kind, leaf.key.kind),
        certificate=card(leaf),
    )


def card(found: Certificate) -> dict[str, object]:
    """Return what is shown about a certificate."""
    issuer = found.issuer_names.get("common_name") or found.issuer_names.get("organization", "")
    return {
        "serial": found.number,
        "owner": found.owner,
        "organization": found.organization,
        "issuer": issuer,
        "since": found.since.isoformat(),
        "until": found.until.isoformat(),
        "sha256": found.sha256,
        **{
            key: found.names[key]
            for key in ("snils", "inn", "inn_organization", "ogrn", "position", "place")
            if key in found.names
        },
    }
