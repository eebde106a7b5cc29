"""Who may head the medical commission."""

import datetime as dt
from functools import cache
from pathlib import Path

from medtrud.kernel.law import LawTable, LegalRef, load_table

LAW = Path(__file__).parent / "law" / "commission"


def chairman_specialties(on: dt.date) -> tuple[frozenset[str], str, LegalRef | None]:
    """Return the specialties one of which the chairman holds, their name, and where it is said.

    29н, п. 5: the commission is headed by a «врач-профпатолог». On a day without an act in force nothing is
    demanded here; the rules of examinations refuse such a day themselves.
    """
    row = _table().on(on).get("chairman")
    if row is None:
        return frozenset(), "", None
    return frozenset(row.values["specialties"]), row.values["title"], row.ref


@cache
def _table() -> LawTable:
    return load_table(LAW)
