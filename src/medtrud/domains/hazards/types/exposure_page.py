"""An exposure as a page and a printed extract show it: words only."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class FigureRow:
    """A figure and how it was counted."""

    title: str
    value: str
    unit: str
    formula: str
    steps: tuple[str, ...]
    basis: str
    note: str
    tone: str


@dataclass(frozen=True)
class PeriodRow:
    """A stretch with its place and document."""

    since: dt.date
    last: dt.date
    where: str
    days: str
    off: str
    parallel: str
    sout_class: str
    level: str
    document: str


@dataclass(frozen=True)
class FactorRowShown:
    """One factor: its figures, periods, gaps."""

    code: str
    title: str
    measured: bool
    plain: str
    main: FigureRow
    protected: str
    years: str
    harmful: str
    figures: tuple[FigureRow, ...]
    periods: tuple[PeriodRow, ...]
    gaps: tuple[str, ...]
    flags: tuple[str, ...]
