"""Spreadsheets of the lists people take away."""

import datetime as dt
import io
from collections.abc import Iterable, Sequence

import xlsxwriter

NARROW, WIDE = 14, 36
OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


def sheet_write(title: str, headers: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Write one table; memory stays flat however many rows come."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, OPTIONS) as book:
        page = book.add_worksheet("Список")
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        day = book.add_format({"num_format": "dd.mm.yyyy", "align": "left"})
        page.write_string(0, 0, title, bold)
        page.freeze_panes(2, 0)
        page.set_column(0, len(headers) - 1, NARROW)
        page.set_column(0, 0, WIDE)
        for column, header in enumerate(headers):
            page.write_string(1, column, header, bold)
        for number, row in enumerate(rows, 2):
            for column, cell in enumerate(row):
                if isinstance(cell, dt.date):
                    page.write_datetime(number, column, cell, day)
                elif cell not in ("", None):
                    page.write(number, column, cell)
    return stream.getvalue()
