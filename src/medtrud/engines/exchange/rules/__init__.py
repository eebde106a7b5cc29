"""Pure recognition of headers and reading of cells."""

from .headers import header_key, likeness, recognise
from .values import Unreadable, cyrillic, date_of, plain, whole

__all__ = [
    "Unreadable",
    "cyrillic",
    "date_of",
    "header_key",
    "likeness",
    "plain",
    "recognise",
    "whole",
]
