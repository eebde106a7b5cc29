"""The door of people."""

from .actions import (
    person_change,
    person_register,
    person_share,
    person_unshare,
    persons_forget_many,
    persons_merge,
    persons_rank,
    persons_register_many,
    persons_unmerge,
)
from .models import Person, own_rows, seen_by
from .queries import (
    current_person,
    current_persons,
    identities_of,
    ids_of,
    name_of,
    names_of,
    person_find,
    person_of,
    persons,
    persons_match,
    persons_search,
    policies_of,
)
from .rules import row_problems

__all__ = [
    "Person",
    "current_person",
    "current_persons",
    "identities_of",
    "ids_of",
    "name_of",
    "names_of",
    "own_rows",
    "person_change",
    "person_find",
    "person_of",
    "person_register",
    "person_share",
    "person_unshare",
    "persons",
    "persons_forget_many",
    "persons_match",
    "persons_merge",
    "persons_rank",
    "persons_register_many",
    "persons_search",
    "persons_unmerge",
    "policies_of",
    "row_problems",
    "seen_by",
]
