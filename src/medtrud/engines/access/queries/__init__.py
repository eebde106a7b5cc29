"""Reading access."""

from .actors import account_by_login, account_by_uid, actor_of, gate_of, seats_of, token_actor
from .desks import PERSONAL, desk_declare, desks, everyone_may, permissions_of
from .limits import limit_of, limits_list, limits_of
from .names import (
    People,
    Places,
    colleagues,
    display_names,
    display_places,
    entrance_declare,
    entrances,
    names_declare,
    person_by_snils,
    place_by_inn,
    places_declare,
    places_search,
)
from .rows import accounts, accounts_seated, recovery_left, seats, sessions, tokens, totp_on

__all__ = [
    "PERSONAL",
    "People",
    "Places",
    "account_by_login",
    "account_by_uid",
    "accounts",
    "accounts_seated",
    "actor_of",
    "colleagues",
    "desk_declare",
    "desks",
    "display_names",
    "display_places",
    "entrance_declare",
    "entrances",
    "everyone_may",
    "gate_of",
    "limit_of",
    "limits_list",
    "limits_of",
    "names_declare",
    "permissions_of",
    "person_by_snils",
    "place_by_inn",
    "places_declare",
    "places_search",
    "recovery_left",
    "seats",
    "seats_of",
    "sessions",
    "token_actor",
    "tokens",
    "totp_on",
]
