"""SCORE2: fatal and non-fatal events, 40 to 69 years."""

from ...rules import model
from ...rules.heart import score2_outcome
from ...types import Book, Facts, Outcome


def rule(facts: Facts, book: Book) -> Outcome:
    """Return the risk of an event in ten years."""
    return score2_outcome(facts, book, older=False)


MODEL = model(__file__, rule)
