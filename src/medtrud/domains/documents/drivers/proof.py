"""The proof of a container from itself alone. Whatever the bytes are, the answer is a list of findings."""

import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from medtrud.engines.signing.types import Evidence, Report
from medtrud.kernel.errors import system_said

from ..types.archive import (
    CHECKSUM,
    INVENTORY,
    MANIFEST,
    SEALED,
    BrokenError,
    Fault,
    Finding,
    Judge,
    Listed,
    Proof,
    worst_first,
)
from . import inventory, papers, renewals
from .trial import Kept, Trial
from .vessel import holds, unpacked, unsafe, vessel_of, whole

SMALL = 1 << 20  # what the slow computation of GOST digests still reads
OUTSIDE = {MANIFEST, SEALED, CHECKSUM}
VERSION = re.compile(r"documents/(\d{4,})/v(\d+)/")
DEEP = 1  # a year holds cases, a case holds no containers


def prove(
    path: Path, judge: Judge, at: dt.datetime, anchors: Iterable[bytes] = (), *, deep: int = 0
) -> Proof:
    """Prove a container, or the package of a year with every case in it."""
    try:
        with vessel_of(path) as vessel:
            if not holds(vessel):
                faults = vessel.findings or [Finding(Fault.NOT_CONTAINER)]
                return Proof(findings=worst_first(faults), backend=judge.backend)
            return _prove(Trial(vessel, judge, at), tuple(anchors), deep)
    except BrokenError as broken:
        return Proof(findings=(broken.finding,), backend=judge.backend)
    except OSError as error:
        more = f"Система говорит: {system_said(error)}."
        return Proof(findings=(Finding(Fault.UNREADABLE, more=more),), backend=judge.backend)


def _prove(trial: Trial, anchors: tuple[bytes, ...], deep: int) -> Proof:
    trial.findings += trial.vessel.findings
    trial.notes += trial.vessel.notes
    trial.guard(lambda: _manifest(trial))
    kind = trial.facts.get("kind", "")
    cases: list[Proof] = []
    if kind:
        trial.guard(lambda: _trusted(trial, anchors))
        trial.guard(lambda: _sealed(trial))
        _files(trial)
        inventory.look(trial)
        for signed in trial.role("signature"):
            trial.guard(lambda signed=signed: _signature(trial, signed))  # type: ignore[misc]
        renewals.look(trial)
        if kind == "year":
            cases = _cases(trial, anchors, deep)
        else:
            inventory.documents(trial)
    return Proof(
        kind=kind,
        title=trial.facts.pop("title", ""),
        findings=worst_first(trial.findings),
        notes=tuple(trial.notes),
        facts=trial.facts,
        signatures=tuple(trial.signatures),
        cases=tuple(cases),
        sealed_at=trial.sealed_at,
        backend=trial.judge.backend,
    )


def _manifest(trial: Trial) -> None:
    root = papers.read(whole(trial.vessel, MANIFEST), MANIFEST, "manifest")
    for line in papers.each(root, "file"):
        one = Listed(
            line["path"], int(line["size"]), line["sha256"], line["streebog256"], line["role"],
            line.get("signs", ""), papers.moment(line.get("registered")),
        )  # fmt: skip
        if unsafe(one.path) or one.path in OUTSIDE:
            trial.say(Fault.TRAVERSAL, MANIFEST, f"В перечне имя «{one.path}».")
        elif one.path in trial.listed:
            trial.say(Fault.DUPLICATE, one.path)
        else:
            trial.listed[one.path] = one
    trial.facts |= {name: root.get(name) for name in ("kind", "uid", "title")}
    trial.facts["files"] = len(trial.listed)


def _trusted(trial: Trial, anchors: tuple[bytes, ...]) -> None:
    """Build the trust: given roots count alone, then those of the container are ordinary certificates."""
    blobs: dict[str, list[tuple[str, bytes]]] = {}
    for one in trial.role("anchor", "certificate", "list", "answer"):
        blobs.setdefault(one.role, []).append((one.path, whole(trial.vessel, one.path)))
    own = blobs.get("anchor", [])
    pool = [*own, *blobs.get("certificate", [])] if anchors else blobs.get("certificate", [])
    roots = [("", der) for der in anchors] or own
    ordered = [*roots, *pool, *blobs.get("list", [])]
    trial.trust, bad = trial.judge.trust(
        Evidence(
            tuple(der for _, der in roots),
            tuple(der for _, der in pool),
            tuple(der for _, der in blobs.get("list", [])),
            tuple(der for _, der in blobs.get("answer", [])),
        )
    )
    for number in bad:
        trial.say(Fault.EVIDENCE, ordered[number][0])
    trial.facts["anchors"] = [
        {"owner": trial.judge.named(der), "sha256": hashlib.sha256(der).hexdigest(), "given": bool(anchors)}
        for _, der in roots
    ]
    if not anchors:
        trial.notes.append(
            "Корни доверия взяты из самого контейнера. Сверьте их отпечатки с известными вам "
            "или назовите свои корни словом --anchors."
        )


def _sealed(trial: Trial) -> None:
    """The seal of the archive over the manifest, and the plain sum of the seal itself."""
    if SEALED not in trial.vessel.sizes:
        trial.say(Fault.SEAL_MISSING, SEALED)
        return
    seal = whole(trial.vessel, SEALED)
    if CHECKSUM not in trial.vessel.sizes:
        trial.say(Fault.FILE_MISSING, CHECKSUM)
    elif whole(trial.vessel, CHECKSUM) != checksum(seal):
        trial.say(Fault.FILE_CHANGED, SEALED, "Контрольная сумма подписи не та, что в checksum.txt.")
    report = trial.judge.check(seal, whole(trial.vessel, MANIFEST), trial.trust, trial.at)
    stamps = [one.stamped_at for one in report.signers if one.stamped_at]
    trial.sealed_at = min(stamps, default=None)
    if not report.verdict.good:
        trial.say(Fault.SEAL, SEALED, report.text)
    elif trial.sealed_at is None:
        trial.say(Fault.SEAL, SEALED, "В подписи нет отметки времени.")
    trial.signatures.append(told(SEALED, MANIFEST, report))


def checksum(seal: bytes) -> bytes:
    """Return the sum of the only file that nothing else covers."""
    return f"{hashlib.sha256(seal).hexdigest()}  {SEALED}\n".encode()


def _files(trial: Trial) -> None:
    """Compare every file with the manifest, both ways."""
    slow = 0
    for one in trial.listed.values():
        if one.path not in trial.vessel.sizes:
            trial.say(*_gone(one))
            continue
        names = ["sha256"]
        if trial.judge.quick or one.size <= SMALL:
            names.append("streebog256")
        else:
            slow += 1
        with Kept(trial):
            sums = _sums(trial, one.path, names)
            if any(sums[name] != getattr(one, name) for name in names):
                fault = Fault.CASE_CHANGED if one.role == "container" else Fault.FILE_CHANGED
                trial.say(fault, one.path)
    if slow:
        trial.notes.append(
            f"ГОСТ-суммы больших файлов не считались ({slow}): нет модуля gost. SHA-256 сверены."
        )
    for name in trial.vessel.sizes:
        if name not in trial.listed and name not in OUTSIDE and not renewals.NAME.fullmatch(name):
            trial.say(Fault.DOCUMENT_UNLISTED if VERSION.match(name) else Fault.FILE_EXTRA, name)


def _gone(one: Listed) -> tuple[Fault, str, str]:
    if one.role == "container":
        return Fault.CASE_MISSING, one.path, ""
    if one.role == "signature":
        return Fault.SIGNATURE_MISSING, one.path, ""
    if one.role == "content" and (place := VERSION.match(one.path)):
        return Fault.VERSION_MISSING, one.path, f"Документ {int(place[1])}, версия {place[2]}."
    return Fault.FILE_MISSING, one.path, ""


def _sums(trial: Trial, name: str, names: list[str]) -> dict[str, str]:
    running = {each: trial.judge.digest(each) for each in names}
    for piece in trial.vessel.pieces(name):
        for one in running.values():
            one.update(piece)
    return {each: one.digest().hex() for each, one in running.items()}


def _signature(trial: Trial, one: Listed) -> None:
    """Judge at the time the seal proves; if the certificate had ended by then, at that of registration."""
    if one.signs not in trial.vessel.sizes:
        return
    data = whole(trial.vessel, one.path)
    at = trial.sealed_at or trial.at
    with unpacked(trial.vessel, one.signs) as place:
        report = trial.judge.check(data, place, trial.trust, at)
        by_register = report.verdict.value == "validity" and one.registered and one.registered <= at
        if by_register and one.registered:
            report = trial.judge.check(data, place, trial.trust, one.registered)
    if by_register and report.verdict.good:
        trial.notes.append(
            f"{one.path}: сертификат закончился до передачи; подпись верна на момент приёма "
            f"{one.registered:%d.%m.%Y}, который удостоверил архив."
        )
    if not report.verdict.good:
        trial.say(Fault.SIGNATURE, one.path, report.text)
    trial.signatures.append(told(one.path, one.signs, report))


def told(path: str, signs: str, report: Report) -> Mapping[str, Any]:
    """Return what is said of one signature file."""
    first = report.signers[0] if report.signers else None
    stamped = first.stamped_at if first else None
    return {
        "path": path,
        "signs": signs,
        "verdict": report.verdict.value,
        "text": report.text,
        "signer": first.name if first else "",
        "organization": first.organization if first else "",
        "serial": first.serial if first else "",
        "stamped_at": stamped.isoformat() if stamped else None,
    }


def _cases(trial: Trial, anchors: tuple[bytes, ...], deep: int) -> list[Proof]:
    """Prove every case of a year; the inventory, the manifest and the folder must name the same ones."""
    lines = papers.each(trial.roots[INVENTORY], "line") if INVENTORY in trial.roots else []
    named = {str(line["path"]): line for line in lines}
    for one in trial.role("container"):
        if INVENTORY in trial.roots and one.path not in named:
            trial.say(Fault.DOCUMENT_UNLISTED, one.path, "Дело в пакете есть, строки описи нет.")
    for path, line in named.items():
        if path not in trial.listed:
            trial.say(Fault.CASE_MISSING, path)
        elif line.get("sha256") != trial.listed[path].sha256:
            trial.say(Fault.CASE_CHANGED, path)
    if deep >= DEEP:
        trial.say(Fault.MALFORMED, MANIFEST, "Пакет года внутри пакета не бывает.")
        return []
    found = []
    for one in trial.role("container"):
        with Kept(trial), unpacked(trial.vessel, one.path) as place:
            proof = prove(place, trial.judge, trial.at, anchors, deep=deep + 1)
            found.append(_case_named(proof, one.path))
    return found


def _case_named(proof: Proof, path: str) -> Proof:
    return Proof(**{**vars(proof), "title": f"{path}: {proof.title}" if proof.title else path})
