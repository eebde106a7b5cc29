"""Copies of many documents at once."""

from collections.abc import Sequence
from uuid import UUID

from medtrud.engines.journal import public as journal
from medtrud.engines.store.public import action, now
from medtrud.kernel.actor import Actor

from ..queries.copies import copies_of
from ..types.copies import CopyMade

LONGEST = 120  # letters of the name of a file


@action
def documents_copy(actor: Actor, *, documents: Sequence[UUID]) -> list[CopyMade]:
    """Make the visual copies of documents; each is an opening, so the journal has a line for each."""
    made = []
    for row, content in copies_of(actor, documents, now().replace(microsecond=0)):
        journal.record(actor, "documents.document_copy", row, person=row.person_id)
        name = "".join(letter if letter.isalnum() or letter in " -.,№" else "_" for letter in row.title)
        made.append(CopyMade(row.uid, name[:LONGEST], content))
    journal.record(actor, "documents.documents_copy", None, count=len(made))
    return made
