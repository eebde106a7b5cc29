"""Kinds of notices and the event of a new one."""

import string
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Kind:
    """What a module above may tell people; the operator may word it otherwise.

    `text` is the shipped wording with {names} of its parameters. `mail` says whether it is also
    sent outside: then only the title leaves the product, never the text.
    """

    code: str  # "exams.referral_issue": the action it tells of
    title: str
    text: str
    mail: bool = True

    @property
    def fields(self) -> frozenset[str]:
        """Return the names of the parameters."""
        return fields_of(self.text)


def fields_of(text: str) -> frozenset[str]:
    """Return the {names} a wording uses; raises ValueError when its braces do not match."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


@dataclass(frozen=True)
class NewNotice:
    """What one person of many is told."""

    person: int
    text: str
    link: str = ""
    about: UUID | None = None


@dataclass(frozen=True)
class NoticeSent:
    """A notice lies in somebody's inbox."""

    notice: UUID
    kind: str
    person: int | None
    account: int | None


@dataclass(frozen=True)
class Letter:
    """What a connector may send outside."""

    notice: UUID
    title: str
    link: str
    persons: tuple[int, ...]
