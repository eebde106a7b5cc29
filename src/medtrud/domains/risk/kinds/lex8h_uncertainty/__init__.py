"""Expanded uncertainty of the level of the day."""

from ...rules import model
from ...rules.noise import uncertainty
from ...types import Book, Facts, Missing, Outcome


def rule(facts: Facts, book: Book) -> Outcome:
    """Return the uncertainty; each strategy needs its own measurements."""
    wanted = ("tasks",) if facts["strategy"] == "task" else ("samples", "effective_hours")
    if absent := [name for name in wanted if not facts.get(name)]:
        raise Missing(*absent)
    return uncertainty(facts, book)


MODEL = model(__file__, rule)
