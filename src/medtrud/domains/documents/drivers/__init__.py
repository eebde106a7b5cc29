"""Workbooks of registers, texts of files, and containers of the archive."""

from .registers import register_write
from .texts import text_of

__all__ = ["register_write", "text_of"]
