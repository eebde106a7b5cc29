"""Spreadsheets from outside: what kind of file it is, its sheets, its rows. No tables."""

from .books import Book, Sheet, book_open

__all__ = ["Book", "Sheet", "book_open"]
