"""Reading safety."""

from .incidents import (
    GOING,
    audits,
    incident_late,
    incident_of,
    incidents,
    incidents_overdue,
    leaves_unexplained,
    members_of,
    sick_leave_of,
)
from .indicators import Indicators, Month, indicators
from .measures import Effect, effect_of, measure_of, measures, overdue, readings_of

__all__ = [
    "GOING",
    "Effect",
    "Indicators",
    "Month",
    "audits",
    "effect_of",
    "incident_late",
    "incident_of",
    "incidents",
    "incidents_overdue",
    "indicators",
    "leaves_unexplained",
    "measure_of",
    "measures",
    "members_of",
    "overdue",
    "readings_of",
    "sick_leave_of",
]
