"""What a protocol of production control says."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class ValueIn:
    """One measured value: a point or an operation of a workplace."""

    workplace: int
    code: str
    value: float
    unit: str
    substance: str = ""
    point: str = ""
    norm_min: float | None = None
    norm_max: float | None = None
    uncertainty: float | None = None
    hours: float | None = None  # of the shift, at this point or operation
    category: str = ""  # of physical load: the air a worker needs
    shifts: int | None = None  # a year
    sheet: str = ""
    row: int | None = None


@dataclass(frozen=True)
class InstrumentIn:
    """What was measured with; verified_until is the last day of the verification."""

    title: str
    serial: str = ""
    certificate: str = ""
    verified_until: dt.date | None = None


@dataclass(frozen=True)
class ProtocolIn:
    """A protocol as the laboratory gives it."""

    number: str
    measured_on: dt.date
    laboratory: str
    values: tuple[ValueIn, ...]
    instruments: tuple[InstrumentIn, ...] = ()
    issued_on: dt.date | None = None
    accreditation: str = ""
    file: UUID | None = None
    sheet: str = ""
    row: int | None = None


@dataclass(frozen=True)
class ControlLineIn:
    """A line of the programme of production control."""

    workplace: int
    code: str
    period_months: int
    substance: str = ""
    method: str = ""
    basis: str = ""


@dataclass(frozen=True)
class Level:
    """The shift level that follows from the values of one workplace and factor in one document."""

    value: float
    unit: str
    norm_min: float | None
    norm_max: float | None
    uncertainty: float | None
    category: str
    shifts: int | None
    exceeded: bool
    steps: tuple[str, ...]
