"""Values of forms read as observations of the record; the table `observations` says which."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import fmean
from typing import Any

from medtrud.kernel.law import Row

from .law import tables_on


@dataclass(frozen=True)
class Observed:
    """One observation of a result: its code, value and the original in words."""

    code: str
    title: str
    value: Any
    original: str


def observed_forms(day: dt.date) -> dict[str, list[Row]]:
    """Return the observations by the name of the form, on a day."""
    found: dict[str, list[Row]] = {}
    for row in tables_on(day)["observations"].values():
        found.setdefault(row.values["form"], []).append(row)
    return found


def known_diseases(day: dt.date) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return title and beginnings of ICD-10 codes of the diseases that make the risk very high."""
    rows = tables_on(day)["known_diseases"].items()
    return {code: (row.values["title"], row.values["codes"]) for code, row in rows}


def observation(row: Row, values: Mapping[str, Any]) -> Observed | None:
    """Read one observation of a result; nothing where a field is empty or does not read."""
    given = [values.get(field) for field in row.values["fields"]]
    if any(value is None for value in given):
        return None
    try:
        value = READERS[row.values["reads"]](row, given)
    except (TypeError, ValueError):
        return None
    return Observed(row.code.split(":")[0], row.values["title"], value, _original(row, given))


def _original(row: Row, given: list[Any]) -> str:
    words = "; ".join(
        f"{value:g}".replace(".", ",") if isinstance(value, int | float) else str(value) for value in given
    )
    return f"{words} {row.values['unit'] or ''}".strip()


def _pressure(given: list[Any]) -> tuple[int, int]:
    upper, lower = str(given[0]).split("/")
    return int(upper), int(lower)


READERS: dict[str, Any] = {
    "number": lambda row, given: float(given[0]) / (row.values["per"] or 1),
    "upper": lambda row, given: _pressure(given)[0],
    "lower": lambda row, given: _pressure(given)[1],
    "pulse": lambda row, given: _pressure(given)[0] - _pressure(given)[1],
    "flag": lambda row, given: int(given[0] in row.values["positive"]),
    "gives": lambda row, given: int(row.values["gives"][row.values["positive"].index(given[0])]),
    "mean": lambda row, given: fmean(map(float, given)),
    "worse": lambda row, given: max(
        fmean(map(float, given[: len(given) // 2])), fmean(map(float, given[len(given) // 2 :]))
    ),
}
