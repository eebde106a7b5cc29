"""Pure reading of staff lists: cells, factors, whole rows."""

from .staff_columns import COLUMNS
from .staff_rows import Problem, StaffReader, StaffRow

__all__ = ["COLUMNS", "Problem", "StaffReader", "StaffRow"]
