"""Names of people behind accounts; the module of people stands above and declares itself."""

from collections.abc import Callable, Iterable

from medtrud.engines.access.models import Account
from medtrud.engines.access.types import Names
from medtrud.kernel.actor import Actor

Provider = Callable[[Actor, list[int]], Names]
_provider: list[Provider] = []


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
