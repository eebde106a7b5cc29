"""What happened to documents: keys and days, no names."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class VersionKept:
    """A document was entered by hand, or corrected: its words are to be read."""

    document: UUID


@dataclass(frozen=True)
class DocumentRegistered:
    """A document got its number."""

    document: UUID
    organization: int
    on: dt.date


@dataclass(frozen=True)
class DocumentSigned:
    """The last signature that a document waited for has been put."""

    document: UUID
    organization: int
    about: UUID | None
    module: str
    on: dt.date
