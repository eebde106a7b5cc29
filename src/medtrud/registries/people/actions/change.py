"""A correction of a card: the earlier reading stays."""

import datetime as dt
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from medtrud.engines.journal.public import record
from medtrud.engines.store.public import action
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused
from medtrud.kernel.identifiers import snils_digits, snils_parse

from ..models import Person, PersonVersion
from ..queries import identity_of, person_of
from ..rules import order_key, tidy_name
from ..types import IDENTITY_FIELDS, Identity
from .cards import ranks_for, sealed

NAMES = ("last_name", "first_name", "middle_name")


@action
def person_change(
    actor: Actor,
    *,
    person: UUID,
    changes: dict[str, str],
    birth_date: dt.date | None = None,
    sex: str = "",
    reason: str = "",
    confirmed: bool = False,
) -> Person:
    """Correct a card; what it said before stays with the day, the author and the reason."""
    pk = person_of(actor, person).pk
    card: Person = Person.objects.unscoped("seen above").select_for_update(of=("self",)).get(pk=pk)
    old = identity_of(card)
    new = _changed(old, changes, confirmed=confirmed)
    if new == old and (birth_date or card.birth_date, sex or card.sex) == (card.birth_date, card.sex):
        return card
    PersonVersion(
        person=card, box=card.box, key=card.key, birth_date=card.birth_date, sex=card.sex,
        since_at=card.changed_at, since_by=card.changed_by, reason=reason,
    ).save()  # fmt: skip
    card.birth_date, card.sex = birth_date or card.birth_date, sex or card.sex
    _write(card, new, moved=new.full != old.full)
    card.changed_by, card.changed_at = actor.account, Now()
    try:
        with transaction.atomic():
            card.save()
    except IntegrityError as error:
        raise Refused(
            "Этот СНИЛС уже записан в карте другого человека. Сверьте номер с документом "
            "или объедините карты на странице «Двойники»."
        ) from error
    card.refresh_from_db(fields=["changed_at"])
    record(actor, "people.person_change", card, fields=sorted(changes))
    return card


def _changed(old: Identity, changes: dict[str, str], *, confirmed: bool) -> Identity:
    if unknown := changes.keys() - set(IDENTITY_FIELDS):
        raise ValueError(f"person_change: unknown fields {sorted(unknown)}")
    tidy: dict[str, Any] = {
        name: tidy_name(text) if name in NAMES else text.strip() for name, text in changes.items()
    }
    if tidy.get("snils"):
        try:
            tidy["snils"] = (snils_digits if confirmed else snils_parse)(tidy["snils"])
        except ValueError as error:
            raise Refused(f"{error} Если в документе так и стоит, подтвердите номер.") from None
    new = replace(old, **tidy)
    if not (new.last_name and new.first_name):
        raise Refused("Карта без фамилии и имени не бывает. Впишите их, как в документе.")
    return new


def _write(card: Person, identity: Identity, *, moved: bool) -> None:
    for column, value in sealed(identity, card.uid, card.birth_date).items():
        setattr(card, column, value)
    if moved:
        [card.name_rank] = ranks_for([order_key(identity)])


@action
def card_open(actor: Actor, *, person: UUID) -> Person:
    """Open the card to read it; the journal remembers who looked."""
    card = person_of(actor, person)
    record(actor, "people.card_open", card)
    return card
