"""SCORE2-OP: fatal and non-fatal events, 70 to 89 years."""

from ...rules import model
from ...rules.heart import score2_outcome
from ...types import Book, Facts, Outcome


def rule(facts: Facts, book: Book) -> Outcome:
    """Return the risk of an event in ten years."""
    return score2_outcome(facts, book, older=True)


MODEL = model(__file__, rule)
