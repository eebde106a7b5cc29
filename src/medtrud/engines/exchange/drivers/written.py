"""Spreadsheets we write: rows with errors to be corrected, and an empty form to be filled in."""

import datetime as dt
import io
from collections.abc import Iterable, Sequence

import xlsxwriter

from ..types import Cell, Column

WIDTH, WIDE = 18, 60
FILL = "#fff4d6"


def rows_write(
    headers: Sequence[str], rows: Iterable[Sequence[Cell]], *, marked: str = "", sheet: str = "Список"
) -> bytes:
    """Write a table; the last column, `marked`, stands out."""
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as book:
        page = book.add_worksheet(sheet)
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        day = book.add_format({"num_format": "dd.mm.yyyy"})
        note = book.add_format({"bg_color": FILL, "text_wrap": True})
        page.set_column(0, len(headers) - 1, WIDTH)
        page.freeze_panes(1, 0)
        for column, header in enumerate(headers):
            page.write_string(0, column, header, bold)
        if marked:
            page.set_column(len(headers), len(headers), WIDE)
            page.write_string(0, len(headers), marked, bold)
        for number, row in enumerate(rows, 1):
            for column, cell in enumerate(row):
                if isinstance(cell, dt.date):
                    page.write_datetime(number, column, cell, day)
                elif cell != "":
                    page.write(number, column, cell, note if marked and column == len(headers) else None)
    return stream.getvalue()


def form_write(columns: Sequence[Column]) -> bytes:
    """Write an empty form: headers, a line with hints, a line with an example."""
    shown = [column for column in columns if not column.family]
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False}) as book:
        page = book.add_worksheet("Список")
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        need = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": FILL})
        text = book.add_format({"num_format": "@"})
        page.freeze_panes(1, 0)
        for number, column in enumerate(shown):
            page.set_column(number, number, WIDTH, text)
            page.write_string(0, number, column.title, need if column.required else bold)
            page.write_string(1, number, column.example, text)
        about = book.add_worksheet("Пояснения")
        about.set_column(0, 2, WIDE // 2)
        for number, column in enumerate(shown):
            about.write_row(number, 0, [column.title, "обязательный" if column.required else "", column.hint])
    return stream.getvalue()
