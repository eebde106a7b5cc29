"""The journal of paper copies: the screen, the paper and the workbook read the same columns."""

from uuid import UUID

from django.db.models import QuerySet

from medtrud.engines.store.public import find
from medtrud.kernel.actor import Actor

from ..models import PaperCopy
from ..types.paper_copies import copy_terms
from ..types.registers import Column, day


def paper_copies(actor: Actor) -> QuerySet[PaperCopy]:
    """Return the requests for paper copies the seat may see."""
    rows: QuerySet[PaperCopy] = PaperCopy.objects.visible_to(actor)
    return rows.select_related("document")


def paper_copy_of(actor: Actor, uid: UUID) -> PaperCopy:
    """Return one request."""
    return find(PaperCopy, actor, uid)


def _who(row: PaperCopy) -> str:
    term = copy_terms(row.asked_on).get(row.requester)
    return f"{row.requester_name} ({term.title.lower()})" if term else row.requester_name


JOURNAL: tuple[Column[PaperCopy], ...] = (
    Column("№", "16mm", lambda row: f"{row.number}/{row.year}" if row.number else ""),
    Column("Дата заявления", "20mm", lambda row: day(row.asked_on)),
    Column("Кто просит", "44mm", _who),
    Column("Документ", "1fr", lambda row: row.document.title),
    Column("Для чего", "32mm", lambda row: row.purpose),
    Column("Выдать до", "20mm", lambda row: day(row.due)),
    Column("Выдана", "20mm", lambda row: day(row.issued_on)),
    Column("Листов", "14mm", lambda row: str(row.sheets or "")),
    Column("Кто заверил", "36mm", lambda row: ", ".join(filter(None, (row.post, row.certified_by)))),
    Column("Кто получил", "32mm", lambda row: row.taken_by or row.refusal),
)
