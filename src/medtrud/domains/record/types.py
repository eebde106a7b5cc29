"""What crosses the border of the record."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID


@dataclass(frozen=True)
class EntryAdded:
    """Something happened in a working life."""

    entry: UUID
    person: int
    kind: str
    on: dt.date


@dataclass(frozen=True)
class NewEntry:
    """One entry to be written; `source` is the uid of the row it speaks of."""

    person: int
    kind: str
    on: dt.date
    title: str
    source: UUID
    module: str
    until: dt.date | None = None
    organization: int | None = None
    data: dict[str, Any] = field(default_factory=dict)
