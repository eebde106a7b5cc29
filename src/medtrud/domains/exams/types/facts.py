"""What a rule may know about a worker."""

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple


class FactorFacts(NamedTuple):
    """One factor or work of the worker; a named tuple, because programmes are remembered by it.

    markers: letters stated outright ("" - known to carry none), None - not stated; substances bring
    their own letters; with neither, all letters of the row count. exposures: answers to the
    questions of the table `exposures`; what is not answered stays unknown.
    """

    code: str
    substances: tuple[str, ...] = ()
    markers: str | None = None
    exposures: tuple[tuple[str, bool], ...] = ()
    sout_class: str = ""


class Service(NamedTuple):
    """A period of work in one total class of conditions; until is the first day no longer."""

    since: dt.date
    until: dt.date | None = None
    sout_class: str = ""


class Earlier(NamedTuple):
    """A documented result or a specialist's conclusion from another occasion."""

    name: str
    on: dt.date
    source: str = ""
    clinic: str = ""
    document: str = ""
    payer: str = ""


class PolicyChoice(NamedTuple):
    """A local decision where the order is silent (table `policy`), with its author, date and basis.

    name: a row of the table, `periodicity:<code>` or `local_code:<local code>`.
    """

    name: str
    value: str
    author: str = ""
    on: dt.date | None = None
    basis: str = ""


class Repeat(NamedTuple):
    """A doctor's decision to repeat a line in spite of an earlier result."""

    line: str
    text: str


class Change(NamedTuple):
    """A change of the commission, kept as a layer above the computed programme (п. 28)."""

    line: str
    add: bool
    reason: str
    author: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything a rule may know about a worker on the day of the examination.

    sex: male | female. kind: periodic | preliminary | extraordinary. sout_class: the total class
    of the workplace, "" if unknown. flags: known facts named by the tables (diseases that lift a
    line, weapon_owner, pregnancy). indications: lines for which a doctor has set the indication.
    """

    sex: str
    birth_date: dt.date
    factors: tuple[FactorFacts, ...] = ()
    kind: str = "periodic"
    sout_class: str = ""
    service: tuple[Service, ...] = ()
    accident_on: dt.date | None = None
    last_exam: dt.date | None = None
    last_center: dt.date | None = None
    earlier: tuple[Earlier, ...] = ()
    indications: frozenset[str] = frozenset()
    repeats: tuple[Repeat, ...] = ()
    flags: frozenset[str] = frozenset()
    policy: tuple[PolicyChoice, ...] = ()
