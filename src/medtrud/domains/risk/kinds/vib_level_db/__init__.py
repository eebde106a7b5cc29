"""Level of acceleration."""

import math

from ...rules import model
from ...types import Book, Facts, Outcome


def rule(facts: Facts, book: Book) -> Outcome:
    """Return the level, dB."""
    return Outcome(20 * math.log10(facts["a"] / book["reference"]["a"]))


MODEL = model(__file__, rule)
