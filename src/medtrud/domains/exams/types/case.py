"""What the commission has before it: a visit with results, diagnoses and questions, ready to be shown."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from .states import Decision, LineState


@dataclass(frozen=True)
class CaseValue:
    """One value of a result; `flag` says how it leaves the norm."""

    label: str
    text: str
    flag: str = ""


@dataclass(frozen=True)
class CaseLine:
    """One specialist or test with the latest version of what was found."""

    uid: UUID
    kind: str
    title: str
    state: LineState
    on: dt.date | None
    by: str
    text: str
    normal: bool
    version: int
    beyond: tuple[CaseValue, ...]
    values: tuple[CaseValue, ...]
    note: str = ""  # where a credited result comes from, why a line was cancelled
    diagnoses: tuple[str, ...] = ()

    @property
    def deviates(self) -> bool:
        """Tell whether the commission must look at it."""
        return bool(self.beyond) or not self.normal or self.state == LineState.UNKNOWN_EXPOSURE


@dataclass(frozen=True)
class CaseFinding:
    """A possible contraindication with everything needed to decide about it."""

    uid: UUID
    item: str
    title: str
    codes: tuple[tuple[str, str], ...]
    question: str
    decided_by: str
    basis: tuple[str, ...]
    decision: Decision
    reason: str


@dataclass(frozen=True)
class CaseDiagnosis:
    """A standing diagnosis with its questions."""

    code: str
    title: str
    detail: str
    marks: tuple[str, ...]
    suspected: bool
    on: dt.date
    by: str
    findings: tuple[CaseFinding, ...]


@dataclass(frozen=True)
class CaseVersion:
    """One version of the conclusion: label and value in the same order for all, to stand side by side."""

    number: str
    version: int
    current: bool
    uid: UUID
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class CaseCenter:
    """What the rule says about the center of occupational pathology."""

    due: bool
    on: dt.date | None
    texts: tuple[str, ...]


@dataclass(frozen=True)
class CaseGiven:
    """The conclusion in force: a new version begins from it."""

    contraindicated: tuple[str, ...]
    health_group: str
    needs: tuple[str, ...]
    advice: str


@dataclass(frozen=True)
class Case:
    """Everything on the left side of the conclusion."""

    lines: tuple[CaseLine, ...]
    diagnoses: tuple[CaseDiagnosis, ...]
    versions: tuple[CaseVersion, ...]
    center: CaseCenter
    codes: tuple[tuple[str, str], ...]
    given: CaseGiven | None = None

    @property
    def open_questions(self) -> int:
        """Count the questions nobody has decided."""
        found = (finding for diagnosis in self.diagnoses for finding in diagnosis.findings)
        return sum(finding.decision == Decision.OPEN for finding in found)

    @property
    def confirmed(self) -> tuple[str, ...]:
        """Return the factors and works of the confirmed contraindications."""
        found = {
            code
            for diagnosis in self.diagnoses
            for finding in diagnosis.findings
            if finding.decision == Decision.CONFIRMED
            for code, _ in finding.codes
        }
        return tuple(code for code, _ in self.codes if code in found)

    @property
    def suspected(self) -> bool:
        """Tell whether an occupational disease is suspected."""
        return any(diagnosis.suspected for diagnosis in self.diagnoses)

    @property
    def deviating(self) -> int:
        """Count the lines to look at."""
        return sum(line.deviates for line in self.lines)


def as_text(value: Any) -> str:
    """Write a stored value as it was typed: a comma in numbers."""
    if isinstance(value, float):
        return f"{value:g}".replace(".", ",")
    return str(value)
