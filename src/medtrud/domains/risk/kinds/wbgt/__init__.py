"""Wet-bulb globe temperature."""

from ...rules import model
from ...types import Book, Facts, Missing, Outcome


def rule(facts: Facts, book: Book) -> Outcome:
    """Return the index; in the sun the air temperature is needed too."""
    shares = book["shares"]["sun" if facts["solar"] else "shade"]
    if absent := [name for name in shares if facts.get(name) is None]:
        raise Missing(*absent)
    return Outcome(sum(share * facts[name] for name, share in shares.items()))


MODEL = model(__file__, rule)
