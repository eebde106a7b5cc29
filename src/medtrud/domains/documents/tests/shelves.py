"""A year of documents put into the archive, step by step."""

import datetime as dt

from medtrud.domains.documents import actions
from medtrud.domains.documents.drivers.proof import prove
from medtrud.domains.documents.models import Case, Document, Inventory, Transfer, Vessel
from medtrud.domains.documents.public import (
    document_create,
    document_register,
    requests_sign,
    requests_waiting,
    signature_request,
    version_add,
)
from medtrud.domains.documents.queries import archive
from medtrud.domains.documents.types import DocumentIn
from medtrud.domains.documents.types.storage import HeadingIn
from medtrud.engines.background.public import run_pending
from medtrud.engines.files.public import content_of
from medtrud.engines.signing.public import Offline
from medtrud.engines.store.public import now
from medtrud.kernel.actor import Actor

from .houses import JOB, House, letter, text

YEAR = 2025
CLOSED = dt.date(2026, 1, 15)
LATE = dt.date(2032, 1, 1)
BASIS = "решение экспертной комиссии"


def letters(plant: House, count: int = 3) -> list[Document]:
    rows = []
    for number in range(1, count + 1):
        facts = letter(title=f"О шуме {number}", on=dt.date(YEAR, 3, number))
        rows.append(document_create(plant.actor, document=facts, content=text(f"письмо {number}")))
        document_register(plant.actor, document=rows[-1].uid, on=dt.date(2026, 3, 2))
    version_add(plant.actor, document=rows[1].uid, content=text("исправлено"), reason="опечатка")
    return rows


def memo(plant: House, *, signed: bool = True) -> Document:
    facts = DocumentIn(kind="memo", title="О вентиляции", on=dt.date(YEAR, 5, 6))
    row = document_create(plant.actor, document=facts, content=text("записка"))
    signature_request(plant.actor, document=row.uid, signers=[plant.actor.account or 0])
    if signed:
        requests_sign(plant.actor, requests=[one.uid for one in requests_waiting(plant.actor)])
    return row


def closed(actor: Actor, years: int | None = 5) -> Inventory:
    actions.nomenclature_open(actor, year=YEAR)
    for row in archive.headings(actor, YEAR):
        line = HeadingIn(row.index, row.title, tuple(row.kinds), years=years, basis=BASIS)
        actions.heading_set(actor, year=YEAR, line=line, heading=row.uid)
    actions.nomenclature_approve(actor, year=YEAR, on=CLOSED)
    return actions.year_close(actor, year=YEAR, on=CLOSED)


def transferred(plant: House, actor: Actor, inventory: Inventory) -> Transfer:
    row = actions.transfer_open(
        actor, inventory=inventory.uid, giver=plant.actor.account or 0, receiver=actor.account or 0
    )
    run_pending()
    actions.transfer_offer(actor, transfer=row.uid, on=CLOSED)
    for signer in (plant.actor, actor):
        requests_sign(signer, requests=[one.uid for one in requests_waiting(signer)])
    run_pending()
    row.refresh_from_db()
    return row


def proved(vessel: Vessel | None) -> bool:
    assert vessel is not None
    return prove(content_of(JOB, vessel.file.uid), Offline(), now()).whole


def kept_case(plant: House, archivist: Actor) -> Case:
    letters(plant, 2)
    inventory = closed(archivist)
    transferred(plant, archivist, inventory)
    return archive.cases_in(archivist, inventory).get()
