"""Chemical substances at an employer: what is said of one, where it stands, what a review finds."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from uuid import UUID


class ChemicalState(StrEnum):
    """Where a substance stands: bought and used only when approved."""

    REQUESTED = "requested"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


CHEMICAL_STATES = {
    ChemicalState.REQUESTED: "ждёт решения",
    ChemicalState.APPROVED: "разрешено",
    ChemicalState.REFUSED: "отказано",
    ChemicalState.WITHDRAWN: "разрешение снято",
}
CHEMICAL_TONES = {
    ChemicalState.REQUESTED: "warn",
    ChemicalState.APPROVED: "ok",
    ChemicalState.REFUSED: "bad",
    ChemicalState.WITHDRAWN: "bad",
}
HAZARDS = {
    1: "1 — чрезвычайно опасное",
    2: "2 — высокоопасное",
    3: "3 — умеренно опасное",
    4: "4 — малоопасное",
}


@dataclass(frozen=True, slots=True)
class ChemicalIn:
    """The passport of a substance; the limits are those in force, typed by a person."""

    name: str
    cas: str = ""
    pdk_max: Decimal | None = None  # mg/m3
    pdk_ss: Decimal | None = None
    pdk_basis: str = ""
    hazard: int | None = None
    letters: str = ""
    supplier: str = ""
    training: str = ""  # which safety training is required before work
    training_months: int | None = None  # how long it holds; None - for good


@dataclass(frozen=True, slots=True)
class ChemicalSource:
    """The line of a file a substance came from."""

    file: UUID
    sheet: str
    row: int


@dataclass(frozen=True, slots=True)
class ChemicalReview:
    """What the tables and the passport say before a decision; a person decides."""

    features: tuple[str, ...]  # rows of the methodology of СОУТ
    cautions: tuple[str, ...]
    fixed_class: str = ""  # the class without measurement


@dataclass(frozen=True, slots=True)
class Untrained:
    """A person who works with a substance and has no training in force."""

    person: int
    employment: UUID
    chemical: UUID
    name: str
    until: str = ""  # when the last one ended
