"""Where things stand on the trajectory: pure geometry of forty years on one sheet, whole or zoomed."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .types import Bar, Lane, Mark, Point

RIGHT = 16
TOP, ROW, BAR, MARK_ROW, GAP = 26, 30, 24, 32, 5
CURVE, OVER, UNDER = 64, 22, 8  # room for the words over the highest value
BROAD, THIN, OFF = (
    frozenset("ЖМФШЩЫЮжмфшщыю"),
    frozenset(" .,:·1"),
    0.45,
)  # wider, narrower than a letter by OFF
LEAST = 4  # fewer letters of a title say nothing
TICKS = 14
STEPS = (1, 2, 5, 10, 20)
ROWS = 6  # rows of a lane that are drawn; the table has all
YEAR = 365.2425
OVER_POINT, UNDER_POINT = -7.0, 15.0  # where the words of a value stand
SIDE = 34.0  # words of a value nearer to an edge are drawn to the other side
NEAR = 20.0  # marks nearer than this are drawn as one
LETTER_YEAR = 46.0  # room a year needs on the axis
TONES = ("", "ok", "warn", "bad")  # the worst tone of several marks is the tone of all


@dataclass(frozen=True)
class Frame:
    """The sheet: its width, the room for titles at the left, or above each lane on a phone."""

    width: int
    label: int
    head: int = 0
    letter: float = 6.4  # width of a letter, at the size of the style sheet


WIDE = Frame(1040, 130)
NARROW = Frame(360, 8, 16, 6.7)
WIDTH, LABEL = WIDE.width, WIDE.label


@dataclass(frozen=True)
class Span:
    """The years that are shown, the last one not included."""

    first: int
    last: int

    def __str__(self) -> str:
        return f"{self.first}" if self.last - self.first == 1 else f"{self.first}–{self.last - 1}"

    def zoomed(self) -> "Span":
        """Return the middle half."""
        part = max((self.last - self.first) // 2, 1)
        first = self.first + (self.last - self.first - part + 1) // 2
        return Span(first, first + part)

    def widened(self, whole: "Span") -> "Span":
        """Return twice as many years, not more than the whole."""
        extra = max((self.last - self.first + 1) // 2, 1)
        return Span(max(self.first - extra, whole.first), min(self.last + extra, whole.last))

    def shifted(self, whole: "Span", direction: int) -> "Span":
        """Return the same number of years, half a sheet earlier or later."""
        years = self.last - self.first
        first = self.first + direction * max(years // 2, 1)
        first = max(min(first, whole.last - years), whole.first)
        return Span(first, first + years)

    def within(self, whole: "Span") -> "Span":
        """Return the part inside the whole, one year at least."""
        first = min(max(self.first, whole.first), whole.last - 1)
        return Span(first, max(min(self.last, whole.last), first + 1))


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
    tone: str
    count: int = 1
    span: Span | None = None  # where several marks stand, to look closer

    @property
    def title(self) -> str:
        """Return the words of the mark, or how many there are."""
        return f"{self.mark.on:%d.%m.%Y} {self.mark.title}" + (
            f" и ещё {self.count - 1}" if self.count > 1 else ""
        )


@dataclass(frozen=True)
class DrawnPoint:
    """A value with its place; `words` are drawn beside it, off the curve and the edges of the sheet."""

    x: float
    y: float
    point: Point
    words: str = ""
    side: str = "middle"
    words_y: float = 0.0


@dataclass(frozen=True)
class DrawnLane:
    """A lane with its place."""

    lane: Lane
    y: float
    height: float
    head: int
    bars: tuple[DrawnBar, ...] = ()
    marks: tuple[DrawnMark, ...] = ()
    points: tuple[DrawnPoint, ...] = ()
    hidden: int = 0
    limit: float | None = None  # the place of the bound of the norm

    @property
    def middle(self) -> float:
        """Return where the title stands."""
        return self.y - 4 if self.head else self.y + min(self.height, ROW) / 2 + 4

    @property
    def line(self) -> str:
        """Return the line through the points."""
        return " ".join(f"{each.x:.1f},{each.y:.1f}" for each in self.points)


@dataclass(frozen=True)
class Drawing:
    """The whole sheet."""

    width: int
    height: float
    left: int
    span: Span
    ticks: tuple[tuple[float, str], ...]
    lanes: tuple[DrawnLane, ...]
    now: float | None

    @property
    def right(self) -> int:
        """Return where the last year ends."""
        return self.width - RIGHT


def whole_of(lanes: Sequence[Lane], on: dt.date) -> Span | None:
    """Return the years between the first event and the end of the year of the day."""
    days = [bar.since for lane in lanes for bar in lane.bars]
    days += [mark.on for lane in lanes for mark in lane.marks]
    days += [point.on for lane in lanes for point in lane.points]
    return Span(min(*days, on).year, max(*days, on).year + 1) if days else None


def drawing(
    lanes: Sequence[Lane], on: dt.date, *, span: Span | None = None, frame: Frame = WIDE
) -> Drawing | None:
    """Place the lanes on the years of the span, or on the whole life."""
    whole = whole_of(lanes, on)
    if whole is None:
        return None
    shown = (span or whole).within(whole)
    sheet = _Sheet(shown, frame, on)
    drawn, y = [], float(TOP)
    for lane in lanes:
        found = sheet.lane(lane, y + frame.head)
        if found is not None:
            drawn.append(found)
            y += found.height + GAP + frame.head
    return Drawing(frame.width, y + GAP, frame.label, shown, sheet.ticks(), tuple(drawn), sheet.now)


class _Sheet:
    """Turns days into places."""

    def __init__(self, span: Span, frame: Frame, on: dt.date) -> None:
        self.span, self.frame, self.on = span, frame, on
        self.first, self.last = dt.date(span.first, 1, 1), dt.date(span.last, 1, 1)
        self.scale = (frame.width - frame.label - RIGHT) / (span.last - span.first)

    def place(self, day: dt.date) -> float:
        """Return the place of a day."""
        into = (day - dt.date(day.year, 1, 1)).days / YEAR
        return round(self.frame.label + (day.year - self.span.first + into) * self.scale, 1)

    @property
    def now(self) -> float | None:
        """Return the place of today when it is on the sheet."""
        return self.place(self.on) if self.first <= self.on < self.last else None

    def ticks(self) -> tuple[tuple[float, str], ...]:
        """Return the years of the axis, or quarters of a single year."""
        years = self.span.last - self.span.first
        most = min(TICKS, int((self.frame.width - self.frame.label) / LETTER_YEAR))
        if years == 1:
            quarters = [dt.date(self.span.first, month, 1) for month in (1, 4, 7, 10)]
            return tuple((self.place(day), f"{day:%m.%Y}") for day in quarters)
        step = next((s for s in STEPS if years / s <= most), STEPS[-1])
        return tuple(
            (self.place(dt.date(year, 1, 1)), str(year))
            for year in range(self.span.first, self.span.last + 1)
            if year % step == 0
        )

    def lane(self, lane: Lane, y: float) -> DrawnLane | None:
        """Return a lane as it is drawn; one without anything on these years is left out."""
        head = self.frame.head
        if lane.bars:
            bars, rows, hidden = self._bars(lane, y)
            return DrawnLane(lane, y, rows * ROW, head, bars, hidden=hidden) if bars else None
        if lane.points:
            return self._curve(lane, y, head)
        marks = tuple(_joined(self._marks(lane, y)))
        return DrawnLane(lane, y, MARK_ROW, head, marks=marks) if marks else None

    def _bars(self, lane: Lane, y: float) -> tuple[tuple[DrawnBar, ...], int, int]:
        ends: list[float] = []  # where the last bar of each row ends
        bars, hidden = [], 0
        for bar in sorted(lane.bars, key=lambda bar: bar.since):
            until = min(bar.until or self.on, self.last)
            if bar.since >= self.last or max(until, bar.since + dt.timedelta(days=1)) <= self.first:
                continue
            x = self.place(max(bar.since, self.first))
            end = self.place(until)
            width = max(end - x, 6.0)
            row = next((n for n, end in enumerate(ends) if end <= x + 0.5), len(ends))
            if row >= ROWS:
                hidden += 1
                continue
            ends[row : row + 1] = [end]  # short ones stand side by side even where they touch
            words = _fit(bar, (width - 14) / self.frame.letter)
            bars.append(DrawnBar(x, y + row * ROW + 3, max(width - 1.0, 2.0), words, bar.level, bar))
        return tuple(bars), len(ends), hidden

    def _marks(self, lane: Lane, y: float) -> list[DrawnMark]:
        shown = sorted((m for m in lane.marks if self.first <= m.on < self.last), key=lambda mark: mark.on)
        return [DrawnMark(self.place(mark.on), y + MARK_ROW / 2, mark, mark.tone) for mark in shown]

    def _curve(self, lane: Lane, y: float, head: int) -> DrawnLane | None:
        shown = [point for point in lane.points if self.first <= point.on < self.last]
        if not shown:
            return None
        values = [point.value for point in shown] + ([lane.limit] if lane.limit is not None else [])
        low, high = min(values), max(values)
        scale = (CURVE - OVER - UNDER) / ((high - low) or 1.0)

        def height(value: float) -> float:
            return round(y + CURVE - UNDER - (value - low) * scale, 1) if high > low else y + CURVE / 2

        last = len(shown) - 1
        heights = [height(point.value) for point in shown]
        points = tuple(
            DrawnPoint(
                self.place(point.on),
                heights[number],
                point,
                point.text if number in {0, last} else "",
                self._side(self.place(point.on), point.text, alone=last == 0),
                # the words stand left of their point: under it where the curve comes from above
                heights[number] + (UNDER_POINT if number > 0 and heights[-2] < heights[-1] else OVER_POINT),
            )
            for number, point in enumerate(shown)
        )
        limit = height(lane.limit) if lane.limit is not None else None
        return DrawnLane(lane, y, CURVE, head, points=points, limit=limit)

    def _side(self, x: float, words: str, *, alone: bool) -> str:
        """Words go to the left, where neither later points nor the line of today stand."""
        if x - self.frame.label < len(words) * self.frame.letter:
            return "start"
        return "middle" if alone and self.frame.width - RIGHT - x > SIDE else "end"


def _joined(marks: Sequence[DrawnMark]) -> list[DrawnMark]:
    """Join marks that would lie on one another; several point to the years they stand in."""
    found: list[list[DrawnMark]] = []
    for mark in marks:
        if found and mark.x - found[-1][0].x < NEAR and "plan" not in {mark.tone, found[-1][0].tone}:
            found[-1].append(mark)
        else:
            found.append([mark])
    return [group[0] if len(group) == 1 else _group(group) for group in found]


def _group(group: Sequence[DrawnMark]) -> DrawnMark:
    first, last = group[0], group[-1]
    tone = max((each.tone for each in group), key=lambda tone: TONES.index(tone) if tone in TONES else 0)
    span = Span(first.mark.on.year, last.mark.on.year + 1)
    return DrawnMark(first.x, first.y, last.mark, tone, len(group), span)


def _fit(bar: Bar, room: float) -> str:
    """Return as much of the words as the bar holds; the room is counted in letters."""
    for words in (bar.title, bar.short):
        if words and _letters(words) <= room:
            return words
    cut = next((n for n in range(len(bar.title), 0, -1) if _letters(bar.title[:n]) + 1 <= room), 0)
    return f"{bar.title[:cut].rstrip()}…" if cut >= LEAST else ""


def _letters(words: str) -> float:
    """Count letters by their width."""
    return len(words) + OFF * sum((letter in BROAD) - (letter in THIN) for letter in words)


def printed(sheet: Drawing) -> dict[str, Any]:
    """Return a drawing as numbers and words for a printed form; one unit is a pixel of the screen."""
    return {
        "width": sheet.width,
        "height": sheet.height,
        "left": sheet.left,
        "right": sheet.right,
        "span": str(sheet.span),
        "ticks": sheet.ticks,
        "now": sheet.now,
        "lanes": [_printed(lane) for lane in sheet.lanes],
    }


def _printed(drawn: DrawnLane) -> dict[str, Any]:
    return {
        "title": drawn.lane.title,
        "y": drawn.y,
        "middle": drawn.middle,
        "height": drawn.height,
        "hidden": drawn.hidden,
        "limit": drawn.limit,
        "limit_text": drawn.lane.limit_text,
        "bars": [(bar.x, bar.y, bar.width, bar.text, bar.level) for bar in drawn.bars],
        "marks": [(mark.x, mark.y, mark.tone, mark.count) for mark in drawn.marks],
        "points": [
            (each.x, each.y, each.words, each.point.tone, each.side, each.words_y) for each in drawn.points
        ],
    }
