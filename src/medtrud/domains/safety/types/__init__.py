"""What crosses the border of safety."""

from .incidents import (
    INCIDENT_KINDS,
    INCIDENT_STATES,
    ROLES,
    SEVERITIES,
    IncidentKind,
    IncidentOpened,
    IncidentState,
    NewAudit,
    NewIncident,
    NewMember,
    Severity,
)
from .law import Control, causes, controls, deadline_of
from .measures import (
    MEASURE_STATES,
    MeasureDone,
    MeasureState,
    Moment,
    NewMeasure,
    NewReading,
)

__all__ = [
    "INCIDENT_KINDS",
    "INCIDENT_STATES",
    "MEASURE_STATES",
    "ROLES",
    "SEVERITIES",
    "Control",
    "IncidentKind",
    "IncidentOpened",
    "IncidentState",
    "MeasureDone",
    "MeasureState",
    "Moment",
    "NewAudit",
    "NewIncident",
    "NewMeasure",
    "NewMember",
    "NewReading",
    "Severity",
    "causes",
    "controls",
    "deadline_of",
]
