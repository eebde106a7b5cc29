"""The tables of law and reference of safety."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from medtrud.kernel.law import LawTable, load_folder

LAW = Path(__file__).parents[1] / "law"


@dataclass(frozen=True)
class Control:
    """A level of the hierarchy: the lower the rank, the better the measure."""

    code: str
    title: str
    rank: int
    hint: str
    basis: str
    caution: str


@cache
def tables() -> Mapping[str, LawTable]:
    """Return the tables of this module, loaded once."""
    return MappingProxyType(load_folder(LAW))


@cache
def controls() -> Mapping[str, Control]:
    """Return the levels of the hierarchy, the best first."""
    rows = sorted(tables()["controls"].rows, key=lambda row: row.values["rank"])
    return MappingProxyType(
        {
            row.code: Control(
                row.code,
                row.values["title"],
                row.values["rank"],
                row.values["hint"],
                str(row.ref),
                row.caution,
            )
            for row in rows
        }
    )


@cache
def causes() -> Mapping[str, str]:
    """Return the kinds of causes with their names."""
    return MappingProxyType({row.code: row.values["title"] for row in tables()["causes"].rows})


def deadline_of(code: str, on: dt.date) -> tuple[int, str, str] | None:
    """Return the period of an investigation, its unit and basis; None where no period was loaded."""
    row = tables()["deadlines"].on(on).get(code)
    return (row.values["count"], row.values["unit"], str(row.ref)) if row else None
