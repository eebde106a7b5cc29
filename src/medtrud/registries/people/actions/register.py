"""New cards: one by hand, or many from a list."""

import datetime as dt
from collections.abc import Sequence

from medtrud.engines.background.public import publish
from medtrud.engines.journal.public import record
from medtrud.engines.store.public import action
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused
from medtrud.kernel.identifiers import snils_parse

from ..models import Person
from ..queries import keys_of, persons_match
from ..types import MatchKind, PersonKeys, PersonRow, PersonsRegistered
from .cards import cards_write
from .share import share


@action
def person_register(  # noqa: PLR0913 - the lines of an identity document
    actor: Actor,
    *,
    last_name: str,
    first_name: str,
    middle_name: str = "",
    birth_date: dt.date,
    sex: str,
    snils: str = "",
    phone: str = "",
    email: str = "",
    policy: str = "",
    address: str = "",
    confirmed: bool = False,
) -> Person:
    """Enter one person; somebody already known is found and shown to the own organisation.

    A wrong control digit of СНИЛС or a namesake of the same day is refused until the registrar
    has compared the document and confirms.
    """
    row = PersonRow(last_name, first_name, middle_name, birth_date, sex, snils, phone, email, policy, address)
    if snils and not confirmed:
        try:
            snils_parse(snils)
        except ValueError as error:
            raise Refused(f"{error} Если в документе так и стоит, подтвердите номер.") from None
    matches = persons_match(actor, [row])
    match = matches[0]
    if match.kind is MatchKind.CONFLICT or (match.kind is MatchKind.NAMESAKE and not confirmed):
        raise Refused(match.text)
    if match.kind is MatchKind.KNOWN and match.person is not None:
        pk = match.person
        if actor.organization:
            share([pk], actor.organization)
    else:
        [pk] = cards_write(actor, [row], matches.keys)
    card: Person = Person.objects.unscoped("just entered or recognised by its document").get(pk=pk)
    record(actor, "people.person_register", card, found=match.kind is MatchKind.KNOWN)
    return card


@action
def persons_register_many(
    actor: Actor, *, rows: Sequence[PersonRow], keys: Sequence[PersonKeys] | None = None
) -> list[int]:
    """Enter new people from a list that was matched before; return their keys in the order of the list.

    The organisation of the actor sees them. The keys are those of the matches, if they are still at hand.
    """
    if not rows:
        return []
    ids = cards_write(actor, rows, keys or keys_of(rows))
    publish(PersonsRegistered(len(ids)))
    record(actor, "people.persons_register_many", count=len(ids))
    return ids
