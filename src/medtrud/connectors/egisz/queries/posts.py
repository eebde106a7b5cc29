"""Positions of a clinic and the rows of the book of posts they are."""

import datetime as dt
from dataclasses import dataclass

from medtrud.kernel.actor import Actor
from medtrud.kernel.text import sort_key
from medtrud.registries.organizations.public import staff_of

from ..types.semd import Coded
from .exchange import post_codes
from .shelf import Shelf


@dataclass(frozen=True)
class Post:
    """A position: its row, and whether the clinic chose it or the name alone tells it."""

    position: str
    row: Coded | None
    chosen: bool


def posts_of(actor: Actor, *, on: dt.date) -> list[Post]:
    """Return the positions of the staff that works on a day, those without a row first."""
    if actor.organization is None:
        return []
    shelf, chosen = Shelf(on), post_codes(actor.organization)
    rows, titles = shelf.rows("posts", set(chosen.values())), shelf.titles("posts")
    named = set(staff_of(actor, clinic=actor.organization, on=on).values_list("position", flat=True))
    found = []
    for position in sorted(named):
        own = rows.get(chosen.get(position, ""))
        found.append(Post(position, own or titles.get(sort_key(position)), own is not None))
    return sorted(found, key=lambda post: post.row is not None)
