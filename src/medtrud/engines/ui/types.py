"""What upper modules hand to the screens: plain values, no HTML."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Chip:
    """A short code and the words behind it: shown on hover, focus and touch."""

    code: str
    name: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Banner:
    """The worker as context: the header of every screen about one person."""

    name: str
    about: str = ""  # "48 лет, ж · СНИЛС 181-590-830 16"
    facts: tuple[tuple[str, str], ...] = ()  # label and value, two or three
    chips: tuple[Chip, ...] = ()  # harmful factors
    url: str = ""

    @property
    def initials(self) -> str:
        """Return two letters for the round mark."""
        return "".join(word[0] for word in self.name.split()[:2]).upper()


@dataclass(frozen=True)
class Found:
    """One line of the palette."""

    title: str
    url: str
    hint: str = ""
    kind: str = ""


@dataclass(frozen=True)
class DeskFace:
    """Who sits where: the top and the foot of the side bar."""

    title: str  # "АРМ врача-профпатолога"
    place: str = ""  # the organisation or the region
    person: str = ""
    position: str = ""


@dataclass(frozen=True)
class SeatLink:
    """A seat of the account; choosing it is a POST of `seat` to the address."""

    title: str
    place: str
    url: str
    value: str
    current: bool = False


@dataclass(frozen=True)
class Bell:
    """Unread notices."""

    unread: int
    url: str


@dataclass(frozen=True)
class Event:
    """One line of a timeline."""

    on: dt.date
    title: str
    note: str = ""
    tone: str = ""
    url: str = ""


@dataclass(frozen=True)
class Step:
    """One step of a wizard."""

    title: str
    url: str = ""


@dataclass(frozen=True)
class Section:
    """A part of a form: its fields, by name, in a grid of so many columns."""

    title: str
    fields: tuple[str, ...]
    columns: int = 4
    code: str = ""


@dataclass(frozen=True)
class Progress:
    """How far a long job is."""

    state: str  # queued, running, done, failed
    done: int = 0
    total: int = 0
    text: str = ""
    url: str = ""  # asked again every second while it runs
    errors: tuple[str, ...] = field(default=())

    @property
    def runs(self) -> bool:
        """Tell whether to ask again."""
        return self.state in ("queued", "running")


@dataclass(frozen=True)
class Hint:
    """What a rule notices while a form is filled, with its basis."""

    text: str
    basis: str = ""
    field: str = ""


@dataclass(frozen=True)
class Series:
    """One line, bar or share of a chart; tones as of tags, "other", "rest"."""

    name: str
    values: tuple[Any, ...]  # for kind "heat": (column, row, value)
    tone: str = ""
    dashed: bool = False


@dataclass(frozen=True)
class Chart:
    """What a chart draws and its table shows; links lead to the list behind each label."""

    kind: str  # line, bar, share, heat
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
    heading: str = ""  # of the labels, in the table: "Работодатель"
    rows: tuple[str, ...] = ()  # of a heat map
    tones: tuple[str, ...] = ()  # of the shares
    links: tuple[str, ...] = ()
    from_zero: bool = True  # a level in decibels has no zero worth drawing
