"""The register of a month on paper."""

from dataclasses import dataclass


@dataclass(frozen=True)
class SheetForm:
    """Who got what in a month."""

    employer: str
    month: str
    cautions: tuple[str, ...]
    rows: tuple[tuple[str, str, str, str, str], ...]
