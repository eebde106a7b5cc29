"""Workbooks of registers."""

import io

import xlsxwriter

from ..types.registers import RegisterForm

WIDTH = 24
OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


def register_write(form: RegisterForm) -> bytes:
    """Write a register: the same columns and lines as on paper."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, OPTIONS) as book:
        page = book.add_worksheet("Журнал")
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        page.write_string(0, 0, f"{form.title}. {form.organization}, {form.period}", bold)
        page.freeze_panes(2, 0)
        page.set_column(0, len(form.head) - 1, WIDTH)
        for column, title in enumerate(form.head):
            page.write_string(1, column, title, bold)
        for number, row in enumerate(form.rows, 2):
            for column, cell in enumerate(row):
                page.write_string(number, column, cell, wrap)
    return stream.getvalue()
