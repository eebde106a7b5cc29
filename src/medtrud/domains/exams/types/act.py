"""The final act as it is printed: the 28 items of the order (29н, п. 46)."""

import datetime as dt
from dataclasses import dataclass

from .paper import Factor, Party, Signer


@dataclass(frozen=True)
class Count:
    """A number with the parts the order asks for; None where it asks for none."""

    total: int
    women: int | None = None
    minors: int | None = None
    disabled: int | None = None  # стойкая степень утраты трудоспособности


@dataclass(frozen=True)
class ActPerson:
    """A line of the lists of items 10, 12 and 14."""

    name: str
    sex: str
    birth_date: dt.date
    division: str = ""
    outcome: str = ""  # conclusion of the commission (10), or the reason (12, 14)


@dataclass(frozen=True)
class ActSuspicion:
    """A line of item 23."""

    name: str
    sex: str
    birth_date: dt.date
    division: str
    post: str
    factors: tuple[Factor, ...]


@dataclass(frozen=True)
class ActDisease:
    """A line of items 24-26: a class of diseases and a count, without persons."""

    icd_class: str
    name: str
    count: int


@dataclass(frozen=True)
class ActMeasure:
    """A line of items 27 and 28."""

    text: str
    state: str = ""  # item 27: fulfilled, partly, not


@dataclass(frozen=True)
class FinalActForm:
    """Заключительный акт: the fields stand in the order of the items."""

    number: str
    version: int
    replaces: str
    basis: str
    period: str
    clinic: Party  # 1
    on: dt.date  # 2
    employer: Party  # 3
    staff: Count  # 4
    harmful: int  # 5
    public_health: Count  # 6
    subject: Count  # 7
    examined: Count  # 8
    coverage: str  # 9: percent, or a dash
    examined_list: tuple[ActPerson, ...]  # 10
    unfinished: Count  # 11: women only
    unfinished_list: tuple[ActPerson, ...]  # 12
    absent: Count  # 13: women only
    absent_list: tuple[ActPerson, ...]  # 14
    fit: int  # 15
    unfit: int  # 16
    additional: int  # 17
    center: int  # 18
    outpatient: int  # 19
    inpatient: int  # 20
    sanatorium: int  # 21
    dispensary: int  # 22
    suspicions: tuple[ActSuspicion, ...]  # 23
    chronic: tuple[ActDisease, ...]  # 24
    occupational: tuple[ActDisease, ...]  # 25
    infectious: tuple[ActDisease, ...]  # 26
    fulfilled: tuple[ActMeasure, ...]  # 27
    recommended: tuple[ActMeasure, ...]  # 28
    chairman: Signer
    signature: str = ""
