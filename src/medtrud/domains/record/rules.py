"""Where things stand on the trajectory: pure geometry of forty years on one sheet."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .types import Bar, Lane, Mark

WIDTH, LABEL, RIGHT = 1040, 130, 16
TOP, ROW, BAR, MARK_ROW, GAP = 26, 30, 24, 32, 5
LETTER = 6.4  # width of a letter in a bar, at the size of the style sheet
TICKS = 14
STEPS = (1, 2, 5, 10, 20)
ROWS = 6  # rows of a lane that are drawn; the table has all
YEAR = 365.2425


@dataclass(frozen=True)
class DrawnBar:
    """A bar with its place."""

    x: float
    y: float
    width: float
    text: str
    level: str
    bar: Bar


@dataclass(frozen=True)
class DrawnMark:
    """A mark with its place; its form tells the tone as well, so that colour is not alone."""

    x: float
    y: float
    mark: Mark


@dataclass(frozen=True)
class DrawnLane:
    """A lane with its place."""

    lane: Lane
    y: float
    height: float
    bars: tuple[DrawnBar, ...]
    marks: tuple[DrawnMark, ...]
    hidden: int

    @property
    def middle(self) -> float:
        """Return where the title stands."""
        return self.y + min(self.height, ROW) / 2 + 4


@dataclass(frozen=True)
class Drawing:
    """The whole sheet."""

    width: int
    height: float
    ticks: tuple[tuple[float, int], ...]
    lanes: tuple[DrawnLane, ...]
    now: float


def drawing(lanes: Sequence[Lane], on: dt.date) -> Drawing | None:
    """Place the lanes between the first event and the end of the year of the day."""
    days = [bar.since for lane in lanes for bar in lane.bars] + [m.on for lane in lanes for m in lane.marks]
    if not days:
        return None
    first = min(*days, on).year
    last = max(*days, on).year + 1
    scale = (WIDTH - LABEL - RIGHT) / (last - first)

    def place(day: dt.date) -> float:
        into = (day - dt.date(day.year, 1, 1)).days / YEAR
        return round(LABEL + (day.year - first + into) * scale, 1)

    drawn, y = [], float(TOP)
    for lane in lanes:
        found = _lane(lane, y, place(on), place)
        drawn.append(found)
        y += found.height + GAP
    step = next((s for s in STEPS if (last - first) / s <= TICKS), STEPS[-1])
    ticks = tuple((place(dt.date(year, 1, 1)), year) for year in range(first, last + 1) if year % step == 0)
    return Drawing(WIDTH, y + GAP, ticks, tuple(drawn), place(on))


def _lane(lane: Lane, y: float, now: float, place: Callable[[dt.date], float]) -> DrawnLane:
    if not lane.bars:
        marks = tuple(DrawnMark(place(mark.on), y + MARK_ROW / 2, mark) for mark in lane.marks)
        return DrawnLane(lane, y, MARK_ROW, (), marks, 0)
    ends: list[float] = []  # where the last bar of each row ends
    bars, hidden = [], 0
    for bar in sorted(lane.bars, key=lambda bar: bar.since):
        x = place(bar.since)
        width = max((place(bar.until) if bar.until else now) - x, 3.0)
        row = next((n for n, end in enumerate(ends) if end <= x + 0.5), len(ends))
        if row >= ROWS:
            hidden += 1
            continue
        ends[row : row + 1] = [x + width]
        bars.append(DrawnBar(x, y + row * ROW + 3, width - 1.0, _fit(bar, width), bar.level, bar))
    return DrawnLane(lane, y, len(ends) * ROW, tuple(bars), (), hidden)


def _fit(bar: Bar, width: float) -> str:
    """Return as much of the words as the bar holds."""
    room = int((width - 14) / LETTER)
    if len(bar.title) <= room:
        return bar.title
    if bar.short and len(bar.short) <= room:
        return bar.short
    return f"{bar.title[: room - 1].rstrip()}…" if room > 5 else ""  # noqa: PLR2004 - fewer letters say nothing
