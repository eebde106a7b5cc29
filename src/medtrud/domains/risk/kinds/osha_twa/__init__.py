"""Time-weighted level of OSHA."""

import math

from ...rules import model
from ...rules.noise import level_outcome
from ...types import Book, Facts, Outcome


def rule(facts: Facts, book: Book) -> Outcome:
    """Return the level."""
    table = book["osha"]
    return level_outcome(table["level"] + table["slope"] * math.log10(facts["dose"] / 100))


MODEL = model(__file__, rule)
