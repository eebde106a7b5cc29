"""Writing safety."""

from .incidents import (
    audit_add,
    incident_add,
    incident_annul,
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
from .nutrition import nutrition_end, nutrition_grant, nutrition_issue
from .ppe import (
    ppe_certificate_add,
    ppe_issue,
    ppe_item_add,
    ppe_item_close,
    ppe_move,
    ppe_norm_set,
    ppe_sizes_set,
)
from .taking import incidents_import, incidents_import_undo, measures_import, measures_import_undo
from .taking_lists import (
    nutrition_import,
    nutrition_import_undo,
    ppe_items_import,
    ppe_items_import_undo,
)
from .taking_ppe import (
    ppe_issues_import,
    ppe_issues_import_undo,
    ppe_norms_import,
    ppe_norms_import_undo,
)

__all__ = [
    "audit_add",
    "incident_add",
    "incident_annul",
    "incident_change",
    "incident_close",
    "incidents_import",
    "incidents_import_undo",
    "investigation_open",
    "leave_link",
    "measure_add",
    "measure_cancel",
    "measure_change",
    "measure_done",
    "measure_start",
    "measures_import",
    "measures_import_undo",
    "member_add",
    "nutrition_end",
    "nutrition_grant",
    "nutrition_import",
    "nutrition_import_undo",
    "nutrition_issue",
    "ppe_certificate_add",
    "ppe_issue",
    "ppe_issues_import",
    "ppe_issues_import_undo",
    "ppe_item_add",
    "ppe_item_close",
    "ppe_items_import",
    "ppe_items_import_undo",
    "ppe_move",
    "ppe_norm_set",
    "ppe_norms_import",
    "ppe_norms_import_undo",
    "ppe_sizes_set",
    "reading_add",
]
