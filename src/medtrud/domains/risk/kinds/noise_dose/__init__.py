"""Dose of noise by an exchange rate."""

from ...rules import model
from ...rules.noise import dose, of_day
from ...types import Book, Facts, Outcome


def rule(facts: Facts, book: Book) -> Outcome:
    """Return the dose, per cent."""
    of_day(sum(hours for _, hours in facts["exposures"]), "exposures")
    return Outcome(dose(facts["exposures"], facts["criterion"], facts["exchange"]))


MODEL = model(__file__, rule)
