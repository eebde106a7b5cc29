"""What is recorded of an employer's staff before a list comes: a few queries, then only look-ups."""

import datetime as dt
from collections.abc import Hashable, Iterable
from typing import NamedTuple

from medtrud.kernel.actor import Actor
from medtrud.kernel.text import sort_key
from medtrud.registries.organizations.public import divisions, employments, posts, workplaces

from ..queries import exposure_at, harmful_periods
from ..types import FactorIn

Said = tuple[frozenset[FactorIn], str]  # the factors and the class of a workplace


class Place(NamedTuple):
    """A workplace on record."""

    id: int
    number: str
    division: int | None
    post: int | None
    title_key: str


class Job(NamedTuple):
    """A job that goes on."""

    id: int
    person: int
    division: int | None
    post: int
    workplace: int | None
    kind: str


class Numbers:
    """Gives negative ids to what does not exist yet, so that check and commit think alike."""

    def __init__(self) -> None:
        self.last = 0

    def next(self) -> int:
        """Return a fresh negative number."""
        self.last -= 1
        return self.last


class Standing:
    """The structure, the jobs and the factors of one employer on a day."""

    def __init__(self, actor: Actor, employer: int, on: dt.date) -> None:
        """Read everything once."""
        self.numbers = Numbers()
        units = divisions(actor, employer=employer).values_list("pk", "parent_id", "title_key")
        self.divisions: dict[Hashable, int] = {(parent, key): pk for pk, parent, key in units}
        lines = list(posts(actor, employer=employer).values_list("pk", "division_id", "title_key"))
        self.titles: dict[int, str] = {pk: key for pk, _, key in lines}
        self.posts: dict[Hashable, int] = {(unit, key): pk for pk, unit, key in lines}
        self.paths: dict[tuple[str, ...], int | None] = {(): None}
        self.spelled: dict[tuple[int | None, str], int] = {}
        names = ("pk", "number", "division_id", "post_id", "title_key")
        self.places = [Place(*row) for row in workplaces(actor, employer=employer).values_list(*names)]
        self.by_number = {place.number: place.id for place in self.places if place.number}
        self.unnumbered: dict[tuple[int | None, int | None], list[Place]] = {}
        for place in self.places:
            if not place.number:
                self.unnumbered.setdefault((place.division, place.post), []).append(place)
        self.said = _said(actor, self.places, on)
        self.jobs = _jobs(actor, employer)
        self.harmful = harmful_periods(actor, employer=employer)

    def division(self, path: tuple[str, ...], new: dict[tuple[str, ...], int]) -> int | None:
        """Return the division at the end of a path; `new` collects the paths to be opened."""
        if path in self.paths:
            return self.paths[path]
        above: int | None = None
        for depth, title in enumerate(path, 1):
            key = (above, sort_key(title))
            found = self.divisions.get(key)
            if found is None:
                found = self.divisions[key] = self.numbers.next()
                new[path[:depth]] = found
            above = found
        self.paths[path] = above
        return above

    def post(self, division: int | None, title: str, new: dict[tuple[int | None, str], int]) -> int:
        """Return a line of the staff schedule."""
        if (division, title) in self.spelled:
            return self.spelled[division, title]
        key = (division, sort_key(title))
        found = self.posts.get(key)
        if found is None:
            found = self.posts[key] = self.numbers.next()
            new[division, title] = found
        self.spelled[division, title] = found
        return found

    def jobs_by_person(self) -> dict[int, list[Job]]:
        """Return the jobs of each person."""
        found: dict[int, list[Job]] = {}
        for job in self.jobs:
            found.setdefault(job.person, []).append(job)
        return found


def _said(actor: Actor, places: Iterable[Place], on: dt.date) -> dict[int, Said]:
    known = exposure_at(actor, [place.id for place in places], on=on)
    return {
        pk: (
            frozenset(FactorIn(f.code, f.substances, f.markers, f.sout_class) for f in exposure.factors),
            exposure.sout_class,
        )
        for pk, exposure in known.items()
    }


def _jobs(actor: Actor, employer: int) -> list[Job]:
    names = ("pk", "person_id", "division_id", "post_id", "workplace_id", "kind")
    rows = employments(actor).filter(employer=employer, until__isnull=True).order_by("pk")
    return [Job(*row) for row in rows.values_list(*names)]
