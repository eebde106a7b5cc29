"""Energy mean of noise over the years."""

from ...rules import model
from ...rules.rates import energy
from ...types import Book, Facts, Outcome


def rule(facts: Facts, book: Book) -> Outcome:
    """Return the mean level."""
    return Outcome(energy(facts["periods"]))


MODEL = model(__file__, rule)
