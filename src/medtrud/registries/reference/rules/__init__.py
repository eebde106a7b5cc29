"""Rules of reference: comparison of editions, spellings of codes, the calendar of working days; pure."""

from .books import code_spellings, difference, is_actual, is_choosable, repeated, words_query
from .calendar import calendar_from, calendar_problems

__all__ = [
    "calendar_from",
    "calendar_problems",
    "code_spellings",
    "difference",
    "is_actual",
    "is_choosable",
    "repeated",
    "words_query",
]
