"""Invented people for the tests of this module."""

import datetime as dt
from typing import Any

from medtrud.registries.people.types import PersonRow

BORN = dt.date(1980, 3, 5)


def row(last: str = "Иванов", first: str = "Иван", middle: str = "Иванович", **other: Any) -> PersonRow:
    return PersonRow(last, first, middle, other.pop("born", BORN), other.pop("sex", "male"), **other)


def facts(
    last: str = "Иванов", first: str = "Иван", middle: str = "Иванович", **other: Any
) -> dict[str, Any]:
    born = other.pop("born", BORN)
    sex = other.pop("sex", "male")
    return {
        "last_name": last,
        "first_name": first,
        "middle_name": middle,
        "birth_date": born,
        "sex": sex,
        **other,
    }
