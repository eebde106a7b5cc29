"""Names of people and places behind accounts and seats; the modules that know them declare themselves."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q

from medtrud.engines.access.models import Account, Seat
from medtrud.engines.access.types import Names
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.text import sort_key


@dataclass(frozen=True)
class People:
    """How the module of people answers: names behind keys, and the key behind a СНИЛС."""

    names: Callable[[Actor, list[int]], Names]
    by_snils: Callable[[str], int | None]


@dataclass(frozen=True)
class Places:
    """How the module of organisations answers: names behind keys, the key behind an ИНН, search by name."""

    names: Callable[[list[int]], Mapping[int, str]]
    by_inn: Callable[[str], int | None]
    search: Callable[[str], list[tuple[str, str]]]  # ИНН and name


_people: list[People] = []
_places: list[Places] = []


def names_declare(people: People) -> None:
    """Take the answers about persons; the last one wins."""
    _people[:] = [people]


def places_declare(places: Places) -> None:
    """Take the answers about organisations; the last one wins."""
    _places[:] = [places]


def display_names(actor: Actor, rows: Iterable[Account]) -> dict[int, str]:
    """Return short names by account for one page, in one question; without a name, the login."""
    known = list(rows)
    persons = sorted({row.person for row in known if row.person})
    names: Names = _people[0].names(actor, persons) if _people and persons else {}
    return {
        row.pk: names[row.person].short if row.person and row.person in names else row.login for row in known
    }


def colleagues(actor: Actor, on: dt.date) -> dict[int, str]:
    """Return who works for the organisation of the seat on a day: names by account, in the order of names.

    Workers' cabinets are not seats of the house.
    """
    if actor.organization is None:
        return {}
    seated = Seat.objects.unscoped("who works for one's own organisation is no secret inside it")
    seated = seated.filter(organization=actor.organization, since__lte=on).exclude(role=Role.WORKER)
    seated = seated.filter(Q(until__isnull=True) | Q(until__gt=on))
    rows = Account.objects.unscoped("as above").filter(
        pk__in=seated.values("account"), closed_at__isnull=True
    )
    named = display_names(Actor.job("names of colleagues"), rows)
    return dict(sorted(named.items(), key=lambda item: sort_key(item[1])))


def display_places(organizations: Iterable[int | None]) -> dict[int, str]:
    """Return short names of the organisations of some seats, in one question."""
    asked = sorted({key for key in organizations if key})
    return dict(_places[0].names(asked)) if _places and asked else {}


def places_search(text: str) -> list[tuple[str, str]]:
    """Return ИНН and name of organisations that may be meant."""
    return _places[0].search(text) if _places and text.strip() else []


def place_by_inn(inn: str) -> int | None:
    """Return the organisation with this ИНН."""
    return _places[0].by_inn(inn) if _places else None


_entrances: list[tuple[str, str]] = []


def entrance_declare(title: str, url_name: str) -> None:
    """Offer another way in beside the password: a page of a module above."""
    if (title, url_name) not in _entrances:
        _entrances.append((title, url_name))


def entrances() -> list[tuple[str, str]]:
    """Return titles and names of addresses of the other ways in."""
    return list(_entrances)


def person_by_snils(snils: str) -> int | None:
    """Return the person with this СНИЛС: the owner an account is bound to."""
    return _people[0].by_snils(snils) if _people else None
