"""Reading safety."""

from .incidents import (
    audits,
    incident_of,
    incidents,
    leaves_unexplained,
    members_of,
    sick_leave_of,
)
from .indicators import Indicators, Month, indicators
from .measures import Effect, effect_of, measure_of, measures, overdue, readings_of

__all__ = [
    "Effect",
    "Indicators",
    "Month",
    "audits",
    "effect_of",
    "incident_of",
    "incidents",
    "indicators",
    "leaves_unexplained",
    "measure_of",
    "measures",
    "members_of",
    "overdue",
    "readings_of",
    "sick_leave_of",
]
