"""Tables of books, editions and what differs between them."""

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class EditionState(StrEnum):
    """The life of an edition."""

    DRAFT = "draft"  # loaded, nobody has looked
    COMPARED = "compared"  # the difference from the edition in force was shown
    APPROVED = "approved"  # in force from its day on
    RETIRED = "retired"  # withdrawn before its day, or never approved


@dataclass(frozen=True)
class Table:
    """A book as it stands in a file: the names of columns, the values of rows; empty cells are left out."""

    columns: tuple[str, ...]
    rows: tuple[dict[str, str], ...]


@dataclass(frozen=True)
class Columns:
    """Which column of a book means what; a dash means there is none."""

    key: str  # primary: by it editions are compared
    code: str  # written into documents
    title: str
    parent: str = ""  # key of the row above
    actual: str = ""  # "ACTUAL": true when yes; "!DATEOUT": true when empty
    pattern: str = ""  # of codes that may be chosen; other rows are headings


@dataclass(frozen=True)
class Difference:
    """What one edition has and the other has not, by primary key."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: dict[str, list[str]]  # key -> columns
    fields_added: tuple[str, ...] = ()
    fields_removed: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return it as it is stored with the compared edition."""
        return {
            "added": list(self.added),
            "removed": list(self.removed),
            "changed": self.changed,
            "fields_added": list(self.fields_added),
            "fields_removed": list(self.fields_removed),
        }


@dataclass(frozen=True)
class Passport:
    """What is known of a book before any edition is loaded."""

    code: str
    title: str
    columns: Columns
    oid: str = ""
    version: str = ""
    published: dt.date | None = None
    source: str = ""
    file: str = ""
    aliases: dict[str, str] = field(default_factory=dict)  # column -> Russian name


@dataclass(frozen=True)
class EditionApproved:
    """An edition of a book is in force from a day on."""

    book: str
    edition: int
    version: str
    since: dt.date
