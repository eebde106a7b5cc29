"""The sheet of signatures behind a copy that people read."""

from dataclasses import dataclass
from uuid import UUID

from .paper_copies import Certified


@dataclass(frozen=True)
class MarkForm:
    """One mark: its title and its lines, each element on a line of its own."""

    title: str
    lines: tuple[str, ...]
    verdict: str


@dataclass(frozen=True)
class CopyForm:
    """What the sheet of signatures says."""

    title: str
    organization: str
    kind: str
    number: str
    version: str
    sha256: str
    made: str
    marks: tuple[MarkForm, ...]
    qr: str
    address: str
    certified: Certified | None = None  # of a paper copy that is handed out


@dataclass(frozen=True)
class CopyMade:
    """A copy of one of many documents."""

    document: UUID
    name: str
    content: bytes
