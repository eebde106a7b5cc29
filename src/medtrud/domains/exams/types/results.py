"""What a doctor, a laboratory or another system hands in for one line of a visit."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID


@dataclass(frozen=True)
class NewDiagnosis:
    """A diagnosis by ICD-10 with what the act and the contraindications need to know of it."""

    code: str
    detail: str = ""
    first_time: bool = False
    chronic: bool = False
    nature: str = "somatic"


@dataclass(frozen=True)
class NewResult:
    """The result of one line; `kind` and `code` name the line where no line uid is given."""

    performed_on: dt.date
    values: Mapping[str, Any] = field(default_factory=dict)
    text: str = ""
    diagnoses: tuple[NewDiagnosis, ...] = ()
    kind: str = ""
    code: str = ""
    staff: UUID | None = None
    source: str = "form"


@dataclass(frozen=True)
class CheckedValues:
    """Values read by the form of the day: typed, with the deviations from the norms marked."""

    form: str
    values: dict[str, Any]
    flags: dict[str, str]


@dataclass(frozen=True)
class NewConclusion:
    """What the chairman decides; everything else of the conclusion is taken from the data."""

    health_group: str
    contraindicated: tuple[str, ...] = ()
    further_exam: bool = False
    center: bool = False
    outpatient: bool = False
    inpatient: bool = False
    sanatorium: bool = False
    dispensary: bool = False
    advice: str = ""
    override_reason: str = ""
    change_reason: str = ""
