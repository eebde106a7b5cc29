"""Reading imports."""

from .imports import (
    bad_numbers,
    earlier_copy,
    import_locked,
    import_of,
    imports,
    limit_line,
    limit_lines,
    limits,
    linked_records,
    memory,
    origin_of,
    problem_text,
    problems,
    problems_where,
    samples_of,
)
from .sheets import bad_rows, book_of, empty_form
from .targets import target_declare, target_of, targets, targets_elsewhere

__all__ = [
    "bad_numbers",
    "bad_rows",
    "book_of",
    "earlier_copy",
    "empty_form",
    "import_locked",
    "import_of",
    "imports",
    "limit_line",
    "limit_lines",
    "limits",
    "linked_records",
    "memory",
    "origin_of",
    "problem_text",
    "problems",
    "problems_where",
    "samples_of",
    "target_declare",
    "target_of",
    "targets",
    "targets_elsewhere",
]
