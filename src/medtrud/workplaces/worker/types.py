"""What stands first in the cabinet."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Next:
    """What the person has to do now: one thing, with where, when and what for."""

    over: str  # small line above
    title: str
    text: str = ""
    tone: str = ""  # "" calm, warn, bad
    lines: tuple[tuple[str, str, str], ...] = ()  # icon, text, note
    act: tuple[str, str, str] | None = None  # icon, title, url
