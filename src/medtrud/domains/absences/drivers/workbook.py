"""A workbook of several tables."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

import xlsxwriter

WIDE, NARROW = 48, 15
ILLEGAL = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


@dataclass(frozen=True)
class Sheet:
    """One table with its title and remarks."""

    name: str
    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[object]]
    notes: Sequence[str] = ()


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """Write the tables, one per sheet."""
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        tenth = book.add_format({"num_format": "0.0"})
        for sheet in sheets:
            page = book.add_worksheet(sheet.name.translate(ILLEGAL)[:31])
            page.write_string(0, 0, sheet.title, bold)
            page.set_column(0, 0, WIDE)
            page.set_column(1, max(len(sheet.head) - 1, 1), NARROW)
            for column, title in enumerate(sheet.head):
                page.write_string(2, column, title, bold)
            for number, row in enumerate(sheet.rows, 3):
                for column, cell in enumerate(row):
                    if cell is None or cell == "":
                        continue
                    page.write(number, column, cell, tenth if isinstance(cell, float) else None)
            for number, note in enumerate(sheet.notes, len(sheet.rows) + 4):
                page.write_string(number, 0, note)
    return stream.getvalue()
