"""Writing factors and classes of workplaces; taking staff lists in."""

from .factors import factors_set, factors_set_many, factors_undo, harmful_periods_add_many
from .staff import staff_import, staff_undo
from .workplace import class_set, factor_end, factor_set

__all__ = [
    "class_set",
    "factor_end",
    "factor_set",
    "factors_set",
    "factors_set_many",
    "factors_undo",
    "harmful_periods_add_many",
    "staff_import",
    "staff_undo",
]
