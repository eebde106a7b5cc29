"""How one signs that he knows a document."""

from enum import StrEnum


class How(StrEnum):
    """The kind of signature under a line of a sheet."""

    SIMPLE = "simple"
    QUALIFIED = "qualified"
    PAPER = "paper"

    @property
    def title_ru(self) -> str:
        """Return the kind as a reader calls it."""
        return {
            "simple": "простая электронная подпись",
            "qualified": "квалифицированная подпись",
            "paper": "на бумаге",
        }[self.value]
