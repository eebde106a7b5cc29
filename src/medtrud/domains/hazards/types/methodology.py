"""The methodology of СОУТ as others read it: the steps of the classes and the numbers beside them."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from medtrud.kernel.law import load_table

LAW = Path(__file__).parents[1] / "law"


@cache
def sout_table(name: str) -> Mapping[str, Mapping[str, Any]]:
    """Return the rows of a table by code, each in its newest edition."""
    rows = sorted(load_table(LAW / name).rows, key=lambda row: row.since)
    return MappingProxyType({row.code: MappingProxyType(row.values) for row in rows})
