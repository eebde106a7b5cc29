"""Names of people and places behind accounts and seats; the modules that know them declare themselves."""

from collections.abc import Callable, Iterable, Mapping

from medtrud.engines.access.models import Account
from medtrud.engines.access.types import Names
from medtrud.kernel.actor import Actor

Provider = Callable[[Actor, list[int]], Names]
Places = Callable[[list[int]], Mapping[int, str]]
_provider: list[Provider] = []
_places: list[Places] = []


def names_declare(provider: Provider) -> None:
    """Take the function that turns persons into names; the last one wins."""
    _provider[:] = [provider]


def display_names(actor: Actor, rows: Iterable[Account]) -> dict[int, str]:
    """Return short names by account for one page, in one question; without a name, the login."""
    known = list(rows)
    persons = sorted({row.person for row in known if row.person})
    names: Names = _provider[0](actor, persons) if _provider and persons else {}
    return {
        row.pk: names[row.person].short if row.person and row.person in names else row.login for row in known
    }


def places_declare(provider: Places) -> None:
    """Take the function that turns organisations into short names; the last one wins."""
    _places[:] = [provider]


def display_places(organizations: Iterable[int | None]) -> dict[int, str]:
    """Return short names of the organisations of some seats, in one question."""
    asked = sorted({key for key in organizations if key})
    return dict(_places[0](asked)) if _places and asked else {}
