"""The act as it stands on a screen: items with numbers, and the lists behind them by audience."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class ActPart:
    """A part of a number: women, minors, lasting incapacity."""

    title: str
    value: int
    was: int | None = None


@dataclass(frozen=True)
class ActDiseaseView:
    """A class of diseases with its count."""

    icd_class: str
    title: str
    count: int


@dataclass(frozen=True)
class ActMeasureView:
    """A line of items 27 and 28."""

    text: str
    state: str = ""
    tone: str = ""
    uid: str = ""


@dataclass(frozen=True)
class ActLineView:
    """One item: its number, words, value, parts, and what it was in the other version."""

    number: int
    title: str
    value: str
    parts: tuple[ActPart, ...] = ()
    diseases: tuple[ActDiseaseView, ...] = ()
    measures: tuple[ActMeasureView, ...] = ()
    was: str = ""
    opens: bool = False  # a list stands behind the number, and this seat may open it


@dataclass(frozen=True)
class MemberForEmployer:
    """A person in a list that the order gives to the employer; there is no place for a diagnosis."""

    name: str
    sex: str
    birth_date: dt.date | None
    division: str
    post: str
    factors: str
    outcome: str


@dataclass(frozen=True)
class MemberForClinic:
    """A person behind a medical number: only the clinic that made the act sees it."""

    name: str
    sex: str
    birth_date: dt.date | None
    detail: str
    exam: str = ""
