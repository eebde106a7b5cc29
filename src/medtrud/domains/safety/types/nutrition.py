"""Milk, what replaces it, and therapeutic nutrition: portions, rations, who is entitled, what was given."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from uuid import UUID

from medtrud.kernel.decision import Reason
from medtrud.kernel.errors import Refused
from medtrud.kernel.law import LegalRef

from .law import tables


class Entitled(StrEnum):
    """What the conditions of a workplace entitle to."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"

    @property
    def title_ru(self) -> str:
        """Return the answer as a reader calls it."""
        return {"yes": "положено", "no": "не положено", "unknown": "нет данных"}[self.value]

    @property
    def tone(self) -> str:
        """Return the colour of the answer."""
        return {"yes": "ok", "no": "", "unknown": "warn"}[self.value]


@dataclass(frozen=True)
class Portion:
    """What is given for a shift; share: the least share of the shift in harmful conditions."""

    code: str
    title: str
    amount: Decimal
    unit: str
    share: Decimal | None
    basis: LegalRef
    caution: str


@dataclass(frozen=True)
class Ground:
    """On what an answer stands."""

    title: str
    basis: LegalRef
    caution: str


@dataclass(frozen=True)
class Guarantee:
    """One line of 040 of a card: what the card says is needed, and on what ground; None: it says nothing."""

    needed: bool | None
    ground: str = ""
    card: str = ""


@dataclass(frozen=True)
class Conditions:
    """What is known of a workplace on a day."""

    harmful: bool | None  # None: no class is known
    milk: Guarantee
    ration: Guarantee


@dataclass(frozen=True)
class Rights:
    """Who is entitled to what, and why."""

    milk: Entitled
    ration: Entitled


@dataclass(frozen=True)
class NewGrant:
    """What an employer begins to give a worker; kind: a portion, or "ration" with the number of a ration."""

    employment: UUID
    kind: str
    since: dt.date
    ration: str = ""
    basis: str = ""
    request: str = ""  # the written request a money payment needs


@dataclass(frozen=True)
class Entitlement:
    """A worker with the right, and what he is given."""

    employment: int
    employment_uid: UUID
    person: int
    workplace: str
    rights: Rights
    reasons: tuple[Reason, ...]
    given: str  # the title of what is given, or nothing
    card: str = ""  # the card that speaks of it

    @property
    def open(self) -> bool:
        """Tell whether something may be granted: given nothing, and a right is there or not excluded."""
        return not self.given and {self.rights.milk, self.rights.ration} != {Entitled.NO}


@cache
def portions_on(day: dt.date) -> dict[str, Portion]:
    """Return the portions of a day, by code."""
    return {
        code: Portion(
            code=code,
            title=row.values["title"],
            amount=Decimal(str(row.values["amount"])),
            unit=row.values["unit"],
            share=None if row.values["share"] is None else Decimal(str(row.values["share"])),
            basis=row.ref,
            caution=row.caution,
        )
        for code, row in tables()["nutrition"].on(day).items()
    }


@cache
def grounds_on(day: dt.date) -> dict[str, Ground]:
    """Return the grounds of a day; all of them must be loaded."""
    found = {
        code: Ground(row.values["title"], row.ref, row.caution)
        for code, row in tables()["nutrition_grounds"].on(day).items()
    }
    if missing := {"card", "harmful", "instead"} - found.keys():
        raise Refused(
            f"Права на молоко и питание на {day:%d.%m.%Y} не вывести: условия этого дня не загружены "
            f"({len(missing)}). Выберите день позже или загрузите редакцию."
        )
    return found


@cache
def rations_on(day: dt.date) -> dict[str, str]:
    """Return the rations of a day: number and what they are for."""
    return {code: row.values["title"] for code, row in tables()["rations"].on(day).items()}
