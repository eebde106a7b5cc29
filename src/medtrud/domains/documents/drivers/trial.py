"""What is gathered about one container on the way to its verdict."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from ..types.archive import BrokenError, Fault, Finding, Judge, Listed
from .vessel import Vessel


@dataclass
class Trial:
    """What is gathered about one container."""

    vessel: Vessel
    judge: Judge
    at: dt.datetime
    findings: list[Finding] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    listed: dict[str, Listed] = field(default_factory=dict)
    roots: dict[str, etree._Element] = field(default_factory=dict)
    trust: Any = None
    signatures: list[Mapping[str, Any]] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)
    sealed_at: dt.datetime | None = None

    def say(self, fault: Fault, path: str = "", more: str = "") -> None:
        """Keep a finding."""
        self.findings.append(Finding(fault, path, more))

    def guard(self, step: Callable[[], None]) -> None:
        """Take one step; what cannot be read is a finding."""
        try:
            step()
        except BrokenError as broken:
            self.findings.append(broken.finding)

    def role(self, *roles: str) -> list[Listed]:
        """Return the files of these roles that are there."""
        return [one for one in self.listed.values() if one.role in roles and one.path in self.vessel.sizes]


class Kept:
    """Turn what cannot be read into a finding and go on."""

    def __init__(self, trial: Trial) -> None:
        self.trial = trial

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> bool:
        """Keep the finding."""
        if isinstance(error, BrokenError):
            self.trial.findings.append(error.finding)
            return True
        return False
