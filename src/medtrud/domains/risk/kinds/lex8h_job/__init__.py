"""Level of the day from samples of a job or of the whole day."""

from ...rules import model
from ...rules.noise import energy_mean, level_outcome, over_day
from ...types import Book, Facts, Outcome


def rule(facts: Facts, book: Book) -> Outcome:
    """Return the level of the day."""
    return level_outcome(over_day(energy_mean(facts["samples"]), facts["effective_hours"]))


MODEL = model(__file__, rule)
