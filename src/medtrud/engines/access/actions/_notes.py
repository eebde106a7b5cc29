"""What happened goes to the journal."""

from medtrud.engines.journal.public import record

__all__ = ["record"]
