"""Arithmetic of the door: how long to wait, what a limit says."""

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

from medtrud.kernel.law import LawTable, load_folder

from .types import Rule

LIMITS: LawTable = load_folder(Path(__file__).parent / "law")["limits"]


def limit(rule: Rule, on: dt.date, rows: Iterable[tuple[str, int]] = (), *, role: str = "") -> int:
    """Return the value in force: the operator's row of the role, his row for all, or the shipped one."""
    decided = dict(rows)
    for who in (role, ""):
        if who in decided:
            return decided[who]
    return int(LIMITS.on(on)[rule].values["value"])


def pause(failures: int, *, allowed: int, first: int, last: int) -> dt.timedelta:
    """Return the pause after so many failures in a row: none, then growing twofold to the longest."""
    over = failures - allowed
    if over < 0:
        return dt.timedelta()
    return dt.timedelta(seconds=min(last, first * 2 ** min(over, 32)))
