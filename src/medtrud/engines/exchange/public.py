"""The door of exchange."""

from .actions import import_check, import_commit, import_undo, import_upload, limit_set
from .models import Import
from .queries import (
    import_of,
    imports,
    origin_of,
    problem_text,
    problems,
    target_declare,
    target_of,
    targets,
)

__all__ = [
    "Import",
    "import_check",
    "import_commit",
    "import_of",
    "import_undo",
    "import_upload",
    "imports",
    "limit_set",
    "origin_of",
    "problem_text",
    "problems",
    "target_declare",
    "target_of",
    "targets",
]
