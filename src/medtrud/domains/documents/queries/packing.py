"""A case made ready for its container: files with their signatures, copies for reading, the six checks."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from lxml import etree

from medtrud.engines.files.public import content_look
from medtrud.engines.paper.public import FormError, form_render, pdf_bind
from medtrud.engines.signing.public import Signature, signature_bytes, signature_check, signatures_of
from medtrud.engines.signing.types import Report
from medtrud.kernel.errors import NotFound, Refused

from ..drivers.container import Source
from ..drivers.opening import PDF, Opening, opened, pdfa_part
from ..drivers.papers import dump, element
from ..models import Case, CaseItem, Handover, Version
from ..types import DocumentState, kinds_on
from ..types.archive import Line
from ..types.storage import Result, formats_on
from .copies import copy_form
from .signing import path_of, put_of

WHOLE = "the case was shown to the seat"
LONGEST_TEXT = 200_000  # letters of a text that is printed for reading
SHOWN = 5


@dataclass
class Held:
    """A version as it goes into a container."""

    version: Version
    path: Path | None
    mime: str
    signatures: list[tuple[Signature, bytes, Report]] = field(default_factory=list)
    opening: Opening | None = None

    @property
    def name(self) -> str:
        """Name the version in a check."""
        return f"«{self.version.document.title}», версия {self.version.number}"


@dataclass
class Ready:
    """A document with its versions and its line of the inventory."""

    item: CaseItem | Handover
    held: list[Held]


def ready(case: Case, at: dt.datetime) -> list[Ready]:
    """Gather the documents of a case with all versions and signatures, judged at the moment."""
    rows = CaseItem.objects.unscoped(WHOLE).filter(case=case).select_related("document__organization")
    return gathered(rows.select_related("document__registration").order_by("number"), at)


def gathered(rows: Iterable[CaseItem | Handover], at: dt.datetime) -> list[Ready]:
    """Gather the documents of lines with all versions and signatures, judged at the moment."""
    items = {row.document_id: row for row in rows}
    versions = (
        Version.objects.unscoped(WHOLE).filter(document__in=list(items)).select_related("file", "document")
    )
    ordered = list(versions.order_by("document_id", "number"))
    signed = signatures_of([version.uid for version in ordered])
    grouped = groupby(ordered, key=lambda version: version.document_id)
    held = {key: [_held(each, signed.get(each.uid, []), at) for each in group] for key, group in grouped}
    return [Ready(item, held.get(key, [])) for key, item in items.items()]


def _held(version: Version, signatures: Iterable[Signature], at: dt.datetime) -> Held:
    try:
        path: Path | None = path_of(version)
    except NotFound:
        path = None
    if path is None or not path.exists():
        return Held(version, None, version.file.mime)
    found = [(row, signature_bytes(row)) for row in signatures]
    judged = [(row, data, _judged(row, data, path, at)) for row, data in found]
    return Held(version, path, version.file.mime, judged, opened(path, version.file.mime))


def _judged(row: Signature, data: bytes, path: Path, at: dt.datetime) -> Report:
    """Judge now; where the certificate has ended since, at the time the signature was taken in."""
    report = signature_check(data, path, at=at)
    return signature_check(data, path, at=row.added_at) if report.verdict.value == "validity" else report


def five_checks(rows: list[Ready], on: dt.date) -> list[Result]:
    """Make the checks that precede the container; the sixth reads it back from the disk."""
    held = [each for row in rows for each in row.held]
    return [_viruses(held), _formats(rows, on), _reproducible(held), _complete(rows), _signatures(rows)]


def _result(code: str, faults: list[str], good: str, **facts: object) -> Result:
    if not faults:
        return Result(code, ok=True, text=good, facts=facts)
    more = f" И ещё {len(faults) - SHOWN}." if len(faults) > SHOWN else ""
    return Result(
        code, ok=False, text=" ".join(faults[:SHOWN]) + more, facts={**facts, "faults": faults[:100]}
    )


def _viruses(held: list[Held]) -> Result:
    faults, partly, scanners = [], [], 0
    for each in held:
        if each.path is None:
            continue
        try:
            look = content_look(each.path)
        except Refused as silent:
            faults.append(f"{each.name}: не проверено. {silent}")
            continue
        scanners = look.scanners
        if look.name:
            faults.append(f"{each.name}: найден вирус «{look.name}».")
        if look.partly:
            partly.append(each.name)
    looked = (
        f"Антивирусов: {scanners}." if scanners else "Антивирус не подключён: искалась только проба EICAR."
    )
    if partly:
        shown = ", ".join(partly[:SHOWN]) + (f" и ещё {len(partly) - SHOWN}" if len(partly) > SHOWN else "")
        looked += f" Не проверено целиком, только по частям (длиннее, чем берёт антивирус): {shown}."
    facts = {"files": len(held), "scanners": scanners, "partly": partly[:100]}
    return _result("viruses", faults, f"Вирусов нет. {looked}", **facts)


def _formats(rows: list[Ready], on: dt.date) -> Result:
    """Ask the last versions for a format of the archive; earlier ones are kept as they came."""
    known = formats_on(on)
    last = [row.held[-1] for row in rows if row.held]
    faults = [
        f"{each.name}: {_format(each.mime)} архив не принимает. Добавьте версию в PDF/A, прежняя останется."
        for each in last
        if each.mime not in known
    ]
    held = [each for row in rows for each in row.held]
    named = sorted({known[each.mime][1] for each in held if each.mime in known})
    kept = [each.name for each in held if each.mime not in known]
    good = f"Форматы: {', '.join(named)}."
    if kept:
        good += f" Прежние версии другого формата сохранены как есть: {len(kept)}."
    return _result("formats", faults, good, formats=named, as_they_came=kept[:100])


def _format(mime: str) -> str:
    return "неизвестный формат" if mime == "application/octet-stream" else f"формат «{mime}»"


def _reproducible(held: list[Held]) -> Result:
    faults = [f"{each.name}: {each.opening.text}" for each in held if each.opening and not each.opening.ok]
    seen = [{"version": str(e.version.uid), "text": e.opening.text} for e in held if e.opening]
    return _result("reproducibility", faults, f"Открыты и прочитаны файлы: {len(seen)}.", read=seen[:200])


def _complete(rows: list[Ready]) -> Result:
    faults = []
    for row in rows:
        document = row.item.document
        numbers = [each.version.number for each in row.held]
        if not numbers or numbers != list(range(1, len(numbers) + 1)):
            faults.append(f"«{document.title}»: версии идут не подряд.")
        if document.state not in {DocumentState.SIGNED, DocumentState.KEPT}:
            faults.append(f"«{document.title}»: документ не закончен, состояние «{document.state}».")
        faults += [f"{each.name}: содержимого файла нет." for each in row.held if each.path is None]
    count = sum(len(row.held) for row in rows)
    good = f"Документов {len(rows)}, версий {count}: все на месте."
    return _result("completeness", faults, good, documents=len(rows), versions=count)


def _signatures(rows: list[Ready]) -> Result:
    faults, judged = [], []
    for row in rows:
        document = row.item.document
        kind = kinds_on(document.on).get(document.kind)
        for each in row.held:
            for signature, _, report in each.signatures:
                judged.append({"signature": str(signature.uid), "verdict": report.verdict.value})
                if not report.verdict.good:
                    faults.append(f"{each.name}: {report.text}")
        needed = len(kind.signers) + kind.seal if kind and document.flow != "incoming" else 0
        if row.held and len(row.held[-1].signatures) < needed:
            faults.append(f"«{document.title}»: подписей {len(row.held[-1].signatures)}, нужно {needed}.")
    return _result(
        "signatures",
        faults,
        f"Подписи верны: {len(judged)}." if judged else "Подписанных документов в деле нет.",
        signatures=judged[:500],
    )


def document_files(row: Ready, number: int, at: dt.datetime) -> tuple[list[Source], Line]:
    """Return the files of one document and its line of the inner inventory."""
    folder, item, document = f"documents/{number:04}", row.item, row.item.document
    sources: list[Source] = []
    versions = []
    for each in row.held:
        more, version = _version_files(each, f"{folder}/v{each.version.number}", at)
        sources += more
        versions.append(version)
    kind = kinds_on(document.on).get(document.kind)
    registered = getattr(document, "registration", None)
    facts = {
        "uid": document.uid,
        "number": number,
        "kind": document.kind,
        "kind_title": kind.title if kind else document.kind,
        "title": document.title,
        "on": document.on,
        "flow": document.flow,
        "state": document.state,
        "registered": registered.index if registered else None,
        "registered_on": registered.on if registered else None,
        "party": document.party_name,
        "their_number": document.received_number,
        "their_day": document.received_on,
    }
    sources.append(Source(f"{folder}/metadata.xml", "metadata", dump(element("document", facts, versions))))
    size = sum(each.version.file.size for each in row.held)
    line = Line(
        number, str(document.uid), item.index or "б/н", document.title, document.on, document.on,
        len(row.held),
        size, folder,
    )  # fmt: skip
    return sources, line


def _version_files(held: Held, place: str, at: dt.datetime) -> tuple[list[Source], etree._Element]:
    version = held.version
    ending = formats_on(at.date()).get(held.mime, ("bin", ""))[0]
    path = f"{place}/content.{ending}"
    sources = [Source(path, "content", held.path or b"")]
    copy = _copy(held, at)
    if copy:
        sources.append(Source(f"{place}/copy.pdf", "copy", copy))
    marks = []
    for number, (row, data, report) in enumerate(held.signatures, 1):
        first = report.signers[0] if report.signers else None
        name = f"{place}/signature-{number}.p7s"
        sources.append(Source(name, "signature", data, signs=path, registered=row.added_at))
        facts = {
            "path": name,
            "sha256": row.sha256,
            "registered": row.added_at,
            "verdict": report.verdict.value,
            "signer": first.name if first else "",
            "organization": first.organization if first else "",
            "serial": first.serial if first else "",
        }
        marks.append(element("signature", facts))
    about = {
        "number": version.number,
        "path": path,
        "copy": f"{place}/copy.pdf" if copy else None,
        "sha256": version.sha256,
        "size": version.file.size,
        "name": version.file.name,
        "mime": held.mime,
        "made": version.made_at,
        "reason": version.reason,
    }
    return sources, element("version", about, marks)


def _copy(held: Held, at: dt.datetime) -> bytes | None:
    """Print a PDF/A-2 for reading: the pages of the original where they can be, then the sheet of marks."""
    version = held.version
    put = [put_of(row) for row, _, _ in held.signatures]
    try:
        sheet = form_render(
            "documents/copy.typ", copy_form(version.document, version, put, at), standard="a-2b", made_at=at
        )
        return pdf_bind(sheet, pages=_pages(held, at), attachments=[])
    except FormError:
        return None


def _pages(held: Held, at: dt.datetime) -> bytes | None:
    if held.path is None:
        return None
    if held.mime == PDF:
        data = held.path.read_bytes()
        return data if pdfa_part(data) else None
    if held.mime != "text/plain" or held.path.stat().st_size > LONGEST_TEXT:
        return None
    encoding = str((held.opening.facts if held.opening else {}).get("encoding") or "utf-8")
    text = held.path.read_text(encoding=encoding, errors="replace")
    form = {"title": held.version.document.title, "lines": text.splitlines()}
    return form_render("documents/archive/text.typ", form, standard="a-2b", made_at=at)
