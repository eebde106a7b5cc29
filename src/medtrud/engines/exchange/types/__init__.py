"""What upper modules declare to the import wizard, what it hands them, and how cells are read."""

from .declared import (
    STATES,
    Cell,
    Column,
    Guess,
    Level,
    Limits,
    Option,
    Origin,
    Outcome,
    Place,
    Source,
    State,
    Taken,
    Target,
)
from .values import Unreadable, cyrillic, date_of, plain, whole

__all__ = [
    "STATES",
    "Cell",
    "Column",
    "Guess",
    "Level",
    "Limits",
    "Option",
    "Origin",
    "Outcome",
    "Place",
    "Source",
    "State",
    "Taken",
    "Target",
    "Unreadable",
    "cyrillic",
    "date_of",
    "plain",
    "whole",
]
