"""Files of this module: workbooks written, exchange XML read."""

from .eln import BadFileError, Fault, Leaf, eln_read
from .workbook import Sheet, workbook

__all__ = ["BadFileError", "Fault", "Leaf", "Sheet", "eln_read", "workbook"]
