"""Spreadsheets from outside: what kind of file it is, its sheets, its rows. No tables."""

from .books import Book, Sheet, book_open
from .merged import Downwards
from .written import form_write, rows_write

__all__ = ["Book", "Downwards", "Sheet", "book_open", "form_write", "rows_write"]
