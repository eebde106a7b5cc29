"""How the papers of hazards are called among the documents of the employer."""

import datetime as dt
from uuid import NAMESPACE_URL, uuid5

from medtrud.domains.documents.types import DocumentIn
from medtrud.kernel.actor import Actor
from medtrud.registries.people.public import Person

from ..models import SoutCard, SoutReport


def list_document(kind: str, title: str, employer: int, on: dt.date) -> DocumentIn:
    """Return a list of an employer on a day: the same list of the same day is one document."""
    about = uuid5(NAMESPACE_URL, f"hazards:{kind}:{employer}:{on}")
    return DocumentIn(kind=kind, title=title, on=on, about=about, module="hazards", organization=employer)


def card_document(card: SoutCard) -> DocumentIn:
    """Return a card of conditions as a document of the employer."""
    return DocumentIn(
        kind="sout_card",
        title=f"Карта СОУТ № {card.number}",
        on=card.since,
        about=card.uid,
        module="hazards",
        organization=card.employer_id,
    )


def summary_document(row: SoutReport) -> DocumentIn:
    """Return the summary sheet of a report as a document of the employer."""
    return DocumentIn(
        kind="sout_summary",
        title=f"Сводная ведомость результатов СОУТ от {row.approved_on:%d.%m.%Y}",
        on=row.approved_on,
        about=row.uid,
        module="hazards",
        organization=row.employer_id,
    )


def exposure_document(actor: Actor, person: Person, on: dt.date) -> DocumentIn:
    """Return the extract of an exposure: one document per person, house and day."""
    about = uuid5(NAMESPACE_URL, f"hazards:exposure:{actor.organization}:{person.uid}:{on}")
    return DocumentIn(
        kind="exposure_extract",
        title=f"Выписка об экспозиции на {on:%d.%m.%Y}",
        on=on,
        person=person.pk,
        about=about,
        module="hazards",
        organization=actor.organization,
    )
