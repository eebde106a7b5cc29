"""What exams tell the storeys above: uids, keys and dates, no names, no diagnoses."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class ReferralsIssued:
    """Referrals were issued, one or a whole list; `person` stands only when it is one."""

    employer: int
    clinic: int
    on: dt.date
    count: int
    person: int | None = None
    referral: UUID | None = None
    account: int | None = None  # who issued them


@dataclass(frozen=True)
class RollApproved:
    """An employer has approved the named list of a campaign."""

    campaign: UUID
    employer: int
    on: dt.date
    account: int | None


@dataclass(frozen=True)
class ConclusionGiven:
    """A conclusion was signed, the first or a new version."""

    conclusion: UUID
    exam: UUID
    person: int
    employer: int
    clinic: int
    on: dt.date
    version: int


@dataclass(frozen=True)
class FinalActClosed:
    """A final act was closed, the first or a new version."""

    act: UUID
    campaign: UUID
    employer: int
    clinic: int
    on: dt.date
    version: int
