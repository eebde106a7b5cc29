"""The door of the record."""

from .actions import entries_add_many, entry_add, entry_open, timeline_open
from .queries import (
    curves_declare,
    entries_about,
    entry_link_declare,
    facts_declare,
    kind_declare,
    lanes_declare,
    life_lanes_declare,
    loads_declare,
    measurements_declare,
    measurements_of,
    openings_declare,
    openings_of,
    own_card,
    timeline_for,
)

__all__ = [
    "curves_declare",
    "entries_about",
    "entries_add_many",
    "entry_add",
    "entry_link_declare",
    "entry_open",
    "facts_declare",
    "kind_declare",
    "lanes_declare",
    "life_lanes_declare",
    "loads_declare",
    "measurements_declare",
    "measurements_of",
    "openings_declare",
    "openings_of",
    "own_card",
    "timeline_for",
    "timeline_open",
]
