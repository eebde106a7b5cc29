"""Writing safety."""

from .incidents import (
    audit_add,
    incident_add,
    incident_change,
    incident_close,
    investigation_open,
    leave_link,
    member_add,
)
from .measures import (
    measure_add,
    measure_cancel,
    measure_change,
    measure_done,
    measure_start,
    reading_add,
)

__all__ = [
    "audit_add",
    "incident_add",
    "incident_change",
    "incident_close",
    "investigation_open",
    "leave_link",
    "measure_add",
    "measure_cancel",
    "measure_change",
    "measure_done",
    "measure_start",
    "member_add",
    "reading_add",
]
