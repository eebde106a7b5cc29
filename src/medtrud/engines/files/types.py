"""What files give to others."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal
from uuid import UUID


@dataclass(frozen=True)
class ScannerState:
    """What a virus scanner says of itself: ok, note or bad, and what to do then."""

    title: str
    text: str
    state: Literal["ok", "note", "bad"]
    step: str


class LongError(Exception):
    """A scanner saw the content in parts only: it is longer than the scanner takes; nothing was found."""


@dataclass(frozen=True)
class Look:
    """What a look for viruses said: a name or nothing, how many scanners work, were it parts only."""

    name: str
    scanners: int
    partly: bool = False


@dataclass(frozen=True)
class Blob:
    """Content in the store."""

    sha256: str
    size: int
    head: bytes  # its first bytes
    inside: tuple[str, ...] = ()  # names in an archive


@dataclass(frozen=True)
class Opened:
    """A file somebody has opened: where its content lies and how to call it."""

    uid: UUID
    name: str
    mime: str
    size: int
    path: str


class Fault(StrEnum):
    """What verification finds."""

    MISSING = "содержимого нет на диске"
    CHANGED = "содержимое изменено: хэш не сходится"
    ORPHAN = "содержимое без записи"


@dataclass(frozen=True)
class Finding:
    """One fault and the hash it is about."""

    sha256: str
    fault: Fault


@dataclass(frozen=True)
class Report:
    """How the verification ended."""

    checked: int
    size: int
    findings: tuple[Finding, ...]

    @property
    def sound(self) -> bool:
        """Orphans harm nobody; what is missing or changed does."""
        return all(finding.fault is Fault.ORPHAN for finding in self.findings)
