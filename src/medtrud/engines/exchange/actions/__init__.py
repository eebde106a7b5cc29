"""What a person does with an import, and what the worker does for him."""

from .person import import_check, import_commit, import_undo, import_upload, limit_reset, limit_set
from .worker import import_work

__all__ = [
    "import_check",
    "import_commit",
    "import_undo",
    "import_upload",
    "import_work",
    "limit_reset",
    "limit_set",
]
