"""Spreadsheets from outside: what kind of file it is, its sheets, its rows. No tables."""

from .books import Book, Sheet, book_open, size_check
from .merged import Downwards

__all__ = ["Book", "Downwards", "Sheet", "book_open", "size_check"]
