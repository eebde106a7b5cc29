"""Workbooks of registers, and containers of the archive."""

from .registers import register_write

__all__ = ["register_write"]
