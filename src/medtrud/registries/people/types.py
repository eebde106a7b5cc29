"""Names of people, and what a registrar gives and gets."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID


class Sex(StrEnum):
    """The sex in the identity document."""

    MALE = "male"
    FEMALE = "female"


@dataclass(frozen=True)
class Identity:
    """What lies in the sealed box."""

    last_name: str
    first_name: str
    middle_name: str = ""
    snils: str = ""  # 11 digits
    phone: str = ""
    email: str = ""
    policy: str = ""  # ЕНП, 16 digits
    address: str = ""

    @property
    def full(self) -> str:
        """Return «Иванов Иван Иванович»."""
        return " ".join(part for part in (self.last_name, self.first_name, self.middle_name) if part)

    @property
    def short(self) -> str:
        """Return «Иванов И. И.»."""
        initials = (f"{name[0]}." for name in (self.first_name, self.middle_name) if name)
        return " ".join((self.last_name, *initials))

    def as_list(self) -> list[str]:
        """Return the values in the order of the fields, as the box holds them."""
        return [
            self.last_name, self.first_name, self.middle_name,
            self.snils, self.phone, self.email, self.policy, self.address,
        ]  # fmt: skip

    def as_dict(self) -> dict[str, str]:
        """Return the values by field."""
        return asdict(self)


IDENTITY_FIELDS = tuple(item.name for item in fields(Identity))


class PersonRow(NamedTuple):
    """One person to be matched or registered; texts as they stand in the source."""

    last_name: str
    first_name: str
    middle_name: str
    birth_date: dt.date
    sex: str
    snils: str = ""  # with or without separators; a wrong control digit is flagged, not refused
    phone: str = ""
    email: str = ""
    policy: str = ""
    address: str = ""


@dataclass(frozen=True)
class PersonName:
    """Who a key belongs to: for screens, forms and messages."""

    id: int
    uid: UUID
    full: str
    short: str
    birth_date: dt.date
    sex: str
    snils: str  # 112-233-445 95, or nothing
    snils_doubtful: bool = False


class PersonKeys(NamedTuple):
    """Keyed hashes a row is compared by; they tell nothing of it."""

    snils: int | None
    same: int  # full name and date of birth


class MatchKind(StrEnum):
    """What a search for one row among the known people found."""

    NEW = "new"  # nobody like this
    KNOWN = "known"  # this person
    REPEAT = "repeat"  # the same person stands in an earlier row
    CONFLICT = "conflict"  # the number belongs to another name, or several cards fit
    NAMESAKE = "namesake"  # the same name and birth date with another number: a slip, or a full namesake


@dataclass(frozen=True)
class Match:
    """The outcome for one row; the text is for the person who imports."""

    kind: MatchKind
    person: int | None = None
    row: int | None = None  # index of the earlier row
    text: str = ""


class Matches(list[Match]):
    """The outcome for every row, and what it was compared by: who registers it need not hash it again."""

    def __init__(self, matches: Iterable[Match], keys: Sequence[PersonKeys]) -> None:
        """Keep the keys in the order of the rows."""
        super().__init__(matches)
        self.keys = keys


@dataclass(frozen=True)
class PersonsRegistered:
    """A list of people was entered; they wait for their place in the alphabet and for doubles."""

    count: int


@dataclass(frozen=True)
class PersonsMerged:
    """Two cards became one: the second leads to the first."""

    kept: int
    gone: int


@dataclass(frozen=True)
class PersonsUnmerged:
    """A merge was undone: the card stands for itself again."""

    kept: int
    gone: int
