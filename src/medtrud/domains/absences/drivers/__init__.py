"""Files of this module: workbooks written, exchange XML read."""

from .workbook import Sheet, workbook

__all__ = ["Sheet", "workbook"]
