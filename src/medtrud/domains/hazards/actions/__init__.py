"""Writing factors and classes of workplaces; taking staff lists in."""

from .factors import factors_set, factors_set_many, factors_undo, harmful_periods_add_many
from .staff import staff_import, staff_undo

__all__ = [
    "factors_set",
    "factors_set_many",
    "factors_undo",
    "harmful_periods_add_many",
    "staff_import",
    "staff_undo",
]
