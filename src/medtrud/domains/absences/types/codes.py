"""Codes of the sick leave: reasons, additional codes, breaches, results."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from medtrud.kernel.errors import Refused
from medtrud.kernel.law import LawTable, load_folder

LAW = Path(__file__).parents[1] / "law"
REASON_BASIS = "приказ Минздрава России от 23.11.2021 № 1089н, коды причин нетрудоспособности"


@dataclass(frozen=True)
class Code:
    """A code of the sick leave with its name."""

    code: str
    title: str
    kind: str
    work_related: bool = False


def cautions_on(day: dt.date) -> list[str]:
    """Return what a report must repeat: which of its tables nobody has compared with their sources."""
    used = (row for name in ("notkin", "ill_often", "reasons") for row in tables()[name].on(day).values())
    return sorted({f"{row.ref.act}: {row.caution}." for row in used if row.caution})


@cache
def tables() -> Mapping[str, LawTable]:
    """Return the tables of this module, loaded once."""
    return MappingProxyType(load_folder(LAW))


@cache
def reasons() -> Mapping[str, Code]:
    """Return the reasons of incapacity by code; old leaves carry the codes of today."""
    return _latest("reasons")


@cache
def results() -> Mapping[str, Code]:
    """Return the additional codes, breaches of the regime and results by code."""
    return _latest("results")


def reason_of(code: str) -> Code:
    """Return the reason with a code; «1» is 01."""
    found = reasons().get(code.strip().zfill(2))
    if found is None:
        raise Refused(
            f"Кода причины нетрудоспособности {code} нет. Коды: {', '.join(reasons())}.", basis=REASON_BASIS
        )
    return found


def kind_of_reason(code: str) -> str:
    """Return the kind of absence a reason makes."""
    return reason_of(code).kind


def work_related() -> frozenset[str]:
    """Return the reasons that point to an accident at work or to an occupational disease."""
    return frozenset(code for code, row in reasons().items() if row.work_related)


def _latest(table: str) -> Mapping[str, Code]:
    rows = tables()[table].rows
    return MappingProxyType(
        {
            row.code: Code(
                row.code, row.values["title"], row.values["kind"], bool(row.values.get("work_related"))
            )
            for row in rows
        }
    )
