"""Distributions of people by category: small numbers are not shown, and cannot be counted back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

SMALL = 5  # fewer people than this are not shown
HIDDEN = -1


@dataclass(frozen=True)
class GroupRow:
    """One group: how many people have each category; HIDDEN stands for a number that is not shown."""

    title: str
    counts: tuple[int, ...]
    total: int
    known: int
    tones: tuple[str, ...] = ()

    @property
    def shown(self) -> bool:
        """Tell whether anything of the row is shown."""
        return self.known != HIDDEN

    @property
    def cells(self) -> list[str]:
        """Return the numbers in words."""
        return ["меньше 5" if count == HIDDEN else str(count) for count in self.counts]

    @property
    def parts(self) -> list[tuple[float, float, str]]:
        """Return place, width and tone of each share for a bar; nothing of a row with a hidden number."""
        if HIDDEN in self.counts or self.known <= 0:
            return []
        widths = [100 * count / self.known for count in self.counts]
        places = [round(sum(widths[:n]), 2) for n in range(len(widths))]
        return [(x, round(w, 2), t) for x, w, t in zip(places, widths, self.tones, strict=True)]


def distribution(title: str, found: Mapping[str, int], categories: Mapping[str, str], total: int) -> GroupRow:
    """Return one row by the tones of its categories.

    A number from 1 to 4 is hidden, and the next smallest with it, so that it is not counted back.
    """
    tones = tuple(categories.values())
    counts = [found.get(category, 0) for category in categories]
    known = sum(counts)
    if 0 < known < SMALL:
        return GroupRow(title, (HIDDEN,) * len(counts), total, HIDDEN, tones)
    small = {n for n, count in enumerate(counts) if 0 < count < SMALL}
    if len(small) == 1:
        others = sorted((count, n) for n, count in enumerate(counts) if n not in small and count)
        small |= {n for _, n in others[:1]}
    hidden = tuple(HIDDEN if n in small else count for n, count in enumerate(counts))
    return GroupRow(title, hidden, total, known, tones)


def apart(rows: Sequence[GroupRow]) -> list[GroupRow]:
    """Hide a second row where one alone is hidden: the sum over all would give it away."""
    hidden = [row for row in rows if not row.shown]
    whole = [row for row in rows if row.shown and row.known]
    if len(hidden) != 1 or not whole:
        return list(rows)
    least = min(whole, key=lambda row: row.known)
    more = GroupRow(least.title, (HIDDEN,) * len(least.counts), least.total, HIDDEN, least.tones)
    return [more if row is least else row for row in rows]


def level_of(status: str, tone: str, level: str) -> str:
    """Return the level of prevention a forecast calls for.

    Первичная – болезни нет; вторичная – ранние признаки, высокая категория; третичная – болезнь есть.
    """
    if status == "not_applicable":
        return "tertiary"
    if tone == "bad" or (level == "secondary" and tone == "warn"):
        return "secondary"
    return "primary"
