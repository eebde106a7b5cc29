"""What a container of the archive says of itself, and what its proof finds."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol

from medtrud.engines.signing.types import Evidence, Report

NAMESPACE = "urn:medtrud:archive:1"
MARK = b"medtrud-archive-1"  # the comment of a ZIP written by the archive: every byte of it is accounted for
MANIFEST, SEALED, CHECKSUM = "manifest.xml", "manifest.xml.p7s", "checksum.txt"
CASE, INVENTORY, PROTOCOL, README = "case.xml", "inventory.xml", "protocol.xml", "README.txt"
SCHEMA = "schema/archive-1.xsd"
RENEWALS = "renewals/"


class Fault(StrEnum):
    """What is wrong with a container; the order is the order in which causes count."""

    NOT_CONTAINER = "not_container"
    UNREADABLE = "unreadable"
    BOMB = "bomb"
    TRAVERSAL = "traversal"
    LINK = "link"
    DUPLICATE = "duplicate"
    DTD = "dtd"
    MALFORMED = "malformed"
    SCHEMA_BROKEN = "schema"
    FORMAT_UNKNOWN = "format_unknown"
    SEAL_MISSING = "seal_missing"
    SEAL = "seal"
    FILE_CHANGED = "file_changed"
    CASE_CHANGED = "case_changed"
    CASE_MISSING = "case_missing"
    VERSION_MISSING = "version_missing"
    FILE_MISSING = "file_missing"
    SIGNATURE_MISSING = "signature_missing"
    SIGNATURE = "signature"
    INVENTORY_LINE = "inventory_line"
    INVENTORY_RECORD = "inventory_record"
    DOCUMENT_UNLISTED = "document_unlisted"
    FILE_EXTRA = "file_extra"
    EVIDENCE = "evidence"
    PROTOCOL_FAULT = "protocol"
    RENEWAL = "renewal"
    STRUCTURE = "structure"


TEXTS = {
    Fault.NOT_CONTAINER: "Это не контейнер архива: нет файла manifest.xml. Укажите файл ZIP или папку дела.",
    Fault.UNREADABLE: "Файл не читается: он повреждён. Возьмите другую копию с носителя.",
    Fault.BOMB: "Архив раздувается при распаковке сверх меры, как вредоносные файлы. Не открывайте его.",
    Fault.TRAVERSAL: "Имя файла ведёт за пределы контейнера. Архив такого имени не создаёт: это подделка.",
    Fault.LINK: "Вместо файла лежит ссылка. Контейнер состоит только из обычных файлов.",
    Fault.DUPLICATE: "Два файла с одним именем: неизвестно, который настоящий.",
    Fault.DTD: "В XML есть объявление DTD: такие файлы не принимаются, они могут читать чужое и раздуваться.",
    Fault.MALFORMED: "XML не читается: файл испорчен.",
    Fault.SCHEMA_BROKEN: "XML не соответствует схеме контейнера.",
    Fault.FORMAT_UNKNOWN: "Контейнер записан в неизвестном формате. Возьмите новую версию программы.",
    Fault.SEAL_MISSING: "Перечень файлов не подписан: нет manifest.xml.p7s. Доказать целостность нельзя.",
    Fault.SEAL: "Подпись архива под перечнем файлов не подтверждена.",
    Fault.FILE_CHANGED: "Файл изменён после передачи в архив: контрольная сумма не сходится.",
    Fault.CASE_CHANGED: "Дело изменено или подменено: контрольная сумма не та, что в описи года.",
    Fault.CASE_MISSING: "Дела из описи нет в пакете.",
    Fault.VERSION_MISSING: "Не хватает версии документа: опись называет её, файла нет.",
    Fault.FILE_MISSING: "Файла из перечня нет в контейнере.",
    Fault.SIGNATURE_MISSING: "Не хватает подписи: описание документа её называет, файла нет.",
    Fault.SIGNATURE: "Подпись документа не подтверждена.",
    Fault.INVENTORY_LINE: "В описи не хватает строки: номера идут не подряд.",
    Fault.INVENTORY_RECORD: "Итоговая запись описи не сходится с её строками.",
    Fault.DOCUMENT_UNLISTED: "Документ лежит в контейнере, но в описи его нет.",
    Fault.FILE_EXTRA: "Посторонний файл: в подписанном перечне его нет.",
    Fault.EVIDENCE: "Сертификат или список отзыва среди доказательств не читается.",
    Fault.PROTOCOL_FAULT: "Протокол проверок неполон или говорит о непройденной проверке.",
    Fault.RENEWAL: "Продление доказательства (отметка времени) не подтверждено.",
    Fault.STRUCTURE: "Служебные байты ZIP изменены: файл не тот, что записал архив.",
}


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong, and where."""

    fault: Fault
    path: str = ""
    more: str = ""

    @property
    def text(self) -> str:
        """Return the finding as a reader needs it."""
        said = f"{TEXTS[self.fault]} {self.more}".strip()
        return f"{self.path}: {said}" if self.path else said

    def as_json(self) -> dict[str, str]:
        """Return the finding for an answer."""
        return {"code": self.fault.value, "path": self.path, "text": self.text}


class BrokenError(Exception):
    """What is read cannot be used at all."""

    def __init__(self, fault: Fault, path: str = "", more: str = "") -> None:
        """Remember the finding."""
        self.finding = Finding(fault, path, more)
        super().__init__(self.finding.text)


class Running(Protocol):
    """A running digest."""

    def update(self, data: bytes, /) -> None:
        """Take more bytes."""

    def digest(self) -> bytes:
        """Return the digest of everything taken so far."""


class Judge(Protocol):
    """What a proof needs from cryptography; the proof itself opens no database and no network."""

    @property
    def backend(self) -> str:
        """Name what computes."""

    @property
    def quick(self) -> bool:
        """Tell whether GOST digests of large files are computed in a bearable time."""

    def digest(self, name: str) -> Running:
        """Begin a digest: sha256 or streebog256."""

    def trust(self, evidence: Evidence) -> tuple[Any, tuple[int, ...]]:
        """Build what signatures are judged by; also the numbers of blobs that do not parse."""

    def check(self, signature: bytes, content: bytes | Path, trust: Any, at: dt.datetime) -> Report:
        """Judge a signature file over a document at a moment."""

    def stamped(
        self, token: bytes, data: bytes, trust: Any, at: dt.datetime
    ) -> tuple[dt.datetime | None, str]:
        """Return the time a token proves for these bytes, or the reason why it does not."""

    def named(self, certificate: bytes) -> str:
        """Name the owner of a certificate."""


@dataclass(frozen=True)
class Listed:
    """One file of a manifest."""

    path: str
    size: int
    sha256: str
    streebog256: str
    role: str
    signs: str = ""
    registered: dt.datetime | None = None


@dataclass(frozen=True)
class Line:
    """One line of an inventory: a document of a case, or a case of a year."""

    number: int
    uid: str
    index: str
    title: str
    since: dt.date
    until: dt.date
    units: int  # versions of the document, documents of the case
    bytes: int
    path: str
    retention: str = ""
    note: str = ""
    sha256: str = ""


@dataclass(frozen=True)
class Proof:
    """What the proof of a container says."""

    kind: str = ""
    title: str = ""
    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    signatures: tuple[Mapping[str, Any], ...] = ()
    cases: tuple["Proof", ...] = ()
    sealed_at: dt.datetime | None = None
    backend: str = ""

    @property
    def whole(self) -> bool:
        """Tell whether nothing is wrong, inside and in every case."""
        return not self.findings and all(case.whole for case in self.cases)

    @property
    def worst(self) -> Finding | None:
        """Return the finding that counts most; the cases of a year count after the year itself."""
        found = [*self.findings, *(case.worst for case in self.cases if case.worst)]
        order = list(Fault)
        return min(found, key=lambda one: order.index(one.fault), default=None)

    @property
    def text(self) -> str:
        """Return the verdict in words."""
        if self.whole:
            return "Контейнер подлинный и целый: все файлы, подписи и строки описи на месте."
        bad = self.worst
        return bad.text if bad else ""

    def as_json(self) -> dict[str, Any]:
        """Return the proof as an answer."""
        worst = self.worst
        return {
            "verdict": "valid" if self.whole else worst.fault.value if worst else "",
            "valid": self.whole,
            "text": self.text,
            "kind": self.kind,
            "title": self.title,
            "sealed_at": self.sealed_at.isoformat() if self.sealed_at else None,
            "facts": dict(self.facts),
            "findings": [one.as_json() for one in self.findings],
            "notes": list(self.notes),
            "signatures": [dict(one) for one in self.signatures],
            "cases": [case.as_json() for case in self.cases],
            "backend": self.backend,
        }


def worst_first(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Sort findings by how much they count; equal ones are said once."""
    order = list(Fault)
    return tuple(sorted(dict.fromkeys(findings), key=lambda one: (order.index(one.fault), one.path)))
