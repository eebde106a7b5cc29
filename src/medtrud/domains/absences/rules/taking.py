"""What a new absence does to those that are known: pure, for one by hand and for a list of thousands."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from ..types import MEDICAL_KINDS, State

NEVER = dt.date.max


@dataclass(frozen=True)
class Place:
    """An absence as a period of one person at one employer."""

    person: int
    employer: int
    document: UUID
    case: UUID
    kind: str
    since: dt.date
    until: dt.date | None
    state: str
    number: str = ""
    reason: str = ""
    reason_more: str = ""
    basis: str = ""
    key: int | None = None  # of the row that is known; a new one has none

    @property
    def end(self) -> dt.date:
        """Return the first day back, or the end of time."""
        return self.until or NEVER

    def says(self) -> tuple[object, ...]:
        """Return what a version says: two equal ones make no new version."""
        return (self.kind, self.since, self.until, self.state, self.number, self.reason, self.reason_more)

    def crosses(self, other: "Place") -> bool:
        """Tell whether the two share a day."""
        return self.since < other.end and other.since < self.end


@dataclass(frozen=True)
class Asked:
    """A new absence; `primary` and `continues` say what its paper says of prolongation."""

    place: Place
    primary: bool | None = None
    continues: UUID | None = None  # the case it prolongs, when it is named


@dataclass(frozen=True)
class Verdict:
    """What becomes of one: added, a new version of a known one, nothing new, or in the way of others."""

    place: Place
    verb: str  # add, change, same, clash, taken
    known: Place | None = None  # the version replaced, the same one, or the one in the way
    lonely: bool = False  # called a prolongation, but nothing ends where it begins


def plan(asked: Sequence[Asked], known: Iterable[Place]) -> list[Verdict]:
    """Return the verdicts in the order of the asked ones; earlier days are settled first."""
    books: dict[tuple[int, int], list[Place]] = defaultdict(list)
    numbers: dict[tuple[int, str], Place] = {}
    for place in known:
        _enter(books, numbers, place)
    order = sorted(range(len(asked)), key=lambda n: _turn(asked[n].place))
    found: dict[int, Verdict] = {}
    for n in order:
        verdict = _judge(asked[n], books[asked[n].place.person, asked[n].place.employer], numbers)
        if verdict.verb == "change" and verdict.known is not None:
            _leave(books, numbers, verdict.known)
        if verdict.verb in {"add", "change"}:
            _enter(books, numbers, verdict.place)
        found[n] = verdict
    return [found[n] for n in range(len(asked))]


def _turn(place: Place) -> tuple[bool, dt.date, dt.date]:
    """What is annulled first makes room for what takes its place."""
    return place.state != State.CANCELLED, place.since, place.end


def _judge(asked: Asked, book: list[Place], numbers: dict[tuple[int, str], Place]) -> Verdict:
    place = asked.place
    same = _same(place, book, numbers)
    if same is not None and same.person != place.person:
        return Verdict(place, "taken", same)
    if place.state == State.CANCELLED:
        return _annulled(place, same)
    if same is not None:
        place = replace(place, document=same.document, case=same.case)
        if place.says() == same.says():
            return Verdict(place, "same", same)
    others = [other for other in book if other is not same]
    clash = next((other for other in others if other.crosses(place)), None)
    if clash is not None:
        return Verdict(place, "clash", clash)
    if same is not None:
        return Verdict(place, "change", same)
    case = asked.continues or _continued(asked, others)
    lonely = asked.primary is False and case is None
    return Verdict(replace(place, case=case or place.document), "add", lonely=lonely)


def _annulled(place: Place, same: Place | None) -> Verdict:
    """Annul what is written under the number; of a paper nobody knows nothing is left to annul."""
    if same is None:
        return Verdict(place, "same")
    return Verdict(replace(same, state=place.state, basis=place.basis, key=None), "change", same)


def _same(place: Place, book: list[Place], numbers: dict[tuple[int, str], Place]) -> Place | None:
    """Return the known version of the same paper: by document, by number, else by kind and first day."""
    if place.number and (place.employer, place.number) in numbers:
        return numbers[place.employer, place.number]
    for other in book:
        if other.document == place.document:
            return other
        if not (place.number and other.number) and (other.kind, other.since) == (place.kind, place.since):
            return other
    return None


def _continued(asked: Asked, others: list[Place]) -> UUID | None:
    """Return the case whose last paper ends on the day this one begins."""
    place = asked.place
    if asked.primary or place.kind not in MEDICAL_KINDS:
        return None
    for other in others:
        if other.until == place.since and other.kind == place.kind:
            return other.case
    return None


def _enter(
    books: dict[tuple[int, int], list[Place]], numbers: dict[tuple[int, str], Place], place: Place
) -> None:
    if place.state == State.CANCELLED:
        return
    books[place.person, place.employer].append(place)
    if place.number:
        numbers[place.employer, place.number] = place


def _leave(
    books: dict[tuple[int, int], list[Place]], numbers: dict[tuple[int, str], Place], place: Place
) -> None:
    books[place.person, place.employer].remove(place)
    numbers.pop((place.employer, place.number), None)
