"""The personal card of equipment on paper."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class CardForm:
    """The three parts of the card: who, by which norm, what was issued and returned."""

    employer: str
    name: str
    sex: str
    number: str
    division: str
    post: str
    since: dt.date
    sizes: tuple[tuple[str, str], ...]
    norms: tuple[tuple[str, str, str, str, str], ...]
    issues: tuple[tuple[str, str, str, str, str], ...]
