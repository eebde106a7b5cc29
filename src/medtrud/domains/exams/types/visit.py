"""What a visit looks like to the clinic: lines with their results and reasons, ready to be shown."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from .states import LineState


@dataclass(frozen=True)
class ShownValue:
    """One value of a result in words."""

    label: str
    value: str
    flag: str = ""


@dataclass(frozen=True)
class ShownResult:
    """One version of a result."""

    version: int
    on: dt.date
    written_at: dt.datetime
    by: str
    normal: bool
    text: str
    values: tuple[ShownValue, ...]

    @property
    def short(self) -> str:
        """Return what deviates, or that nothing does."""
        found = [f"{value.label}: {value.value} ({value.flag})" for value in self.values if value.flag]
        return "; ".join(found) or self.text or ("без отклонений" if self.normal else "см. диагноз")


@dataclass(frozen=True)
class ShownLine:
    """A line of the programme with everything about it; the newest result first."""

    uid: UUID
    kind: str
    title: str
    condition: str
    performer: str
    state: LineState
    done_on: dt.date | None
    credited: dict[str, Any] | None
    changed_reason: str
    reasons: tuple[dict[str, Any], ...]
    results: tuple[ShownResult, ...]

    @property
    def open(self) -> bool:
        """Tell whether a result is waited for."""
        return self.state in (LineState.DUE, LineState.UNKNOWN_EXPOSURE)

    @property
    def result(self) -> ShownResult | None:
        """Return the result in force."""
        return self.results[0] if self.results else None


@dataclass(frozen=True)
class Place:
    """A performer with the lines that wait there: a doctor, a room, the laboratory."""

    code: str
    title: str
    waiting: int = 0
