"""Terms of keeping by the list of Rosarkhiv that an operator loads; none is shipped, none is guessed."""

import datetime as dt

from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import NotFound
from medtrud.registries.reference.public import code_get, edition_on

from ..rules import term_read
from ..types.storage import Term

BOOK = "rosarkhiv"
LONGEST = 300


def list_loaded(actor: Actor, on: dt.date) -> bool:
    """Tell whether the list of terms is there."""
    try:
        return bool(edition_on(actor, BOOK, on))
    except NotFound:
        return False


def term_by(actor: Actor, article: str, on: dt.date) -> Term:
    """Return the term of an article of the list with its basis."""
    edition, item = edition_on(actor, BOOK, on), code_get(actor, BOOK, article, on)
    said = item.data.get("Срок", "")
    basis = f"{edition.source or edition.book.title}, {edition.version}, ст. {item.code}: {said}"
    return term_read(said, basis[:LONGEST], item.data.get("Примечание", ""))
