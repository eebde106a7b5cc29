"""The door of the record."""

from .actions import entries_add_many, entry_add, entry_open
from .queries import entries_about, timeline_for

__all__ = ["entries_about", "entries_add_many", "entry_add", "entry_open", "timeline_for"]
