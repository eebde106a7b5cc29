"""Level brought to a day of eight hours."""

from ...rules import model
from ...rules.noise import level_outcome, over_day
from ...types import Book, Facts, Outcome


def rule(facts: Facts, book: Book) -> Outcome:
    """Return the level of the day."""
    return level_outcome(over_day(facts["laeq"], facts["hours"]))


MODEL = model(__file__, rule)
