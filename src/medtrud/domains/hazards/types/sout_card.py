"""A card of conditions as every way in brings it: exchange file, spreadsheet, form, another system."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from .sout_file import ASSESSED, ERROR, Problem, Tree

NEW, CHANGED, UNCHANGED, REMOVED = "new", "changed", "unchanged", "removed"
NAMED = 2000  # differences and problems told one by one

GUARANTEES = {
    "PayIncrease": "повышенная оплата труда",
    "CompensatoryLeave": "ежегодный дополнительный оплачиваемый отпуск",
    "HalfDay": "сокращённая продолжительность рабочего времени",
    "Milk": "молоко или равноценные продукты",
    "DieteticTherapy": "лечебно-профилактическое питание",
    "EarlyRetirement": "досрочное назначение страховой пенсии",
    "MedicalInspection": "медицинские осмотры",
}
ABOUT = {
    "ETKS_EKS_Issue": "выпуск ЕТКС, ЕКС",
    "Equipment": "оборудование",
    "RawMaterials": "материалы и сырьё",
    "Tools": "инструменты",
    "JobDescription": "содержание работы",
    "CommitteeProtocol": "протокол комиссии",
    "ExpertConclusion": "заключение эксперта",
}
NONE = frozenset({"", "отсутствует", "нет", "-", "—"})


@dataclass(slots=True)
class LineIn:
    """One factor of a card; detail holds (number of its Factors element, tree) as in the exchange file."""

    factor: str
    stated: str = ""
    stated_ppe: str = ""
    levels: tuple[Mapping[str, Any], ...] = ()
    detail: list[tuple[int, Tree]] = field(default_factory=list)
    packed: str = ""  # the detail as it is stored


@dataclass(slots=True)
class CardIn:
    """One workplace of a report."""

    number: str
    position: str
    kind: str = ASSESSED
    card_number: str = ""
    profession: str = ""
    profession_name: str = ""
    unit: str = ""
    unit_path: tuple[str, ...] = ()
    alike: int | None = None
    workers: int = 0
    women: int | None = None
    teenagers: int | None = None
    disabled: int | None = None
    sheet_on: dt.date | None = None
    measured_on: dt.date | None = None
    stated: str = ""
    stated_ppe: str = ""
    guarantees: Tree = field(default_factory=dict)
    recommendations: tuple[str, ...] = ()
    about: dict[str, str] = field(default_factory=dict)
    snils: tuple[str, ...] = ()
    rest: Tree = field(default_factory=dict)
    lines: list[LineIn] = field(default_factory=list)
    row: int | None = None  # line of the XML or row of the sheet
    digest: str = ""


@dataclass(slots=True)
class ReportIn:
    """The report the cards belong to."""

    approved_on: dt.date
    act: str = ""
    number: str = ""
    assessor: str = ""
    assessor_inn: str = ""
    assessor_number: str = ""
    laboratory: str = ""
    places_total: int | None = None
    places_assessed: int | None = None
    instruments: list[dict[str, Any]] = field(default_factory=list)
    head: Tree = field(default_factory=dict)
    employer_inn: str = ""
    employer_name: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """What a report changes at one workplace."""

    number: str
    title: str
    change: str  # new, changed, unchanged, removed
    was: str = ""
    now: str = ""
    line: int | None = None
    differs: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Derived:
    """What the rules say of one card."""

    total: str
    differs: bool
    said: dict[str, Any]  # act, total reasons, cautions, why it differs
    lines: dict[str, tuple[str, bool, list[dict[str, Any]]]]  # factor -> class, differs, reasons


@dataclass
class SoutOutcome:
    """What a file says and changes."""

    report: ReportIn
    uid: UUID
    counts: Counter[str] = field(default_factory=Counter)
    differences: list[Difference] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    saved: Any = None  # the row of the report, once written

    def add(self, found: Difference) -> None:
        """Count a difference and keep it while there is room; what stays as it is is only counted."""
        self.counts[found.change] += 1
        if found.change == CHANGED and found.was != found.now:
            self.counts["class_changed"] += 1
        if found.differs:
            self.counts["differs"] += 1
        if (found.change != UNCHANGED or found.differs) and len(self.differences) < NAMED:
            self.differences.append(found)

    def say(self, problems: list[Problem]) -> None:
        """Count problems and keep them while there is room."""
        for each in problems:
            self.counts["errors" if each.level == ERROR else "warnings"] += 1
        self.problems += problems[: max(NAMED - len(self.problems), 0)]


@dataclass(frozen=True)
class SoutImported:
    """A report was taken in."""

    employer: int
    report: UUID
    approved_on: dt.date
