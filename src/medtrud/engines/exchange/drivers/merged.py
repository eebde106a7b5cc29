"""Cells merged downwards: one value for several rows."""

from collections.abc import Iterable

from ..types import Cell

Merged = Iterable[tuple[tuple[int, int], tuple[int, int]]]


class Downwards:
    """Carries the value of a merged cell into the rows it covers."""

    def __init__(self, merged: Merged, after: int) -> None:
        """Take the ranges below the header; rows are numbered from 1."""
        self.starts: dict[int, list[tuple[int, int]]] = {}
        self.held: dict[int, tuple[Cell, int]] = {}
        for (top, left), (bottom, _) in merged:
            if bottom > top and top + 1 > after:
                self.starts.setdefault(top + 1, []).append((left, bottom + 1))

    def fill(self, number: int, cells: list[Cell]) -> list[Cell]:
        """Return the row with the values that stand above it in merged cells."""
        for column, (value, last) in list(self.held.items()):
            if number > last:
                del self.held[column]
            elif column < len(cells) and cells[column] == "":
                cells[column] = value
        for column, last in self.starts.get(number, ()):
            if column < len(cells):
                self.held[column] = (cells[column], last)
        return cells
