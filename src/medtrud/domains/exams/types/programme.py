"""What a rule answers: lines with reasons, periodicity, the center, contraindications."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from medtrud.kernel.decision import Decision, Reason

from .facts import Earlier, Facts


class State(StrEnum):
    """What is to be done with a line in this examination."""

    DUE = "due"
    UNKNOWN_EXPOSURE = "unknown_exposure"
    ON_INDICATION = "on_indication"
    CREDITED = "credited"
    WAIVED = "waived"
    NOT_DUE = "not_due"


@dataclass(frozen=True)
class Why(Reason):
    """A reason with its cell: factor, column of the annex, letter, substance and the rule applied."""

    factor: str = ""
    column: str = ""
    marker: str = ""
    substance: str = ""
    rule: str = ""
    note: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the reason as it is stored and shown."""
        cell = {
            "factor": self.factor,
            "column": self.column,
            "marker": self.marker,
            "substance": self.substance,
            "rule": self.rule,
            "note": self.note,
        }
        return Reason.as_json(self) | cell


class Line(NamedTuple):
    """A specialist or an investigation. because: kind | age | exposure | interval, when not due."""

    code: str
    name: str
    reasons: tuple[Why, ...]
    state: State = State.DUE
    condition: str = ""
    because: str = ""
    months: int | None = None
    consent: bool = False
    credited: Earlier | None = None

    @property
    def title(self) -> str:
        """Return the name with its condition, as the order's data write it."""
        return f"{self.name} [{self.condition}]" if self.condition else self.name

    @property
    def open(self) -> bool:
        """Tell whether the line still waits for a result in this examination."""
        return self.state in (State.DUE, State.UNKNOWN_EXPOSURE)


class Center(NamedTuple):
    """Whether the examination is due in the center of occupational pathology."""

    required: bool
    due: dt.date | None
    first: bool
    basis: str
    reasons: tuple[Why, ...]


class Caution(NamedTuple):
    """Something the reader must know: a gap of the order, a heading, an ignored fact."""

    code: str
    text: str
    factor: str = ""


class ContraItem(NamedTuple):
    """An item of приложение № 2 that must be checked for these factors."""

    item: str
    name: str
    icd_class: str
    icd10: str
    questions: tuple[str, ...]
    decided_with: str
    reasons: tuple[Why, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A diagnosis meets an item; the commission answers the questions, the code decides nothing."""

    item: ContraItem
    icd10: str
    questions: tuple[str, ...]
    decision_by: str
    reasons: tuple[Why, ...]


class Programme(NamedTuple):
    """Who examines, what is done, how often and why; the changes stand beside the computed lines."""

    on: dt.date
    kind: str
    edition: str
    age: int
    specialists: tuple[Line, ...]
    tests: tuple[Line, ...]
    months: int | None
    months_reasons: tuple[Why, ...]
    next_due: dt.date | None  # counted from the last examination, or from this day where there was none
    markers: str
    cautions: tuple[Caution, ...]
    center_of: Callable[[], Center]
    checks: Callable[[], tuple[ContraItem, ...]]

    @property
    def center(self) -> Center:
        """Return what the center of occupational pathology needs; counted when somebody looks at it."""
        return self.center_of()

    @property
    def contraindications(self) -> tuple[ContraItem, ...]:
        """Return the items to check; they are gathered when somebody looks at them."""
        return self.checks()

    @property
    def lines(self) -> tuple[Line, ...]:
        """Return specialists and investigations together."""
        return self.specialists + self.tests


class Explained(NamedTuple):
    """A line in words."""

    code: str
    name: str
    state: State
    state_text: str
    why: tuple[str, ...]


class Deadline(NamedTuple):
    """A deadline of the order, counted."""

    code: str
    title: str
    who: str
    on: dt.date
    reasons: tuple[Why, ...]
    working: bool = False  # counted in working days: the reader is told by which calendar


@dataclass(frozen=True)
class ExamKind:
    """A kind of examination, declared by its folder in kinds/."""

    code: str
    title: str
    due: Callable[[Facts, dt.date], Decision[dt.date | None]]
