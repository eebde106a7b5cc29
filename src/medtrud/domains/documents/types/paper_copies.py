"""Paper copies: who may ask, how long it takes, the columns of the journal."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from medtrud.kernel.law import LawTable, LegalRef, load_table

from .documents import LAW


class CopyState(StrEnum):
    """Where a request stands."""

    ASKED = "asked"
    ISSUED = "issued"
    REFUSED = "refused"


@dataclass(frozen=True)
class CopyTerm:
    """In how many working days a copy is handed out to somebody."""

    title: str
    working_days: int
    basis: LegalRef
    caution: str


@dataclass(frozen=True)
class Certified:
    """What stands on a certified copy: «Копия верна», who certified it, its number in the journal."""

    number: str
    post: str
    name: str
    on: str
    sheets: str
    taken_by: str


def copy_terms(day: dt.date) -> Mapping[str, CopyTerm]:
    """Return the terms of a day by who asks."""
    return {
        code: CopyTerm(row.values["title"], row.values["working_days"], row.ref, row.caution)
        for code, row in _table().on(day).items()
    }


@cache
def _table() -> LawTable:
    return load_table(LAW / "copy_terms")
